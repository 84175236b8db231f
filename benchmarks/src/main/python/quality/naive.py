"""The least that a method should beat: noisy marginals of each class, with columns drawn as if they were independent."""

import math

import numpy
import pandas

from quality import bins, gaussian
from quality.task import Task


def publish(task: Task) -> pandas.DataFrame:
    """One release: a record adds 1/sqrt(k) to one bin of each of k columns, in the part of its class."""
    random = numpy.random.default_rng(task.seed)
    *features, label = task.data.columns
    scale = 1 / math.sqrt(len(features))
    sigma = gaussian.sigma(*task.privacy)
    binned = bins.to_bins(task.train, task.data.columns)
    counts = {}
    for place in range(len(label.categories)):
        members = binned[binned[label.name] == place]
        for column in features:
            exact = numpy.bincount(members[column.name], minlength=bins.bins(column)) * scale
            counts[place, column.name] = (exact + random.normal(0, sigma, len(exact))) / scale
    sizes = [numpy.mean([counts[place, column.name].sum() for column in features]) for place in range(len(label.categories))]
    parts = []
    for place, rows in enumerate(random.multinomial(task.published, shares(numpy.array(sizes)))):
        part = {column.name: _draw(counts[place, column.name], rows, random) for column in features}
        parts.append(pandas.DataFrame(part | {label.name: numpy.full(rows, place)}))
    return bins.from_bins(pandas.concat(parts, ignore_index=True), task.data.columns, random)


def shares(counts: numpy.ndarray) -> numpy.ndarray:
    """The nearest counts, in least squares, of the same total that are not negative, as shares; even ones for a total below 1."""
    total = counts.sum()
    if total < 1:
        return numpy.full(len(counts), 1 / len(counts))
    falling = numpy.sort(counts)[::-1]
    surplus = (falling.cumsum() - total) / numpy.arange(1, len(counts) + 1)
    kept = numpy.maximum(counts - surplus[falling > surplus][-1], 0)
    return kept / kept.sum()


def _draw(counts, rows, random):
    return random.choice(len(counts), rows, p=shares(counts))
