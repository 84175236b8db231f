"""What Java loads for a run, kept from one on invented records: the next run starts in half the time."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import List

from private_evolution._jar import carried

_QUIET = ["-Xlog:cds=off", "-Xlog:cds+dynamic=off"]


def options(java: str, jvm_options: List[str], class_path: str, prepare: bool) -> List[str]:
    """JVM options that use the archive, if there is one.

    :param prepare: whether to make it where it is missing, which takes some seconds
    """
    archive = _archive(java, class_path)
    if prepare and not archive.exists():
        print("Preparing a faster start, once after each installation ...", file=sys.stderr)
        _make(java, jvm_options, class_path, archive)
    usable = archive.exists() and archive.stat().st_size > 0
    return [f"-XX:SharedArchiveFile={archive}", *_QUIET] if usable else []


def _archive(java: str, class_path: str) -> Path:
    """Named by what it is of: Java refuses that of another Java, or of other jars."""
    release = Path(os.path.realpath(java)).parent.parent / "release"
    version = re.search('JAVA_VERSION="(.*)"', release.read_text()) if release.is_file() else None
    changed = carried("private-evolution.jar").stat().st_mtime_ns
    of = hashlib.sha256(f"{version and version.group(1)} {changed} {class_path}".encode()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "private-evolution" / f"{of}.jsa"


def _make(java: str, jvm_options: List[str], class_path: str, archive: Path) -> None:
    """Leaves an empty file where it fails, so that nobody waits for it again."""
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            for file in ("warm-up.yaml", "records.csv"):
                shutil.copy(carried(file), folder)
            made = Path(folder) / "classes.jsa"
            done = subprocess.run(
                [java, *jvm_options, f"-XX:ArchiveClassesAtExit={made}", *_QUIET, "-cp", class_path]
                + ["org.privateevolution.jobs.Pe", "run", "warm-up.yaml"],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            if done.returncode == 0 and made.exists():
                # Beside it first: another pe may be reading.
                part = archive.with_suffix(f".{os.getpid()}")
                shutil.move(made, part)
                part.replace(archive)
            else:
                archive.touch()
    except OSError:
        pass
