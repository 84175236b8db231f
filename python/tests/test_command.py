"""Tests how the command line of the wheel starts Java. A script stands in for Java."""

import os
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

if os.name == "posix":
    import fcntl
    import pty
    import termios

_MODULES = Path(__file__).resolve().parent.parent

_ANNOUNCEMENT = "WARNING: Using incubator modules: jdk.incubator.vector"

_JAVA = f"""#!/bin/sh
echo "{_ANNOUNCEMENT}" >&2
echo "another line" >&2
case "$*" in *-Dpe.stderr=/dev/*) echo "past the filter" >"$(tty)" ;; esac
echo "options: $*"
echo "width $COLUMNS"
exit 3
"""


@unittest.skipUnless(os.name == "posix", "terminals are those of POSIX")
class CommandTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        java = self.folder / "java/bin/java"
        java.parent.mkdir(parents=True)
        java.write_text(_JAVA)
        java.chmod(0o700)
        (self.folder / "spark/jars").mkdir(parents=True)
        jvm = self.folder / "jvm"
        jvm.mkdir()
        for name in ("private-evolution.jar", "spark.jvm.options", "log4j2.properties"):
            (jvm / name).touch()
        (jvm / "quick.commands").write_text("plan\n")
        self.script = self.folder / "pe"
        self.script.write_text(
            "import sys\n"
            "from pathlib import Path\n"
            f"sys.path.insert(0, {str(_MODULES)!r})\n"
            "from private_evolution import _command, _jar\n"
            f"_jar._JVM = Path({str(jvm)!r})\n"
            "_command.main()\n"
        )

    def test_on_a_terminal_java_does_not_announce_the_vector_module(self):
        code, output = self.on_a_terminal("validate")

        self.assertEqual(code, 3)
        self.assertNotIn(_ANNOUNCEMENT, output)
        self.assertIn("another line", output)
        self.assertIn("past the filter", output)
        self.assertIn("-Dpe.terminal=true", output)
        self.assertIn("width 97", output)

    def test_what_needs_no_spark_writes_to_the_terminal_itself(self):
        code, output = self.on_a_terminal("plan")

        self.assertEqual(code, 3)
        self.assertIn(_ANNOUNCEMENT, output)
        self.assertIn("-Dpe.terminal=true", output)
        self.assertNotIn("-Dpe.stderr", output)

    def test_a_forecast_measures_what_votes_run(self):
        self.assertIn("-XX:TieredStopAtLevel=1", self.options("plan"))
        self.assertIn("-XX:TieredStopAtLevel=1", self.options("plan", "--rows=9", "--gflops", "50"))
        for rows in (["--rows", "9"], ["--rows=9"]):
            measuring = self.options("plan", "out", *rows)

            self.assertIn("--add-modules=jdk.incubator.vector", measuring)
            self.assertNotIn("-XX:TieredStopAtLevel=1", measuring)

    def options(self, *arguments):
        done = subprocess.run(
            [sys.executable, str(self.script), *arguments], env=self.environment(), capture_output=True, text=True
        )
        return done.stdout.splitlines()[0].split()

    def test_elsewhere_every_line_is_kept(self):
        done = subprocess.run(
            [sys.executable, str(self.script), "validate"], env=self.environment(), capture_output=True, text=True
        )

        self.assertEqual(done.returncode, 3)
        self.assertEqual(done.stderr.splitlines(), [_ANNOUNCEMENT, "another line"])
        self.assertNotIn("-Dpe.terminal", done.stdout)

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "PE_JARS")}
        return {
            **kept,
            "JAVA_HOME": str(self.folder / "java"),
            "SPARK_HOME": str(self.folder / "spark"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
        }

    def on_a_terminal(self, command):
        """Runs a command on a terminal of 97 columns; returns its exit code and what the terminal showed."""
        process, terminal = pty.fork()
        if process == 0:
            fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 97, 0, 0))
            os.execve(sys.executable, [sys.executable, str(self.script), command], self.environment())
        shown = b""
        while True:
            try:
                piece = os.read(terminal, 1 << 12)
            except OSError:
                # The terminal has been closed by all who wrote to it, also by the filter.
                break
            if not piece:
                break
            shown += piece
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), shown.decode()


if __name__ == "__main__":
    unittest.main()
