"""The methods by their names: each makes publishable rows, as numbers, of a task."""

from collections.abc import Callable

import pandas

from quality import naive, peers, product
from quality.task import Task


def _real(task: Task) -> pandas.DataFrame:
    return task.train.sample(min(task.published, len(task.train)), random_state=task.seed)


METHODS: dict[str, Callable[[Task], pandas.DataFrame]] = {
    "real-all": _real,
    "real": _real,
    "naive": naive.publish,
    "mst": peers.publish_mbi,
    "aim": peers.publish_mbi,
    "dpsda": peers.publish_dpsda,
    "product-pe": product.publish_evolution,
    "product": product.publish,
}

OF_THE_PRODUCT = {"product", "product-pe"}
