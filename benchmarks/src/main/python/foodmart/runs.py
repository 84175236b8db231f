"""Runs of the product."""

import json
import shutil
import subprocess
from pathlib import Path

import pandas


def run(root: Path, folder: Path, configuration: dict, tables: dict[str, pandas.DataFrame]) -> Path:
    """Runs a configuration, as a user would, on tables that are written to its folder; the folder of its output.

    Paths in the configuration are those of files in that folder.
    """
    # A run goes on where it was; figures are of one that ran from the start.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, table in tables.items():
        table.to_csv(folder / name, index=False)
    (folder / "configuration.yaml").write_text(json.dumps(configuration, indent=2), encoding="utf-8")
    with open(folder / "log.txt", "w", encoding="utf-8") as log:
        command = [root / "scripts/pe", "run", "configuration.yaml"]
        code = subprocess.run(command, cwd=folder, stdout=log, stderr=log).returncode
    if code != 0:
        last = (folder / "log.txt").read_text(encoding="utf-8").splitlines()[-5:]
        raise RuntimeError("\n".join([f"scripts/pe ended with {code}; {folder}/log.txt ends:", *last]))
    return folder / "out"


def published(folder: Path) -> pandas.DataFrame:
    """The rows of a published table, all values as text."""
    parts = sorted((folder / "csv").glob("*.csv"))
    frames = [pandas.read_csv(part, dtype=str, keep_default_na=False, na_values=[""]) for part in parts]
    return pandas.concat(frames, ignore_index=True)
