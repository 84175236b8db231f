"""The jar of Private Evolution for Apache Spark that includes the libraries for texts."""

from pathlib import Path


def jar() -> str:
    """Path of the jar."""
    return str(Path(__file__).parent / "private-evolution-text.jar")
