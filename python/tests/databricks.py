"""Runs notebook sources of Databricks outside of it."""

from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[2] / "scripts" / "databricks" / "notebooks"
_HEADER = "# Databricks notebook source\n"
_CELL = "# COMMAND ----------\n"
_MAGIC = "# MAGIC"


class TestWidgets:
    """Stands for dbutils.widgets: values that a job would give win over the notebook's defaults."""

    def __init__(self, values):
        self._given = dict(values)
        self._shown = {}

    def text(self, name, default, label=""):
        self._shown[name] = self._given.get(name, default)

    def get(self, name):
        return self._shown[name]


class TestDbutils:
    """Stands for dbutils, as far as the notebooks use it."""

    def __init__(self, values):
        self.widgets = TestWidgets(values)


def run_python_notebook(name, spark, values):
    """Runs the cells of a Python notebook in order, and returns its variables."""
    path = NOTEBOOKS / name
    source = path.read_text()
    if not source.startswith(_HEADER):
        raise ValueError(f"{path} is no notebook source")
    variables = {"spark": spark, "dbutils": TestDbutils(values)}
    for cell in source[len(_HEADER) :].split(_CELL):
        lines = [line for line in cell.splitlines() if line.strip()]
        if any(line.startswith(_MAGIC) for line in lines):
            if not all(line.startswith(_MAGIC) for line in lines) or not lines[0].startswith(f"{_MAGIC} %md"):
                raise ValueError(f"{path}: only Markdown may be magic here")
            continue
        exec(compile(cell, str(path), "exec"), variables)
    return variables


SCALA_DBUTILS = """
object dbutils {
  object widgets {
    private val shown = scala.collection.mutable.Map[String, String]()
    def text(name: String, default: String, label: String): Unit =
      shown(name) = sys.env.getOrElse("WIDGET_" + name, default)
    def get(name: String): String = shown(name)
  }
}
"""
"""Stands for dbutils in the Scala notebook; values come from the environment."""
