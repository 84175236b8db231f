"""The figures as JSON and as a page of the documentation."""

import os
import platform
import re
import subprocess
import textwrap
from datetime import date
from pathlib import Path

from bench.figures import Figure

_PAGE = """# Performance

What `scripts/bench` measured on one machine. The command runs the benchmarks of this project one after another, at
sizes that together end within ten minutes on two cores, and writes this page and `performance.json`.

<!-- not executed: needs FAISS and ten minutes of a quiet machine -->
```sh
scripts/bench out/bench                               # all of them
scripts/bench out/bench bench-kernel bench-embedding  # some
```

{machine}

A *ratio* compares both sides in one run, in turns where rounds are possible: above 1, this program is faster than the
peer. It is a median, with the lowest and highest round in brackets. Figures without a peer hold for this machine only.

{table}

{left_out}Other sizes, and what limits each part: [the kernel](kernel.md), [scaling](scaling.md), [texts](text.md).

Not among them: `scripts/bench-quality` and `scripts/bench-text`, which take hours and measure [quality](quality.md).

No time is compared in builds. `RunCountsTest` compares what small runs of a table, texts and images cost in jobs,
stages, tasks and bytes, and votes in multiply-adds, with accepted counts that are the same on every machine.
"""


def machine() -> str:
    """The machine and what runs on it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr.splitlines()
    load = os.getloadavg()[0]
    busy = " **The machine was busy with other work**, so every figure is uncertain." if load > os.cpu_count() / 2 else ""
    return (
        f"{date.today()}: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}; "
        f"{java[0].replace(chr(34), '')}; load before the first benchmark {load:.1f}.{busy}"
    )


def _processor() -> str:
    try:
        information = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    model = re.search(r"model name\s*: (.*)", information)
    widest = next((name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if flag in information), "")
    return ", ".join(part for part in (model and model[1].strip(), widest) if part) or platform.machine()


def page(described: str, measured: list[tuple[str, Figure]], left_out: list[str]) -> str:
    """The page. Benchmarks in left_out have no figure, each with the reason."""
    lines = ["| benchmark | what | measured | peer | ratio |", "|---|---|---|---|---|"]
    for name, figure in measured:
        value = f"{_digits(figure.value)} {figure.unit}"
        lines.append(f"| `{name}` | {figure.subject} | {value} | {figure.peer or '-'} | {_ratio(figure)} |")
    without = f"**Without figures:** {'; '.join(left_out)}.\n\n" if left_out else ""
    machine_line = textwrap.fill(f"**Measured on** {described}", 120, break_long_words=False, break_on_hyphens=False)
    return _PAGE.format(machine=machine_line, table="\n".join(lines), left_out=without)


def _digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _ratio(figure: Figure) -> str:
    if figure.ratio is None:
        return "-"
    if figure.low is None:
        return f"{figure.ratio:.2f}"
    return f"{figure.ratio:.2f} ({figure.low:.2f} to {figure.high:.2f})"
