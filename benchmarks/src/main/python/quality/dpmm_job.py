"""Fits AIM or MST on a table of bins and samples from it; runs in an environment with dpmm. Argument: the job's folder."""

import json
import sys
from pathlib import Path

import numpy
import pandas
from dpmm.models.aim import AIMGM
from dpmm.models.mst import MST, MSTGM

measure = MST._measure


def measure_with_its_noise(self, data, columns, weight, *options, **named):
    """A measurement that states the noise it has, by which MST tells bins to merge; the package leaves the weight out."""
    matrix, counts, sigma, columns = measure(self, data, columns, weight, *options, **named)
    return matrix, counts, sigma / weight, columns


def main(folder: Path) -> None:
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    random = numpy.random.RandomState(job["seed"])
    MST._measure = measure_with_its_noise
    kind = {"aim": AIMGM, "mst": MSTGM}[job["model"]]
    # One process: those that it would start for each step cost more than they bring.
    model = kind(job["epsilon"], job["delta"], domain=job["domain"], random_state=random, n_jobs=1)
    model.fit(pandas.read_csv(folder / "train.csv"))
    model.generate(job["rows"]).to_csv(folder / "published.csv", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
