"""The jar in this package."""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Dict

from private_evolution._version import __version__

_JVM = Path(__file__).parent / "jvm"


def jar() -> str:
    """Path of the jar: the one for texts if ``private-evolution[text]`` is installed.

    :raises FileNotFoundError: if this package was installed from its sources, which contain no jar
    :raises RuntimeError: if private-evolution-text has another version
    """
    try:
        text = version("private-evolution-text")
    except PackageNotFoundError:
        return str(carried("private-evolution.jar"))
    if text != __version__:
        raise RuntimeError(
            f"private-evolution is {__version__}, but private-evolution-text is {text}: install both in one version"
        )
    return import_module("private_evolution_text").jar()


def spark_config() -> Dict[str, str]:
    """Settings with which a Spark session finds the jar: ``SparkSession.builder.config(map=pe.spark_config())``.

    The session must be the first of its process, because a JVM that is already running accepts no further jars.

    :raises FileNotFoundError: if this package was installed from its sources, which contain no jar
    """
    # Spark's own bar would be drawn over the progress of a run.
    return {"spark.jars": jar(), "spark.ui.showConsoleProgress": "false"}


def carried(name: str) -> Path:
    """Path of a file that the build of the wheel puts beside the modules."""
    path = _JVM / name
    if not path.is_file():
        raise FileNotFoundError(
            f"this installation of private-evolution holds no {name}: it was made from the sources. Build the wheels with"
            " scripts/build-wheels and install those, or give Spark the jar with --jars"
        )
    return path
