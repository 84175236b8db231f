"""The result of a run."""

from dataclasses import astuple, dataclass
from html import escape
from typing import List, Optional

from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Release:
    """One release, as the ledger charged it."""

    id: str
    noise_multiplier: float
    day: str


@dataclass(frozen=True)
class Guarantee:
    """The guarantee of a run, computed from its charges in the ledger.

    :param sentence: the guarantee in words
    :param outlook: whether a budget limits what future releases may spend, in words
    :param epsilon: epsilon of all releases of the run together, rounded up
    :param unit: ``record`` or ``client``
    :param client_column: the column of the client unit, or None for the record unit
    :param adjacency: ``add-remove`` or ``replace-one``
    :param data_set_epsilon: epsilon of all releases in the ledger, of all runs together
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
    """A measure of one iteration, for one label or, if ``label`` is empty, for all labels together."""

    iteration: int
    label: str
    name: str
    value: float
    inside_guarantee: bool


_SHOWN_ROWS = 5
_SHOWN_CHARACTERS = 200
_METRICS = "iteration int, label string, name string, value double, inside_guarantee boolean"


@dataclass(frozen=True, repr=False)
class Result:
    """The result of a run.

    :param synthetic: the published samples, with the declared columns and types
    :param guarantee: what the run guarantees
    :param metrics: the figures of the run; ``inside_guarantee`` says which ones may be published
    :param location: the folder with the report, the guarantee and the metrics
    """

    synthetic: DataFrame
    guarantee: Guarantee
    metrics: List[Metric]
    location: str

    def metrics_frame(self) -> DataFrame:
        """The metrics as a Spark DataFrame; call ``toPandas()`` on it for a pandas one."""
        return self.synthetic.sparkSession.createDataFrame([astuple(metric) for metric in self.metrics], _METRICS)

    def __repr__(self) -> str:
        return f"Result({self.guarantee.sentence!r}, {self.location!r}, {len(self.metrics)} metrics)"

    def _repr_html_(self) -> str:
        """The guarantee, some synthetic samples, and the location of the rest, for notebooks."""
        rows = self.synthetic.limit(_SHOWN_ROWS).collect()
        header = "".join(f"<th>{escape(column)}</th>" for column in self.synthetic.columns)
        body = "".join("<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>" for row in rows)
        return (
            f"<p><b>{escape(self.guarantee.sentence)}</b><br>{escape(self.guarantee.outlook)}</p>"
            f"<table><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>The first {len(rows)} samples. Report, guarantee and metrics are in"
            f" <code>{escape(self.location)}</code>, and the ledger is <code>{escape(self.guarantee.ledger)}</code>.</p>"
        )


def _cell(value) -> str:
    if isinstance(value, (bytes, bytearray)):
        return f"<i>{len(value):,} bytes</i>"
    text = "" if value is None else str(value)
    return escape(text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + " ...")


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
