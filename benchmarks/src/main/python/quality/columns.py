"""Declared columns, and tables as numbers.

A table has two forms here. As *text* it is a frame of strings, with NaN for null: what a CSV file says. As *numbers* it
is a frame of floats: numbers as they are, dates as days and timestamps as seconds since 1970, categories as their places
in the declaration, null as NaN. Everything that counts or learns takes the numbers.
"""

import math
from dataclasses import dataclass

import numpy
import pandas

_INTEGERS = {"byte", "short", "integer", "long"}
_SECONDS = {"timestamp", "timestamp_ntz"}
_REALS = {"float", "double"}


@dataclass(frozen=True)
class Column:
    """A column as a configuration of the product declares it: by categories, or by a type with bounds."""

    name: str
    type: str
    categories: tuple[str, ...] = ()
    min: str = ""
    max: str = ""
    nullable: bool = False

    @property
    def low(self) -> float:
        """The smallest number of the column."""
        return 0.0 if self.categories else self._number(pandas.Series([self.min]))[0]

    @property
    def high(self) -> float:
        """The largest number of the column."""
        return len(self.categories) - 1.0 if self.categories else self._number(pandas.Series([self.max]))[0]

    @property
    def whole(self) -> bool:
        """Whether the numbers of the column are whole."""
        return bool(self.categories) or self.type in _INTEGERS or self.type == "date" or self.type in _SECONDS

    def to_numbers(self, text: pandas.Series) -> numpy.ndarray:
        """The numbers of a column of text; what is not declared is an error."""
        if self.categories:
            places = {category: float(place) for place, category in enumerate(self.categories)}
            numbers = text.map(places, na_action="ignore").to_numpy(float)
        else:
            numbers = self._number(text)
        wrong = numpy.isnan(numbers) & ((not self.nullable) | text.notna().to_numpy())
        wrong |= (numbers < self.low) | (numbers > self.high)
        if wrong.any():
            raise ValueError(f"column {self.name}: {wrong.sum()} values are not declared, such as {text[wrong].iloc[0]!r}")
        return numbers

    def to_text(self, numbers: numpy.ndarray) -> pandas.Series:
        """The text of a column of numbers, as a CSV file has it."""
        text = pandas.Series(numpy.nan, index=range(len(numbers)), dtype=object)
        there = ~numpy.isnan(numbers)
        text[there] = [self._write(number) for number in numbers[there]]
        return text

    def declaration(self) -> dict:
        """The column as an entry of the product's `tabular.columns`."""
        if self.categories:
            domain = {"categories": list(self.categories)}
        elif self.type in _INTEGERS:
            domain = {"min": int(self.min), "max": int(self.max)}
        elif self.type in _REALS:
            domain = {"min": float(self.min), "max": float(self.max)}
        else:
            domain = {"min": self.min, "max": self.max}
        return {"name": self.name, "type": self.type, **domain, **({"nullable": True} if self.nullable else {})}

    def _number(self, text):
        if self.type == "date":
            days = pandas.to_datetime(text, errors="coerce").to_numpy("datetime64[D]")
            return numpy.where(numpy.isnat(days), numpy.nan, days.astype(float))
        if self.type in _SECONDS:
            seconds = pandas.to_datetime(text, errors="coerce", utc=True).dt.tz_localize(None).to_numpy("datetime64[s]")
            return numpy.where(numpy.isnat(seconds), numpy.nan, seconds.astype(float))
        return pandas.to_numeric(text, errors="coerce").to_numpy(float)

    def _write(self, number):
        if self.categories:
            return self.categories[int(number)]
        if self.type == "date":
            return str(numpy.datetime64(int(number), "D"))
        if self.type in _SECONDS:
            return str(numpy.datetime64(int(number), "s")) + ("Z" if self.type == "timestamp" else "")
        if self.type in _INTEGERS:
            return str(int(number))
        if self.type.startswith("decimal"):
            return f"{number:.{int(self.type.rstrip(') ').split(',')[1])}f}"
        return repr(float(number))


def to_numbers(text: pandas.DataFrame, columns) -> pandas.DataFrame:
    """A table of text as numbers."""
    return pandas.DataFrame({column.name: column.to_numbers(text[column.name]) for column in columns})


def to_text(numbers: pandas.DataFrame, columns) -> pandas.DataFrame:
    """A table of numbers as text."""
    return pandas.DataFrame({column.name: column.to_text(numbers[column.name].to_numpy()) for column in columns})


def declare(values: pandas.Series) -> Column:
    """A declaration for a column of a public data set: bounds are rounded outwards to two digits of the range."""
    nullable = bool(values.isna().any())
    there = values.dropna()
    if not pandas.api.types.is_numeric_dtype(there):
        return Column(values.name, "string", tuple(sorted(there.astype(str).unique())), nullable=nullable)
    whole = bool((there == there.round()).all())
    low, high = rounded_bounds(float(there.min()), float(there.max()), whole)
    if whole:
        return Column(values.name, "integer", min=str(int(low)), max=str(int(high)), nullable=nullable)
    return Column(values.name, "double", min=repr(low), max=repr(high), nullable=nullable)


def rounded_bounds(low: float, high: float, whole: bool) -> tuple[float, float]:
    """Bounds with two digits of the range that contain low and high."""
    digits = 1 - math.floor(math.log10(high - low))
    if whole:
        digits = min(digits, 0)
    step = 10.0**-digits
    return round(math.floor(low / step) * step, digits), round(math.ceil(high / step) * step, digits)


def read_schema(tree: dict, label: str) -> list[Column]:
    """The columns that a configuration of the product declares, the label last; all its values are strings."""
    declared = [
        Column(
            entry["name"],
            entry["type"],
            tuple(entry.get("categories", ("false", "true") if entry["type"] == "boolean" else ())),
            entry.get("min", ""),
            entry.get("max", ""),
            entry.get("nullable", "false") == "true",
        )
        for entry in tree["tabular"]["columns"]
    ]
    labels = tree["labels"]
    if labels["column"] != label:
        raise ValueError(f"the schema's label is {labels['column']}, not {label}")
    return declared + [Column(label, labels.get("type", "string"), tuple(labels["values"]))]
