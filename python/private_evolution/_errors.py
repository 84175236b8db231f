"""Errors, with the messages of the command line, which never contain a private value."""

from contextlib import contextmanager


class PrivateEvolutionError(Exception):
    """The base class of all errors of this module.

    :ivar problems: one line per problem
    :ivar code: a stable code, such as ``PE-301``; ``pe explain`` and docs/errors.md explain its cause and what to do
    """

    _CODE = "PE-900"

    def __init__(self, problems, code=None):
        self.problems = list(problems)
        self.code = code or self._CODE
        super().__init__("\n".join(f"[{self.code}] {problem}" for problem in self.problems))


class ConfigurationError(PrivateEvolutionError):
    """The configuration is wrong, or the run cannot work in this environment."""

    _CODE = "PE-101"


class PrivateDataError(PrivateEvolutionError):
    """The private data cannot be read, or is not as declared."""

    _CODE = "PE-200"


class PrivacyError(PrivateEvolutionError):
    """The budget or the ledger refuses the run."""

    _CODE = "PE-300"


class StorageError(PrivateEvolutionError):
    """Storage is unreachable, read-only, or in use by another driver."""

    _CODE = "PE-400"


class GenerationError(PrivateEvolutionError):
    """The generation of samples stopped."""

    _CODE = "PE-500"


class NotPrivateWarning(UserWarning):
    """A draft contains what was read from the private data, so it is not private."""


_KINDS = {
    "USAGE": ConfigurationError,
    "PRIVATE_DATA": PrivateDataError,
    "PRIVACY": PrivacyError,
    "STORAGE": StorageError,
    "GENERATION": GenerationError,
}


def of_kind(kind, problems, code):
    """The error class for a kind of failure, as the JVM library names it."""
    return _KINDS.get(kind, PrivateEvolutionError)(problems, code)


@contextmanager
def translated(jvm):
    """Turns Java exceptions into the errors of this module.

    Java stack traces and the messages of causes may contain private values, so they are not passed on.
    """
    # Clients of Spark Connect have no py4j.
    from py4j.protocol import Py4JJavaError

    try:
        yield
        return
    except Py4JJavaError as error:
        failure = jvm.org.privateevolution.jobs.Failure.of(error.java_exception)
        translation = of_kind(failure.kind(), failure.lines(), failure.code())
    except Exception as error:
        # PySpark turns some of Spark's exceptions into its own, whose text may quote a record.
        if not type(error).__module__.startswith("pyspark."):
            raise
        translation = PrivateEvolutionError(
            [f"internal error, {type(error).__name__}: its message may hold private values and is not shown"]
        )
    raise translation from None
