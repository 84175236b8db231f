"""How good synthetic rows are: what classifiers learn from them, and how far their marginals are from the private ones."""

import itertools
import warnings

import numpy
import pandas
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

BINS = 20


def evaluate(synthetic: pandas.DataFrame, train: pandas.DataFrame, test: pandas.DataFrame, label, lows, seed) -> dict:
    """The four figures of a set of synthetic rows.

    All tables are numbers, with the same columns; train holds the private rows, test rows that no method has seen, and
    lows the smallest declared number of each column, below which a forest finds null.
    """
    one_way, two_way = distances(synthetic, train)
    below = {name: low - 1 for name, low in lows.items()}
    forest = RandomForestClassifier(300, random_state=seed)
    # Without early stopping, which holds rows out as soon as there are many: all methods learn from all their rows.
    boosting = HistGradientBoostingClassifier(early_stopping=False, random_state=seed)
    return {
        "forest": accuracy(forest, synthetic.fillna(below), test.fillna(below), label),
        "boosting": accuracy(boosting, synthetic, test, label),
        "one_way": one_way,
        "two_way": two_way,
    }


def accuracy(model, synthetic: pandas.DataFrame, test: pandas.DataFrame, label: str) -> float:
    """The accuracy, on test, of a classifier trained on synthetic rows."""
    features = [name for name in test.columns if name != label]
    target = synthetic[label].to_numpy(int)
    if len(set(target)) == 1:
        return float((test[label] == target[0]).mean())
    with warnings.catch_warnings():
        # A column without any value, which a method may well publish.
        warnings.simplefilter("ignore", RuntimeWarning)
        model.fit(synthetic[features], target)
    return float((model.predict(test[features]) == test[label]).mean())


def distances(synthetic: pandas.DataFrame, train: pandas.DataFrame) -> tuple[float, float]:
    """Mean total variation distances from train, over all columns and over all pairs of columns."""
    names = list(train.columns)
    here = {name: _bins(synthetic[name].to_numpy(), train[name].to_numpy()) for name in names}
    there = {name: _bins(train[name].to_numpy(), train[name].to_numpy()) for name in names}
    ones = [_distance(here[name], there[name]) for name in names]
    twos = [
        _distance(_pairs(here, first, second), _pairs(there, first, second))
        for first, second in itertools.combinations(names, 2)
    ]
    return float(numpy.mean(ones)), float(numpy.mean(twos))


def _bins(numbers, train):
    """20 equal bins of the range in the private rows, those at its ends with all beyond it; 0 is null."""
    low, high = numpy.nanmin(train), numpy.nanmax(train)
    null = numpy.isnan(numbers)
    places = numpy.floor((numpy.where(null, low, numbers) - low) / ((high - low) or 1) * BINS)
    return numpy.where(null, 0, 1 + numpy.clip(places, 0, BINS - 1)).astype(int)


def _pairs(binned, first, second):
    return binned[first] * (BINS + 1) + binned[second]


def _distance(first, second):
    length = max(first.max(), second.max()) + 1
    shares = [numpy.bincount(cells, minlength=length) / len(cells) for cells in (first, second)]
    return abs(shares[0] - shares[1]).sum() / 2
