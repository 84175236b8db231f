"""The command line."""

import argparse
import hashlib
import json
import statistics
import sys
import time
from pathlib import Path

from foodmart import clients, constraints, discovery, tables
from quality import product
from quality.results import Results

_ROOT = Path(__file__).parents[5]
_WORK = _ROOT / "benchmarks/target/foodmart"
_DATA = _ROOT / "benchmarks/target/quality/data"
_MEASUREMENTS = {"discovery": discovery, "clients": clients, "constraints": constraints}

_TEXT = """\
What do discovery, child tables and constraints do to the quality of FoodMart's tables?

  discovery    a run that discovers its columns beside one with declared columns (docs/discovery.md)
  clients      customers with their purchases, ordered or not, beside real customers (docs/clients.md)
  constraints  a run with two true rules beside one without any (docs/constraints.md)

Distances are total variation between published and real tables: 20 equal cells of numbers and dates (12 of
the days of purchases), means over columns or pairs of columns. Each figure is the mean over the seeds, with its
standard deviation in parentheses.
"""

_MORE = """\
Results are lines of JSON in OUTPUT/results.jsonl, one for each variant and seed. What is there is not measured
again, so an interrupted measurement goes on with the same command; a new build is measured anew. The runs lie
in OUTPUT/runs. A run takes a minute or more.
"""


def main() -> None:
    """Measures what is asked for and not measured yet, and prints a table for each measurement."""
    options = _options()
    build = product.build(_ROOT)
    results = Results(options.output / "results.jsonl")
    private = len(tables.customers(_DATA))
    failed = False
    for name in options.measurements:
        measurement = _MEASUREMENTS[name]
        records = []
        for variant in _wanted(options, measurement):
            for seed in range(1, options.seeds + 1):
                try:
                    records.append(_result(name, variant, seed, build, results, options.output))
                except RuntimeError as failure:
                    failed = True
                    print(f"{name}, {variant}, seed {seed}: {failure}", file=sys.stderr)
        print(measurement.TITLE.format(private=private) + "\n")
        print(_table(list(measurement.VARIANTS), records) + "\n", flush=True)
    if failed:
        sys.exit(1)


def _wanted(options, measurement):
    return [variant for variant in measurement.VARIANTS if not options.variants or variant in options.variants]


def _result(name, variant, seed, build, results, output):
    asked = {"measurement": name, "variant": variant, "seed": seed, "build": build}
    fingerprint = hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]
    record = results.find(fingerprint)
    if record is None:
        print(f"{name}, {variant}, seed {seed} ...", file=sys.stderr, flush=True)
        start = time.monotonic()
        figures = _MEASUREMENTS[name].figures(_ROOT, _DATA, output / "runs" / fingerprint, variant, seed)
        seconds = round(time.monotonic() - start, 1)
        record = {"fingerprint": fingerprint} | asked | {"seconds": seconds, "figures": figures}
        results.add(record)
    return record


def _table(variants, records):
    """Figures by row, variants by column."""
    found = {variant: [record["figures"] for record in records if record["variant"] == variant] for variant in variants}
    found = {variant: figures for variant, figures in found.items() if figures}
    if not found:
        return "no result"
    names = list(next(iter(found.values()))[0])
    lines = [["", *found], ["---"] * (len(found) + 1), ["seeds", *(str(len(figures)) for figures in found.values())]]
    lines += [[name, *(_mean([figures[name] for figures in found[variant]]) for variant in found)] for name in names]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _mean(values):
    form = ".0f" if all(isinstance(value, int) for value in values) else ".3f"
    mean = format(statistics.mean(values), form)
    return f"{mean} ({format(statistics.stdev(values), form)})" if len(values) > 1 else mean


def _options():
    parser = argparse.ArgumentParser(
        prog="scripts/bench-foodmart",
        description=_TEXT,
        epilog=_MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("measurements", nargs="*", metavar="MEASUREMENT", help="discovery, clients, constraints (all)")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="seeds from 1 (%(default)s)")
    parser.add_argument(
        "--variant", dest="variants", action="append", metavar="NAME", help="only this column of the table; may be repeated"
    )
    parser.add_argument("--output", type=Path, default=_WORK, metavar="FOLDER", help="benchmarks/target/foodmart")
    options = parser.parse_args()
    options.measurements = options.measurements or list(_MEASUREMENTS)
    for name in options.measurements:
        if name not in _MEASUREMENTS:
            parser.error(f"{name} is none of {', '.join(_MEASUREMENTS)}")
    known = [variant for name in options.measurements for variant in _MEASUREMENTS[name].VARIANTS]
    for variant in options.variants or []:
        if variant not in known:
            parser.error(f"--variant: {variant} is none of {'; '.join(known)}")
    if options.seeds < 1:
        parser.error("--seeds is at least 1")
    return options


if __name__ == "__main__":
    main()
