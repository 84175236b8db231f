"""Python functions as generators: called on the driver, in the thread of the run, through Py4J callbacks."""

import base64
import json
import numbers
from contextlib import contextmanager
from dataclasses import dataclass
from collections.abc import Mapping, Sequence
from typing import Any, Callable, Optional, Union

from private_evolution._errors import ConfigurationError, GenerationError

Content = Union[str, bytes, Mapping[str, Any]]


@dataclass(frozen=True)
class Request:
    """A request for one sample.

    :param id: unique in the run; a repeated request has a new id
    :param label: name of the label that the sample should have; ``all`` if the run has no labels
    :param seed: seed for every random choice made for this sample
    :param parent: the synthetic sample to vary, or None for a fresh sample. A text is a ``str``. A row is a ``dict`` by
        column: numbers, booleans and None as such, everything else as text. An image is the ``bytes`` of its file
    :param iteration: from 0, for whatever should change from one round of variations to the next
    """

    id: str
    label: str
    seed: int
    parent: Optional[Content]
    iteration: int


Generator = Callable[[Sequence[Request]], Sequence[Optional[Content]]]


class _Callback:
    def __init__(self, generator):
        self._generator = generator
        self.error = None

    def answer(self, requests):
        try:
            return json.dumps(self._answers(json.loads(requests)), default=str, allow_nan=False)
        except Exception as error:
            # Py4J would send the traceback as text; the error itself is raised where the run was started.
            self.error = error
            return json.dumps({"error": f"{type(error).__name__}: {error}"})

    def _answers(self, asked):
        answers = self._generator([_request(**one) for one in asked])
        return [_answer(one) for one in answers]

    class Java:
        implements = ["org.privateevolution.jobs.NotebookGenerator"]


def _answer(content):
    """The content in a form that JSON can hold. Any other type is a mistake in the function, not a rejected sample."""
    if content is None or isinstance(content, str):
        return content
    if isinstance(content, (bytes, bytearray)):
        return {"image": base64.b64encode(content).decode()}
    if isinstance(content, Mapping):
        return {column: None if _is_nan(value) else value for column, value in content.items()}
    raise TypeError(
        f"it answered with a {type(content).__name__}: give a str for a text, bytes for an image, a dict by column for"
        " a row, or None for a sample that cannot be made"
    )


def _is_nan(value):
    """Whether a value is a null of pandas, which need not be installed."""
    return type(value).__name__ in ("NAType", "NaTType") or isinstance(value, numbers.Real) and value != value


def _request(parent=None, parent_image=None, **rest):
    return Request(parent=parent if parent_image is None else base64.b64decode(parent_image), **rest)


@contextmanager
def answering(spark, generator):
    """The callback that Java calls during the run, or None without a generator."""
    if generator is None:
        yield None
        return
    if not callable(generator):
        raise ConfigurationError([f"generator is a {type(generator).__name__}: give a function of a list of requests"])
    # Clients of Spark Connect have no py4j.
    from pyspark.java_gateway import ensure_callback_server_started

    ensure_callback_server_started(spark.sparkContext._gateway)
    callback = _Callback(generator)
    try:
        yield callback
    except Exception:
        if callback.error is None:
            raise
    if callback.error is not None:
        name = type(callback.error).__name__
        raise GenerationError([f"the generator failed: {name}: {callback.error}"], "PE-504") from callback.error
