"""The progress of a run, in the cell of a notebook."""

import sys
from contextlib import contextmanager
from typing import Callable, Optional

Progress = Callable[[str], None]

_LINES = 12


class _Callback:
    def __init__(self, show):
        self._show = show

    def line(self, text):
        self._show(text)

    class Java:
        implements = ["org.privateevolution.jobs.NotebookProgress"]


class _Cell:
    """A place in the output of a cell that always shows the latest lines."""

    def __init__(self, display):
        self._lines = []
        self._handle = display({"text/plain": "starting ..."}, raw=True, display_id=True)

    def __call__(self, line):
        self._lines = [*self._lines, line][-_LINES:]
        self._handle.update({"text/plain": "\n".join(self._lines)}, raw=True)


def _in_notebook() -> Optional[Progress]:
    """A display in the cell, or None outside Jupyter, where progress goes to the driver's standard error."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if type(shell).__name__ != "ZMQInteractiveShell":
        return None
    return _Cell(ipython.display.display)


@contextmanager
def shown(spark, progress: Optional[Progress]):
    """The callback that receives the progress from Java, or None for the driver's standard error."""
    show = progress or _in_notebook()
    if show is None:
        yield None
        return
    # Clients of Spark Connect have no py4j.
    from pyspark.java_gateway import ensure_callback_server_started

    ensure_callback_server_started(spark.sparkContext._gateway)
    yield _Callback(show)
