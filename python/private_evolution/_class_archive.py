"""An archive of the Java classes that the common commands load, recorded on invented records. They then start in half
the time."""

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


def options(java: str, jvm_options: List[str], jars: List[Path], prepare: bool) -> List[str]:
    """The JVM options that use the archive, or none if it is missing.

    :param jars: the class path
    :param prepare: whether to make a missing archive first, which takes some seconds
    """
    try:
        archive = _folder() / f"{_digest(java, jars)}.jsa"
        if prepare and not archive.exists():
            print("Preparing a faster start, once after each installation; it can take a minute or two ...", file=sys.stderr)
            _make(java, jvm_options, jars, archive)
        usable = archive.exists() and archive.stat().st_size > 0
        return [f"-XX:SharedArchiveFile={archive}", *_QUIET] if usable else []
    except (OSError, RuntimeError):
        # No home, no space, no permission: Java starts without.
        return []


def _folder() -> Path:
    """The user's cache folder. Nobody else may write there: an archive is code, and it runs on private records.

    :raises PermissionError: if others can write there
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME", ""))
    folder = (cache if cache.is_absolute() else Path.home() / ".cache") / "private-evolution"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix":
        status = folder.stat()
        if status.st_uid != os.getuid() or status.st_mode & 0o022:
            raise PermissionError(f"{folder} is not this user's alone")
    return folder


def _digest(java: str, jars: List[Path]) -> str:
    """A digest of the Java version and the jars, because Java refuses an archive made for others."""
    release = Path(os.path.realpath(java)).parent.parent / "release"
    version = re.search('JAVA_VERSION="(.*)"', release.read_text()) if release.is_file() else None
    of = hashlib.sha256(str(version and version.group(1)).encode())
    for jar in jars:
        status = jar.stat()
        of.update(f"{jar} {status.st_size} {status.st_mtime_ns}\n".encode())
    return of.hexdigest()[:16]


def _make(java: str, jvm_options: List[str], jars: List[Path], archive: Path) -> None:
    """Makes the archive. If that fails, it leaves an empty file, so that nobody waits for it again."""
    part = archive.with_suffix(f".{os.getpid()}")
    part.touch(mode=0o600)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for file in ("warm-up.yaml", "records.csv"):
                shutil.copy(carried(file), folder)
            made = Path(folder) / "classes.jsa"
            done = subprocess.run(
                [java, *jvm_options, f"-XX:ArchiveClassesAtExit={made}", *_QUIET]
                + ["-cp", os.pathsep.join(map(str, jars)), "org.privateevolution.jobs.Rehearsal"],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            if done.returncode == 0 and made.exists():
                shutil.copyfile(made, part)
        for old in archive.parent.glob("*.jsa"):
            old.unlink()
        # In one step: another pe may be starting.
        part.replace(archive)
    finally:
        part.unlink(missing_ok=True)
