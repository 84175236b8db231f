"""Synthetic data with a differential privacy guarantee, made on the Spark session of this program.

This is a thin layer over a JVM library, which must be on the class path of the driver and the executors. The wheel
contains that library:

    import private_evolution as pe

    spark = SparkSession.builder.config(map=pe.spark_config()).getOrCreate()
    result = pe.run(spark, "conf/customers.yaml")
    result.synthetic.show()
    print(result.guarantee.sentence)
"""

from private_evolution._errors import (
    ConfigurationError,
    GenerationError,
    NotPrivateWarning,
    PrivacyError,
    PrivateDataError,
    PrivateEvolutionError,
    StorageError,
)
from private_evolution._generator import Request
from private_evolution._jar import jar, spark_config
from private_evolution._run import check, discover, ledger, plan, propose_schema, run, sample
from private_evolution._result import Guarantee, Metric, Release, Result
from private_evolution._version import __version__

__all__ = [
    "ConfigurationError",
    "GenerationError",
    "Guarantee",
    "Metric",
    "NotPrivateWarning",
    "PrivacyError",
    "PrivateDataError",
    "PrivateEvolutionError",
    "Release",
    "Request",
    "Result",
    "StorageError",
    "__version__",
    "check",
    "discover",
    "jar",
    "ledger",
    "plan",
    "propose_schema",
    "run",
    "sample",
    "spark_config",
]
