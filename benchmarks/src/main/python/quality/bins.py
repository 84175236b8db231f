"""Numbers to bins and back: for methods that know nothing but counts."""

import numpy
import pandas

from quality.columns import Column

BINS = 20


def bins(column: Column) -> int:
    """Bins of a column: one for each whole number of a short range, else 20 of equal width; and one for null."""
    return _filled(column) + column.nullable


def to_bins(numbers: pandas.DataFrame, columns) -> pandas.DataFrame:
    """The bin of each number; null has the last one."""
    return pandas.DataFrame({column.name: _bins_of(column, numbers[column.name].to_numpy()) for column in columns})


def from_bins(binned: pandas.DataFrame, columns, random: numpy.random.Generator) -> pandas.DataFrame:
    """Numbers drawn uniformly from bins, on the grid of whole ones."""
    return pandas.DataFrame({column.name: _draw(column, binned[column.name].to_numpy(), random) for column in columns})


def _filled(column):
    if column.categories:
        return len(column.categories)
    return int(min(BINS, _width(column))) if column.whole else BINS


def _width(column):
    return column.high - column.low + (1 if column.whole else 0)


def _bins_of(column, numbers):
    count = _filled(column)
    null = numpy.isnan(numbers)
    place = numpy.floor((numpy.where(null, column.low, numbers) - column.low) * count / _width(column)).astype(int)
    return numpy.where(null, count, numpy.minimum(place, count - 1))


def _draw(column, binned, random):
    count, width = _filled(column), _width(column)
    if column.whole:
        # A bin holds the whole numbers from its lower edge, rounded up, to the one before the next bin's.
        edges = numpy.ceil(numpy.arange(count + 2) * width / count)
        numbers = column.low + random.integers(edges[binned], edges[binned + 1])
    else:
        numbers = column.low + (binned + random.random(len(binned))) * width / count
    return numpy.where(binned == count, numpy.nan, numbers)
