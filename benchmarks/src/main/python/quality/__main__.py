"""The command line."""

import argparse
import os
import sys
import time
from pathlib import Path

from quality import datasets, product
from quality.datasets import write_csv
from quality.evaluate import evaluate
from quality.methods import METHODS, OF_THE_PRODUCT
from quality.results import Results, tables
from quality.task import Task, TimeLimit, Tools, Unavailable

_ROOT = Path(__file__).parents[5]
_WORK = _ROOT / "benchmarks/target/quality"

_TEXT = """\
How good are the product's synthetic tables, and those of other methods at the same epsilon and
delta?

Each method gets the private rows of a data set and publishes synthetic ones. Figures are means over
seeds, with standard deviations in parentheses:
  forest    accuracy of a random forest of 300 trees, trained on the synthetic rows, on real rows
            that were held out
  boosting  the same of histogram gradient boosting
  1-way     total variation distance between synthetic and private rows, in 20 bins, mean over
            columns; less is better
  2-way     the same, mean over pairs of columns
  seconds   what the method took, the start of its process included
"""

_METHODS_TEXT = """\
methods:
  product     scripts/pe with a configuration that declares the data and leaves the rest to defaults
  product-pe  scripts/pe with the published evolution: 14 votes, sampling, then rank; shares of
              labels are bought
  aim, mst    on the graphical models of the package mbi, 20 bins a column, in an environment of their own
  naive       noisy 1-way marginals of each class, columns drawn as if they were independent
  dpsda       the reference implementation of Private Evolution, where --dpsda-python can import it;
              it takes the shares of labels as public
  real        as many real private rows as others publish: no privacy
  real-all    all of them: no privacy

data sets: {data}
  They are fetched when they are first needed, into benchmarks/target/quality/data. A fifth of the
  rows is held out, another fifth for each seed; artificial-characters has a test set.

Results are lines of JSON in OUTPUT/results.jsonl, one for each data set, method and seed. What is
there is not measured again, so an interrupted benchmark goes on with the same command. A result
depends on the rows, their declaration, epsilon, delta, rows, seed, and for the product on --set and
the jar: after a new build the product is measured anew. OUTPUT/synthetic holds the published rows.

examples:
  scripts/bench-quality --data wdbc --methods real,naive,product --seeds 1     # a minute or two
  scripts/bench-quality --data all --methods all --characters ~/artificial-characters
  scripts/bench-quality --methods product-pe --set tabular.mutation.last=0.03 --output /tmp/out
  scripts/bench-quality --csv train.csv --test test.csv --label segment --schema customers.yaml

the tests of this program: scripts/bench-quality --self-test
"""


def main() -> None:
    """Measures what is asked for and not measured yet, and prints tables of all that is asked for."""
    options = _options()
    tools = Tools(
        _ROOT, _WORK / "runs", tuple(options.set), options.peers_python, options.dpsda_python, options.peer_seconds
    )
    build = product.build(_ROOT) if OF_THE_PRODUCT & set(options.methods) else ""
    results = Results(options.output / "results.jsonl")
    records, notes, left_out = [], {}, set()
    try:
        for data in _datasets(options, notes):
            for seed in range(options.seeds):
                for method in options.methods:
                    if (data.name, method) in left_out:
                        continue
                    own_build = build if method in OF_THE_PRODUCT else ""
                    task = Task(data, method, seed, options.rows, options.epsilon, tools, own_build)
                    try:
                        records.append(_result(task, results, options.output))
                    except Unavailable as reason:
                        left_out.add((data.name, method))
                        notes.setdefault(f"{method} is left out: {reason}", []).append(data.name)
                    except RuntimeError as failure:
                        notes.setdefault(f"{method} failed: {failure}", []).append(f"{data.name}, seed {seed}")
    except KeyboardInterrupt:
        notes["interrupted: the same command goes on"] = []
    if records:
        print(tables(sorted(records, key=lambda record: options.methods.index(record["method"]))))
    for note, where in notes.items():
        print("\n" + note + (f" ({'; '.join(where)})" if where else ""))
    if any("failed" in note for note in notes):
        sys.exit(1)


def _result(task, results, output):
    name = f"{task.data.name}, {task.method}, seed {task.seed}"
    record = results.find(task.fingerprint)
    if record and record.get("limit", task.tools.peer_seconds) >= task.tools.peer_seconds:
        _say(f"{name}: measured already")
        return record
    _say(f"{name} ...")
    record = {"fingerprint": task.fingerprint} | task.request()
    start, cpu = time.monotonic(), sum(os.times()[:4])
    try:
        synthetic = METHODS[task.method](task)
    except TimeLimit:
        record["limit"] = task.tools.peer_seconds
    else:
        record["seconds"] = round(time.monotonic() - start, 2)
        record["cpu_seconds"] = round(sum(os.times()[:4]) - cpu, 2)
        record["rows"] = len(synthetic)
        path = output / "synthetic" / task.data.name / f"{task.method}-{task.seed}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_csv(synthetic, task.data.columns, path)
        lows = {column.name: column.low for column in task.data.columns}
        figures = evaluate(synthetic, *task.split, task.data.label.name, lows, task.seed)
        record |= {figure: round(value, 5) for figure, value in figures.items()}
        _say(f"{name}: " + ", ".join(f"{key} {value:.3f}" for key, value in figures.items()) + f", {record['seconds']:.0f} s")
    results.add(record)
    return record


def _datasets(options, notes):
    if options.csv:
        yield datasets.own(options.csv, options.test, options.label, options.schema)
        return
    for name in options.data:
        try:
            yield datasets.load(name, _WORK / "data", _ROOT, options.characters)
        except FileNotFoundError as missing:
            notes[str(missing)] = []


def _options():
    parser = argparse.ArgumentParser(
        prog="scripts/bench-quality",
        description=_TEXT,
        epilog=_METHODS_TEXT.format(data=", ".join(datasets.names())),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--data", default="foodmart,wdbc,weather", metavar="NAMES", help="data sets, or all (%(default)s)")
    add("--methods", default="real-all,real,naive,mst,aim,product", metavar="NAMES", help="or all (%(default)s)")
    add("--seeds", type=int, default=5, metavar="N", help="seeds from 0 (%(default)s)")
    add("--rows", type=int, metavar="N", help="rows to publish, instead of each data set's own number")
    add("--epsilon", type=float, metavar="E", help="instead of each data set's own; delta stays")
    add("--output", type=Path, default=_WORK / "out", metavar="FOLDER", help="benchmarks/target/quality/out")
    add("--set", action="append", default=[], metavar="KEY=VALUE", help="passed on to scripts/pe; may be repeated")
    add("--characters", metavar="FOLDER", help="with train.csv and test.csv of artificial-characters")
    add("--csv", metavar="FILE", help="private rows of your own, instead of --data")
    add("--test", metavar="FILE", help="real rows to test on; with --csv")
    add("--label", metavar="COLUMN", help="the column to predict; with --csv")
    add("--schema", metavar="FILE", help="configuration of the product with labels and tabular.columns; with --csv")
    add("--peer-seconds", type=float, default=900, metavar="S", help="the most that aim, mst or dpsda may take (%(default)s)")
    add("--peers-python", metavar="FILE", help="interpreter that has mbi and pandas, instead of an environment made for it")
    add("--dpsda-python", metavar="FILE", help="interpreter that has pe of microsoft/DPSDA")
    options = parser.parse_args()
    options.data = _chosen(parser, "--data", options.data, datasets.names())
    options.methods = _chosen(parser, "--methods", options.methods, list(METHODS))
    if options.seeds < 1:
        parser.error("--seeds is at least 1")
    if options.csv and not (options.test and options.label and options.schema):
        parser.error("--csv needs --test, --label and --schema")
    return options


def _chosen(parser, option, text, known):
    names = known if text == "all" else text.split(",")
    for name in names:
        if name not in known:
            parser.error(f"{option}: {name} is none of {', '.join(known)}")
    return names


def _say(line):
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
