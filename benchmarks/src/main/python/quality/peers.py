"""Other people's methods, each in the Python environment that it needs."""

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy
import pandas

from quality import bins
from quality.task import Task, TimeLimit, Unavailable

_MBI = "mbi==2.0.0"


def publish_mbi(task: Task) -> pandas.DataFrame:
    """AIM or MST on the graphical models of the package mbi, on bins."""
    python = task.tools.peers_python or _mbi_python(task.tools.work.parent / "peers")
    columns = task.data.columns
    job = _job(task) | {"model": task.method, "domain": {column.name: bins.bins(column) for column in columns}}
    binned = _published(task, _command(task, python, "mbi_job.py", job, bins.to_bins(task.train, columns)))
    return bins.from_bins(binned[[column.name for column in columns]], columns, numpy.random.default_rng(task.seed))


def publish_dpsda(task: Task) -> pandas.DataFrame:
    """Tab-PE of the reference implementation. It has no nulls, and takes the shares of labels as public."""
    python = task.tools.dpsda_python
    if python is None or subprocess.run([python, "-c", "import pe"], capture_output=True).returncode != 0:
        raise Unavailable("needs --dpsda-python with an interpreter that can import pe of microsoft/DPSDA")
    if any(column.nullable for column in task.data.columns):
        raise Unavailable("the library has no nulls")
    command = dpsda_command(task, python)
    return _published(task, command)[[column.name for column in task.data.columns]]


def dpsda_command(task: Task, python: str) -> list:
    """Writes what a run of the reference implementation needs, and says how to start it."""
    *features, label = task.data.columns
    kinds = {column.name: "cat" if column.categories else "int" if column.whole else "float" for column in features}
    bounds = {column.name: (column.low, column.high) for column in features}
    job = _job(task) | {"kinds": kinds, "bounds": bounds, "label": label.name}
    return _command(task, python, "dpsda_job.py", job, task.train)


def _job(task):
    epsilon, delta = task.privacy
    return {"epsilon": epsilon, "delta": delta, "seed": task.seed, "rows": task.published}


def _command(task, python, script, job, table):
    shutil.rmtree(task.folder, ignore_errors=True)
    task.folder.mkdir(parents=True)
    (task.folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    table.to_csv(task.folder / "train.csv", index=False)
    return [python, "-I", Path(__file__).parent / script, task.folder]


def _published(task, command):
    with open(task.folder / "log.txt", "w", encoding="utf-8") as log:
        try:
            subprocess.run(command, stdout=log, stderr=log, timeout=task.tools.peer_seconds, check=True)
        except subprocess.TimeoutExpired as late:
            raise TimeLimit from late
        except subprocess.CalledProcessError as failed:
            last = (task.folder / "log.txt").read_text(encoding="utf-8").splitlines()[-5:]
            raise RuntimeError("\n".join([f"{command[2].name} failed; {task.folder}/log.txt ends:", *last])) from failed
    return pandas.read_csv(task.folder / "published.csv")


@cache
def _mbi_python(venv):
    """The interpreter of an environment with mbi, which brings JAX and needs Python 3.11 or later."""
    python = venv / "bin/python"
    wanted = [python, "-c", "import mbi, pandas"]
    if python.exists() and subprocess.run(wanted, capture_output=True).returncode == 0:
        return str(python)
    if sys.version_info < (3, 11):
        raise Unavailable(f"{_MBI} needs Python 3.11 or later, or --peers-python with an interpreter that has it")
    print(f"installing {_MBI} in {venv}", file=sys.stderr, flush=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True, capture_output=True, text=True)
        subprocess.run([python, "-m", "pip", "install", "-q", _MBI, "pandas"], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as failed:
        raise Unavailable(f"{_MBI} cannot be installed: {failed.stderr.strip().splitlines()[-1:]}") from failed
    return str(python)
