"""The product itself, as a user runs it: scripts/pe with a configuration."""

import hashlib
import json
import shutil
import subprocess

import pandas

from quality.datasets import read_csv, write_csv
from quality.task import Task

# The published settings of Tab-PE, as in conf/artificial-characters.yaml.
_RULES = [
    {"votes": 4, "selection": "sample", "threshold": 0, "variation_fold": 1},
    {"selection": "rank", "variation_fold": 3, "keep_selected": True},
]


def publish(task: Task) -> pandas.DataFrame:
    """The product as it is by default: a configuration that says what the data are and nothing of how."""
    return _run(task, configuration(task))


def publish_evolution(task: Task) -> pandas.DataFrame:
    """The published algorithm, with its votes and selection."""
    return _run(task, evolution_configuration(task))


def configuration(task: Task) -> dict:
    """The shortest configuration of a table."""
    *features, label = task.data.columns
    epsilon, delta = task.privacy
    return {
        "name": task.data.name,
        "seed": task.seed,
        "private_data": {"format": "csv", "path": str(task.folder / "train.csv")},
        "labels": {"column": label.name, "type": label.type, "values": list(label.categories)},
        "privacy": {"epsilon": epsilon, "delta": delta, "ledger": str(task.folder / "ledger")},
        "tabular": {"columns": [column.declaration() for column in features]},
        "output": {"path": str(task.folder / "out"), "formats": ["csv"], "rows": task.published},
    }


def evolution_configuration(task: Task) -> dict:
    """The same with the published evolution, and shares of labels bought by a noisy count."""
    tree = configuration(task)
    del tree["output"]["rows"]
    tree["labels"]["fractions"] = {"noisy": {"noise_multiplier": 20}}
    return tree | {"evolution": {"samples": task.published, "votes": 14, "rules": _RULES}}


def build(root) -> str:
    """Builds the product if it is not built yet, and names the build by the checksum of its jar."""
    subprocess.run([root / "scripts/pe", "--help"], check=True, stdout=subprocess.DEVNULL)
    jars = (root / "jobs/target").glob("private-evolution-*.jar")
    jar = next(jar for jar in sorted(jars) if not jar.name.endswith("-text.jar"))
    return hashlib.sha256(jar.read_bytes()).hexdigest()[:12]


def command(task: Task, tree: dict) -> list:
    """Writes what a run needs, and says how to start it."""
    # A run goes on where it was; the time of a part of a run is no measurement, so this one starts anew.
    shutil.rmtree(task.folder, ignore_errors=True)
    task.folder.mkdir(parents=True)
    write_csv(task.train, task.data.columns, task.folder / "train.csv")
    (task.folder / "configuration.yaml").write_text(json.dumps(tree, indent=2), encoding="utf-8")
    settings = [word for setting in task.tools.settings for word in ("--set", setting)]
    return [task.tools.root / "scripts/pe", "run", task.folder / "configuration.yaml", *settings]


def _run(task, tree):
    words = command(task, tree)
    with open(task.folder / "log.txt", "w", encoding="utf-8") as log:
        code = subprocess.run(words, stdout=log, stderr=log).returncode
    if code != 0:
        last = (task.folder / "log.txt").read_text(encoding="utf-8").splitlines()[-5:]
        raise RuntimeError("\n".join([f"scripts/pe ended with {code}; {task.folder}/log.txt ends:", *last]))
    parts = sorted((task.folder / "out/synthetic/csv").glob("*.csv"))
    return pandas.concat([read_csv(part, task.data.columns) for part in parts], ignore_index=True)
