"""How a run goes, in the cell of a notebook."""

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
    """The last lines, drawn over each other in one place of the output."""

    def __init__(self, display):
        self._lines = []
        self._handle = display({"text/plain": "starting ..."}, raw=True, display_id=True)

    def __call__(self, line):
        self._lines = [*self._lines, line][-_LINES:]
        self._handle.update({"text/plain": "\n".join(self._lines)}, raw=True)


def _in_notebook() -> Optional[Progress]:
    """None outside of Jupyter: there the driver's standard error is what is looked at."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if type(shell).__name__ != "ZMQInteractiveShell":
        return None
    return _Cell(ipython.display.display)


@contextmanager
def shown(spark, progress: Optional[Progress]):
    """What Java tells its progress to; None for the driver's standard error."""
    show = progress or _in_notebook()
    if show is None:
        yield None
        return
    # Clients of Spark Connect have no py4j.
    from pyspark.java_gateway import ensure_callback_server_started

    ensure_callback_server_started(spark.sparkContext._gateway)
    yield _Callback(show)
