"""Runs the benchmarks: python -m bench ROOT FOLDER [NAME ...]."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Unreadable
from bench.page import machine, page
from bench.suite import Benchmark, benchmarks

LIMIT_SECONDS = 570


def main() -> None:
    # So that what it has started ends with it.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    root, folder = Path(sys.argv[1]), Path(sys.argv[2])
    names = sys.argv[3:]
    started = time.monotonic()
    described = machine()
    measured, left_out = [], []
    with tempfile.TemporaryDirectory() as work:
        chosen = benchmarks(root, Path(work))
        unknown = set(names) - {benchmark.name for benchmark in chosen}
        if unknown:
            sys.exit(f"no benchmark {', '.join(sorted(unknown))}: there are {', '.join(sorted({b.name for b in chosen}))}")
        for benchmark in chosen:
            if names and benchmark.name not in names:
                continue
            left = LIMIT_SECONDS - (time.monotonic() - started)
            begun = time.monotonic()
            print(f"{benchmark.name} {' '.join(benchmark.command)}", file=sys.stderr, flush=True)
            try:
                measured += [(benchmark.name, figure) for figure in benchmark.read(_output(root, benchmark, left))]
            except (subprocess.SubprocessError, OSError, Unreadable) as problem:
                left_out.append(f"`{benchmark.name}`, {_reason(problem)}")
                print(f"  no figures: {problem}", file=sys.stderr)
            print(f"  {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    text = page(described, measured, left_out)
    (folder / "performance.md").write_text(text, encoding="utf-8")
    document = {
        "machine": described,
        "figures": [{"benchmark": name, **dataclasses.asdict(figure)} for name, figure in measured],
        "left_out": left_out,
    }
    (folder / "performance.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    print(text)
    print(f"wrote {folder}/performance.md and performance.json", file=sys.stderr)
    sys.exit(1 if left_out else 0)


def _output(root: Path, benchmark: Benchmark, left: float) -> str:
    """What the benchmark says. One that takes too long is stopped, with all that it started."""
    environment = {**os.environ, "PE_BENCH_BUILT": "true"}
    command = [str(root / "scripts" / benchmark.name), *benchmark.command]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment, start_new_session=True
    )
    try:
        output, _ = running.communicate(timeout=max(1, min(left, benchmark.seconds)))
    except BaseException:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        raise
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return benchmark.answers.read_text(encoding="utf-8") if benchmark.answers else output


def _reason(problem: Exception) -> str:
    if isinstance(problem, subprocess.TimeoutExpired):
        return f"which did not end within {problem.timeout:.0f} s"
    return "which failed" if isinstance(problem, subprocess.SubprocessError) else "whose output could not be read"


main()
