"""One thing to measure: a method on a data set with a seed."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas

from quality.datasets import Dataset, default_delta


@dataclass(frozen=True)
class Tools:
    """What methods run with: the product's root folder, a folder to work in, interpreters, and limits."""

    root: Path
    work: Path
    settings: tuple[str, ...]
    peers_python: str | None
    dpsda_python: str | None
    peer_seconds: float


@dataclass(frozen=True)
class Task:
    """A method on a data set with a seed; rows and epsilon are the data set's own unless given, delta always is."""

    data: Dataset
    method: str
    seed: int
    rows: int | None
    epsilon: float | None
    tools: Tools
    build: str

    @cached_property
    def split(self) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        return self.data.split(self.seed)

    @property
    def train(self) -> pandas.DataFrame:
        """The private rows, as numbers."""
        return self.split[0]

    @property
    def published(self) -> int:
        """Rows to publish."""
        if self.method == "real-all":
            return len(self.train)
        return self.rows or self.data.published or len(self.train)

    @property
    def privacy(self) -> tuple[float, float]:
        """Epsilon and delta, for add or remove of a record."""
        return self.epsilon or self.data.epsilon, self.data.delta or default_delta(len(self.train))

    @cached_property
    def fingerprint(self) -> str:
        """Names everything that the figures depend on: the rows, their declaration, what is asked for, and the program."""
        digest = hashlib.sha256(json.dumps(self.request() | {"columns": list(map(repr, self.data.columns))}).encode())
        for frame in self.split:
            digest.update(pandas.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
        return digest.hexdigest()[:16]

    @property
    def folder(self) -> Path:
        """A folder of this task alone."""
        return self.tools.work / self.data.name / self.method / f"{self.seed}-{self.fingerprint}"

    def request(self) -> dict:
        """What is asked for, as a record of the results says it."""
        epsilon, delta = self.privacy
        asked = {"data": self.data.name, "method": self.method, "seed": self.seed, "rows": self.published}
        asked |= {"private_rows": len(self.train), "epsilon": epsilon, "delta": delta}
        return asked | ({"build": self.build, "set": list(self.tools.settings)} if self.build else {})


class Unavailable(Exception):
    """A method that cannot run here, or not on these data, with the reason."""


class TimeLimit(Exception):
    """A method that took longer than it may."""
