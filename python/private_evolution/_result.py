"""What a run leaves."""

from dataclasses import dataclass
from typing import List, Optional

from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Release:
    """A release that the ledger charged."""

    id: str
    noise_multiplier: float
    day: str


@dataclass(frozen=True)
class Guarantee:
    """What the run guarantees, computed from what the ledger charged it.

    :param outlook: what epsilon says of the releases to come: whether a budget bounds them
    :param epsilon: of all releases of the run together, rounded up
    :param unit: ``record`` or ``client``
    :param client_column: of the client unit, else None
    :param adjacency: ``add-remove`` or ``replace-one``
    :param data_set_epsilon: of all releases in the ledger, of all runs
    """

    sentence: str
    outlook: str
    epsilon: float
    delta: float
    unit: str
    client_column: Optional[str]
    adjacency: str
    releases: List[Release]
    ledger: str
    data_set_epsilon: float
    run_id: str
    fingerprint: str


@dataclass(frozen=True)
class Metric:
    """A measure of one iteration, of one label or, if ``label`` is empty, of all."""

    iteration: int
    label: str
    name: str
    value: float
    inside_guarantee: bool


@dataclass(frozen=True)
class Result:
    """
    :param synthetic: the published samples, with the declared columns and types
    :param location: output directory
    """

    synthetic: DataFrame
    guarantee: Guarantee
    metrics: List[Metric]
    location: str


def result(spark, java) -> Result:
    return Result(
        DataFrame(java.synthetic(), spark),
        _guarantee(java.guarantee()),
        [
            Metric(metric.iteration(), metric.label(), metric.metric(), metric.value(), metric.insideGuarantee())
            for metric in java.metrics()
        ],
        java.location(),
    )


def _guarantee(java) -> Guarantee:
    return Guarantee(
        sentence=java.sentence(),
        outlook=java.outlook(),
        epsilon=java.epsilon(),
        delta=java.delta(),
        unit=java.unit().configName(),
        client_column=java.clientColumn() or None,
        adjacency=java.adjacency().configName(),
        releases=[_release(entry.release()) for entry in java.charges()],
        ledger=java.ledger(),
        data_set_epsilon=java.dataSetEpsilon(),
        run_id=java.runId(),
        fingerprint=java.fingerprint(),
    )


def _release(java) -> Release:
    return Release(java.releaseId(), java.noiseMultiplier(), java.day().toString())
