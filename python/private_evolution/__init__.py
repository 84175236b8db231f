"""Private Evolution on the Spark session of this program.

A thin layer over the JVM library, which has to be on the class path of the session's driver and executors: the jar
``private-evolution-VERSION.jar``, or the one with ``-text`` in its name for texts.

    import private_evolution as pe

    result = pe.run(spark, "conf/customers.yaml")
    result.synthetic.show()
    print(result.guarantee.sentence)
"""

from private_evolution._errors import (
    ConfigurationError,
    GenerationError,
    PrivacyError,
    PrivateDataError,
    PrivateEvolutionError,
    StorageError,
)
from private_evolution._generator import Request
from private_evolution._run import check, run, sample
from private_evolution._result import Guarantee, Metric, Release, Result

__all__ = [
    "ConfigurationError",
    "GenerationError",
    "Guarantee",
    "Metric",
    "PrivacyError",
    "PrivateDataError",
    "PrivateEvolutionError",
    "Release",
    "Request",
    "Result",
    "StorageError",
    "check",
    "run",
    "sample",
]
