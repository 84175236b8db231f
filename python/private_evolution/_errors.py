"""What goes wrong, as the command line says it: never with a private value."""

from contextlib import contextmanager


class PrivateEvolutionError(Exception):
    """An error of the library.

    :ivar problems: one line each
    :ivar code: stable, such as ``PE-301``; ``pe explain`` and docs/errors.md say what causes it and what to do
    """

    _CODE = "PE-900"

    def __init__(self, problems, code=None):
        self.problems = list(problems)
        self.code = code or self._CODE
        super().__init__("\n".join(f"[{self.code}] {problem}" for problem in self.problems))


class ConfigurationError(PrivateEvolutionError):
    """The configuration is wrong, or this machine does not meet its requirements."""

    _CODE = "PE-101"


class PrivateDataError(PrivateEvolutionError):
    """The private data cannot be read, or are not as declared."""

    _CODE = "PE-200"


class PrivacyError(PrivateEvolutionError):
    """Refused for privacy: budget or ledger."""

    _CODE = "PE-300"


class StorageError(PrivateEvolutionError):
    """Storage is unreachable, read-only, or taken by another driver."""

    _CODE = "PE-400"


class GenerationError(PrivateEvolutionError):
    """The generation of samples stopped."""

    _CODE = "PE-500"


class NotPrivateWarning(UserWarning):
    """What was drafted from private data holds what was read there, and is not private."""


_KINDS = {
    "USAGE": ConfigurationError,
    "PRIVATE_DATA": PrivateDataError,
    "PRIVACY": PrivacyError,
    "STORAGE": StorageError,
    "GENERATION": GenerationError,
}


def of_kind(kind, problems, code):
    """The error of a kind that the JVM library names."""
    return _KINDS.get(kind, PrivateEvolutionError)(problems, code)


@contextmanager
def translated(jvm):
    """Raises what Java throws in Python's words.

    Java's stack trace and the messages of its causes may hold private values, so they are not passed on.
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
