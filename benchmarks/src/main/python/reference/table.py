"""A generated table of any size."""

import numpy
import pandas
from quality.columns import Column
from quality.datasets import Dataset

_LABELS, _NUMBERS, _CATEGORIES = 4, 8, 4


def generated(rows: int) -> Dataset:
    """As many private rows: clusters of numbers and of categories, which depend on the label. The same for equal sizes."""
    random = numpy.random.default_rng(rows)
    label = random.integers(_LABELS, size=rows)
    columns, values = [], {}
    for place in range(_NUMBERS):
        centre = numpy.linspace(20, 80, _LABELS)[(label + place) % _LABELS]
        name = f"number_{place}"
        values[name] = numpy.clip(numpy.round(random.normal(centre, 8)), 0, 100)
        columns.append(Column(name, "integer", min="0", max="100"))
    for place in range(_CATEGORIES):
        name = f"category_{place}"
        count = 4 * (place + 1)
        values[name] = (label * (place + 1) + random.geometric(0.4, size=rows)) % count
        columns.append(Column(name, "string", tuple(f"value {number}" for number in range(count))))
    columns.append(Column("label", "string", tuple(f"class {number}" for number in range(_LABELS))))
    frame = pandas.DataFrame(values | {"label": label}).astype(float)
    return Dataset(f"generated-{rows}", tuple(columns), frame, 1.0, None, 1000, frame.head(0))
