"""Results: a line of JSON for each task that is done, and tables of them."""

import json
import statistics
from pathlib import Path

_FIGURES = {"forest": "forest", "boosting": "boosting", "1-way": "one_way", "2-way": "two_way"}


class Results:
    """A file of results that is only ever added to. A line that was not written to its end does not count."""

    def __init__(self, path: Path):
        self._path = path
        self._records = {}
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    record = json.loads(line)
                except json.JSONDecodeError:
                    continue
                self._records[record["fingerprint"]] = record

    def find(self, fingerprint: str) -> dict | None:
        """The result of a task that is done."""
        return self._records.get(fingerprint)

    def add(self, record: dict) -> None:
        """Keeps the result of a task."""
        self._records[record["fingerprint"]] = record
        self._path.parent.mkdir(parents=True, exist_ok=True)
        torn = self._path.exists() and not self._path.read_bytes().endswith(b"\n")
        with open(self._path, "a", encoding="utf-8") as file:
            file.write("\n" * torn + json.dumps(record) + "\n")


def tables(records: list[dict]) -> str:
    """A table for each data set: means over the seeds, with standard deviations in parentheses."""
    return "\n\n".join(_table(name, [record for record in records if record["data"] == name]) for name in _in_order(records, "data"))


def _table(name, records):
    lines = [["method", "rows", "seeds", *_FIGURES, "seconds"]]
    for method in _in_order(records, "method"):
        done = [record for record in records if record["method"] == method]
        lines.append(_line(method, [record for record in done if "limit" not in record], done))
    widths = [max(map(len, cells)) for cells in zip(*lines)]
    rule = ["-" * widths[0]] + ["-" * (width - 1) + ":" for width in widths[1:]]
    head = "{data}: epsilon {epsilon:g}, delta {delta:g}, {private_rows} private rows".format(**records[0])
    return "\n".join([head, "", *("| " + " | ".join(_pad(cells, widths)) + " |" for cells in [lines[0], rule, *lines[1:]])])


def _line(method, finished, done):
    if not finished:
        return [method, str(done[0]["rows"]), str(len(done)), *["-"] * len(_FIGURES), f"> {done[0]['limit']:g}"]
    figures = [_mean([record[key] for record in finished], ".3f") for key in _FIGURES.values()]
    seconds = [record["seconds"] for record in finished]
    taken = _mean(seconds, ".1f" if statistics.mean(seconds) < 10 else ".0f")
    return [method, str(finished[0]["rows"]), str(len(finished)), *figures, taken]


def _mean(values, form):
    mean = format(statistics.mean(values), form)
    text = f"{mean} ({format(statistics.stdev(values), form)})" if len(values) > 1 else mean
    return text.replace("0.", ".") if form == ".3f" else text


def _pad(cells, widths):
    return [cells[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:])]


def _in_order(records, key):
    return list(dict.fromkeys(record[key] for record in records))
