"""The command line."""

import argparse
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from quality import peers, product
from quality.task import Task, Tools

from reference.table import generated

_ROOT = Path(__file__).parents[5]

_TEXT = """\
How long does a whole run take, beside the reference implementation (microsoft/DPSDA)? Both read the
same generated table as CSV (8 columns of numbers, 4 of categories, 4 labels) and make 1,000 rows in
14 votes at its published settings for tables. Times are of the whole process. A ratio above 1 says
that the product is faster, or takes less.
"""


def main() -> None:
    """Runs both by turns, and prints what each run took and the ratios of each round."""
    options = _options()
    product.build(_ROOT)
    tools = Tools(_ROOT, options.work, (), None, options.python, 0)
    for rows in options.rows:
        data = generated(rows)
        ratios = []
        for number in range(options.rounds):
            ours = Task(data, "product-pe", number, None, None, tools, "")
            theirs = Task(data, "dpsda", number, None, None, tools, "")
            runs = [
                ("product", lambda: product.command(ours, product.evolution_configuration(ours)), ours),
                ("reference", lambda: peers.dpsda_command(theirs, options.python), theirs),
            ]
            took = {}
            for name, prepare, task in runs if number % 2 == 0 else reversed(runs):
                took[name] = _measured(prepare(), task.folder)
                seconds, processor, memory = took[name]
                print(
                    f"{rows:>10,} rows, round {number + 1}, {name:9}: {seconds:6.1f} s, {processor:6.1f} s of processor,"
                    f" {memory:5.2f} GB",
                    flush=True,
                )
            ratios.append([b / a for a, b in zip(took["product"], took["reference"])])
        shown = [f"{name} {_spread(values)}" for name, values in zip(("time", "processor", "memory"), zip(*ratios))]
        print(f"{rows:>10,} rows, reference over product: {', '.join(shown)}", flush=True)


def _measured(command, folder):
    """Seconds, seconds of processor, and gigabytes of the largest process of a command."""
    # In a process of its own, whose children are those of this command alone.
    with multiprocessing.get_context("fork").Pool(1) as pool:
        code, *took = pool.apply(_run, (command, folder))
    if code:
        sys.exit(f"{command[0]} ended with {code}: see {folder}/log.txt")
    return took


def _run(command, folder):
    start = time.monotonic()
    with open(folder / "log.txt", "w", encoding="utf-8") as log:
        code = subprocess.run(command, stdout=log, stderr=log).returncode
    seconds = time.monotonic() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return code, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e9


def _spread(values):
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def _options():
    parser = argparse.ArgumentParser(
        prog="scripts/bench-reference", description=_TEXT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("python", metavar="PYTHON", help="interpreter that can import pe of microsoft/DPSDA, and faiss")
    parser.add_argument("rows", type=int, nargs="*", metavar="ROWS", default=[10_000, 100_000, 1_000_000], help="sizes")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of both, by turns (%(default)s)")
    work = _ROOT / "benchmarks/target/reference"
    parser.add_argument("--work", type=Path, default=work, metavar="FOLDER", help="benchmarks/target/reference")
    options = parser.parse_args()
    if subprocess.run([options.python, "-c", "import pe, faiss"], capture_output=True).returncode:
        parser.error(f"{options.python} cannot import pe and faiss")
    os.environ.pop("OMP_NUM_THREADS", None)
    os.environ.pop("OPENBLAS_NUM_THREADS", None)
    return options


if __name__ == "__main__":
    sys.exit(main())
