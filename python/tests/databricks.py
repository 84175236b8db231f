"""Runs notebook sources of Databricks outside of it."""

from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[2] / "examples" / "databricks"
_HEADER = "# Databricks notebook source\n"
_CELL = "# COMMAND ----------\n"
_MAGIC = "# MAGIC"


class TestWidgets:
    """Stands in for dbutils.widgets: values that a job would give win over the notebook's defaults."""

    def __init__(self, values):
        self._given = dict(values)
        self._shown = {}

    def text(self, name, default, label=""):
        self._shown[name] = self._given.get(name, default)

    def get(self, name):
        return self._shown[name]


class TestDbutils:
    """Stands in for dbutils, as far as the notebooks use it."""

    def __init__(self, values):
        self.widgets = TestWidgets(values)


class TestDisplay:
    """Stands in for display and displayHTML: keeps what a notebook shows."""

    def __init__(self):
        self.frames = []
        self.pages = []

    def display(self, frame):
        self.frames.append(frame)

    def display_html(self, page):
        self.pages.append(page)


def run_python_notebook(name, spark, values):
    """Runs the cells of a Python notebook in order.

    :return: the notebook's variables, and the display that holds what it showed
    """
    path = NOTEBOOKS / name
    source = path.read_text()
    if not source.startswith(_HEADER):
        raise ValueError(f"{path} is not a notebook source")
    shown = TestDisplay()
    variables = {
        "spark": spark,
        "dbutils": TestDbutils(values),
        "display": shown.display,
        "displayHTML": shown.display_html,
    }
    for cell in source[len(_HEADER) :].split(_CELL):
        lines = [line for line in cell.splitlines() if line.strip()]
        if any(line.startswith(_MAGIC) for line in lines):
            if not all(line.startswith(_MAGIC) for line in lines) or not lines[0].startswith(f"{_MAGIC} %md"):
                raise ValueError(f"{path}: only Markdown may be magic here")
            continue
        exec(compile(cell, str(path), "exec"), variables)
    return variables, shown


SCALA_NOTEBOOK_GLOBALS = """
object dbutils {
  object widgets {
    private val shown = scala.collection.mutable.Map[String, String]()
    def text(name: String, default: String, label: String): Unit =
      shown(name) = sys.env.getOrElse("WIDGET_" + name, default)
    def get(name: String): String = shown(name)
  }
}
def display(frame: org.apache.spark.sql.DataFrame): Unit = println("displayed rows: " + frame.count())
"""
"""Stand in for dbutils and display in the Scala notebook; the values of widgets come from the environment."""
