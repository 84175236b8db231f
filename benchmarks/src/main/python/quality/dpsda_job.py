"""Runs Tab-PE of microsoft/DPSDA at its published settings, in an environment with pe. Argument: the job's folder.

It searches with FAISS where that is installed, and with scikit-learn elsewhere, as it does by default.
"""

import json
import sys
from pathlib import Path

import numpy
import pandas
from pe.api import TabularAPI
from pe.constant.data import LABEL_ID_COLUMN_NAME, TABULAR_DATA_COLUMN_NAME, VARIATION_API_FOLD_ID_COLUMN_NAME
from pe.data import TabularColumnType, TabularCSV
from pe.embedding import TabularEmbedding
from pe.histogram import NearestNeighbors
from pe.population import CompositePopulation, PEPopulation
from pe.runner import PE

VOTES, SAMPLING = 14, 4


def main(folder: Path) -> None:
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    numpy.random.seed(job["seed"])
    names = {kind: [name for name, of in job["kinds"].items() if of == kind] for kind in ("cat", "int", "float")}
    metadata = {f"{kind}_columns": members for kind, members in names.items()} | {"label_columns": [job["label"]]}
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    private = TabularCSV(str(folder / "train.csv"), str(folder / "metadata.json"))

    # The declared bounds, where the library would read them from the private rows.
    info = {name: _column(kind, *job["bounds"][name]) for kind, members in names.items() for name in members}
    api = TabularAPI(info=info, num_iterations=VOTES + 1)
    histogram = NearestNeighbors(embedding=TabularEmbedding(info=info), mode="L2", lookahead_degree=0)
    sampling = PEPopulation(api=api, next_variation_api_fold=1, selection_mode="sample", histogram_threshold=0)
    ranking = PEPopulation(api=api, next_variation_api_fold=3, keep_selected=True, selection_mode="rank")
    population = CompositePopulation(populations=[sampling] * (SAMPLING + 1) + [ranking] * (VOTES - SAMPLING))
    runner = PE(priv_data=private, population=population, histogram=histogram)
    made = runner.run([job["rows"]] * (VOTES + 1), job["delta"], job["epsilon"], save_checkpoint=False).data_frame

    selected = made[made[VARIATION_API_FOLD_ID_COLUMN_NAME] == -1]
    published = pandas.DataFrame(selected[TABULAR_DATA_COLUMN_NAME].tolist(), columns=list(info))
    values = [entry["column_values"][job["label"]] for entry in private.metadata.label_info]
    published[job["label"]] = [values[place] for place in selected[LABEL_ID_COLUMN_NAME]]
    published.to_csv(folder / "published.csv", index=False)


def _column(kind, low, high):
    if kind == "cat":
        return {"type": TabularColumnType.CATEGORICAL, "categories": list(range(int(low), int(high) + 1))}
    return {"type": TabularColumnType.INTEGER if kind == "int" else TabularColumnType.FLOAT, "min": low, "max": high}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
