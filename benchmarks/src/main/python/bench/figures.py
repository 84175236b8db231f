"""What a benchmark measured, and how it is read from what the benchmark printed."""

import json
import re
import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table. A ratio above 1 says that this program is faster than the peer."""

    subject: str
    value: float
    unit: str
    peer: str = ""
    ratio: float | None = None
    low: float | None = None
    high: float | None = None


class Unreadable(Exception):
    """A benchmark did not print what it should have."""


def kernel(output: str) -> list[Figure]:
    """bench-kernel --json: an object a line."""
    figures = []
    for line in output.splitlines():
        if not line.startswith("{"):
            continue
        shape = json.loads(line)
        subject = f"nearest of M candidates, {shape['shape']}"
        if shape["ratio_brute"] is None:
            figures.append(Figure(subject, shape["gflops"], "GFLOPS"))
            continue
        spread = shape["spread"]
        figures.append(Figure(subject, shape["gflops"], "GFLOPS", "FAISS IndexFlatL2", shape["ratio_brute"], *spread))
        figures.append(Figure(subject, shape["gflops"], "GFLOPS", "BLAS, product of matrices", shape["ratio_blas"]))
    return _some(figures, output)


def vote(output: str) -> list[Figure]:
    """bench-vote: its last line holds time over time, so that the ratio here is the inverse."""
    head = re.search(r"made and cached ([\d,]+) rows", output)
    seconds = re.findall(r"^round \d+: vote ([\d.]+) s", output, re.M)
    last = re.search(r"bare kernel: median ([\d.]+), from ([\d.]+) to ([\d.]+)", output)
    if not (head and seconds and last):
        raise Unreadable(output)
    middle, low, high = (1 / float(ratio) for ratio in last.groups())
    value = statistics.median(map(float, seconds))
    return [Figure(f"a vote of {head[1]} records through Spark", value, "s", "the same search without Spark", middle, high, low)]


def labelled_vote(output: str) -> list[Figure]:
    """bench-labelled-vote: a line a vote."""
    speeds = [float(speed) for speed in re.findall(r"\(([\d.]+) GFLOPS a core\)", output)]
    return _some([Figure("a vote with labels through Spark", speeds[-1], "GFLOPS per core")] if speeds else [], output)


def scale(output: str) -> list[Figure]:
    """bench-scale: a line a number of records; the last vote of each counts."""
    votes = []
    for line in output.splitlines():
        cells = line.split(", ")
        if len(cells) > 6 and re.fullmatch(r"[\d,]+", cells[0]):
            votes.append((cells[0], float(cells[3].split()[-1])))
    if len(votes) < 2:
        raise Unreadable(output)
    (few, fast), (many, slow) = votes[0], votes[-1]
    times = _number(many) / _number(few)
    return [Figure(f"a vote of {many} records", slow, "s", f"{times:g} votes of {few} records", times * fast / slow)]


def embedding(output: str) -> list[Figure]:
    """bench-embedding: its last line."""
    spread = r"([\d.]+) \(([\d.]+) to ([\d.]+)\)"
    last = re.search(rf"median ([\d.]+) texts/s a core; over bare one by one {spread}, over bare batches {spread}", output)
    tokens = re.search(r"texts of ([\d.]+) tokens", output)
    if not (last and tokens):
        raise Unreadable(output)
    numbers = [float(number) for number in last.groups()]
    subject = f"embedding texts of {tokens[1]} tokens with MiniLM"
    return [
        Figure(subject, numbers[0], "texts per second and core", "the bare model, one by one", *numbers[1:4]),
        Figure(subject, numbers[0], "texts per second and core", "the bare model, in batches of 8", *numbers[4:7]),
    ]


def image_embedding(output: str) -> list[Figure]:
    """bench-image-embedding: one line."""
    line = re.search(r"(\d+) images, ([\d,]+) floats each: median ([\d.]+) images/s", output)
    if not line:
        raise Unreadable(output)
    return [Figure(f"decoding images and embedding them as {line[2]} floats", float(line[3]), "images per second and core")]


def jmh(output: str) -> list[Figure]:
    """JMH's JSON. Where a benchmark has run with both kernels, the one in plain Java is the peer of the other."""
    results = json.loads(output)
    scalar = {_case(result): result for result in results if result.get("params", {}).get("kernel") == "scalar"}
    figures = []
    for result in results:
        if result.get("params", {}).get("kernel") == "scalar":
            continue
        metric = result["primaryMetric"]
        peer = scalar.get(_case(result))
        ratio = {"peer": "the same in plain Java", "ratio": peer["primaryMetric"]["score"] / metric["score"]} if peer else {}
        figures.append(Figure(_case(result), metric["score"], metric["scoreUnit"].removesuffix("/op"), **ratio))
    return _some(figures, output)


def _case(result: dict) -> str:
    name = ".".join(result["benchmark"].split(".")[-2:])
    params = [value for key, value in sorted(result.get("params", {}).items()) if key != "kernel"]
    return f"JMH {name}" + (f" ({', '.join(params)})" if params else "")


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _some(figures: list[Figure], output: str) -> list[Figure]:
    if not figures:
        raise Unreadable(output)
    return figures
