"""The terminal on which `pe` shows its progress and messages."""

import os
import signal
import sys
from typing import List

_ANNOUNCEMENT = b"WARNING: Using incubator modules: jdk.incubator.vector"


def options(with_vectors: bool) -> List[str]:
    """The options that tell Java about the terminal; none if standard error is not one.

    Java announces the vector module at every start with it, and has no option against it. On a terminal that line is
    dropped, here as by ``scripts/pe``. In a file or a pipe it stays: what drops it would have to outlive Java, and a
    container that ends with Java would lose the last lines.

    :param with_vectors: whether Java loads the vector module
    """
    if not sys.stderr.isatty():
        return []
    stderr = sys.stderr.fileno()
    try:
        columns = os.get_terminal_size(stderr).columns
        if columns and not os.environ.get("COLUMNS"):
            os.environ["COLUMNS"] = str(columns)
        terminal = os.ttyname(stderr) if with_vectors and os.name == "posix" else ""
        if not terminal or not os.access(terminal, os.W_OK):
            return ["-Dpe.terminal=true"]
        _filter(stderr)
    except OSError:
        return ["-Dpe.terminal=true"]
    # pe itself writes to the terminal, past the filter.
    return ["-Dpe.terminal=true", f"-Dpe.stderr={terminal}"]


def _filter(stderr: int) -> None:
    """Lets a child process pass on what this one, or the program that replaces it, writes to standard error."""
    sys.stderr.flush()
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            # Ctrl-C ends pe and not the filter, which ends when pe has closed its output.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            os.close(writing)
            with os.fdopen(reading, "rb") as lines, os.fdopen(stderr, "wb", closefd=False) as terminal:
                for line in lines:
                    if line.rstrip() != _ANNOUNCEMENT:
                        terminal.write(line)
                        terminal.flush()
        finally:
            os._exit(0)
    os.close(reading)
    os.dup2(writing, stderr)
    os.close(writing)
