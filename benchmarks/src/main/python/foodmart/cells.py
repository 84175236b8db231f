"""Distances between tables of text, whatever their columns turn out to hold."""

import itertools

import numpy
import pandas

CELLS = 20


def cells(real: pandas.Series, values: pandas.Series, parts: int = CELLS) -> numpy.ndarray:
    """The cell of each value.

    Numbers and dates lie in equal parts of the range of the real ones, those beyond it in the outermost; any other text
    is a cell of its own, and so is null.
    """
    place = _numbers(real)
    if place is None:
        return values.fillna("").astype(str).to_numpy()
    low, high = numpy.nanmin(place), numpy.nanmax(place)
    numbers = _numbers(values)
    if numbers is None:
        raise ValueError(f"column {values.name} has values that are no {real.name}, such as {values.iloc[0]!r}")
    null = numpy.isnan(numbers)
    parted = numpy.floor((numpy.where(null, low, numbers) - low) / ((high - low) or 1) * parts)
    return numpy.where(null, -1, numpy.clip(parted, 0, parts - 1)).astype(int)


def _numbers(values):
    """Numbers, or days since 1970; None for other text."""
    there = values.dropna().astype(str)
    if there.str.fullmatch(r"-?\d+(\.\d+)?").all():
        return pandas.to_numeric(values).to_numpy(float)
    if there.str.fullmatch(r"\d{4}-\d\d-\d\d").all():
        days = pandas.to_datetime(values).to_numpy("datetime64[D]")
        return numpy.where(numpy.isnat(days), numpy.nan, days.astype(float))
    return None


def distance(first, second) -> float:
    """Total variation distance of two samples of cells."""
    shares = [pandas.Series(list(sample)).value_counts(normalize=True) for sample in (first, second)]
    return float(shares[0].sub(shares[1], fill_value=0).abs().sum() / 2)


def pair(first: numpy.ndarray, second: numpy.ndarray) -> list[tuple]:
    """The joint cells of two columns."""
    return list(zip(first, second, strict=True))


def mean_distances(real: pandas.DataFrame, synthetic: pandas.DataFrame, parts: dict | None = None) -> tuple[float, float]:
    """Means over all columns of the real table, and over all pairs of them."""
    there, here = in_cells(real, real, parts), in_cells(real, synthetic, parts)
    ones = [distance(there[name], here[name]) for name in real]
    twos = [distance(pair(there[a], there[b]), pair(here[a], here[b])) for a, b in itertools.combinations(real, 2)]
    return float(numpy.mean(ones)), float(numpy.mean(twos))


def in_cells(real: pandas.DataFrame, table: pandas.DataFrame, parts: dict | None = None) -> dict[str, numpy.ndarray]:
    """The cells of all columns of the real table; parts says where there are other than 20."""
    return {name: cells(real[name], table[name], (parts or {}).get(name, CELLS)) for name in real}
