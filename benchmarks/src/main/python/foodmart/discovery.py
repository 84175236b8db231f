"""What it costs that a run discovers its columns: the same run with declared columns beside it."""

from pathlib import Path

from foodmart import tables
from foodmart.cells import mean_distances
from foodmart.runs import published, run

TITLE = "FoodMart's {private:,} customers, 11 columns and a label, epsilon 2, delta 1e-5, 6 votes of 300 candidates, 10,000 rows"
VARIANTS = {
    "declared": None,
    "share 0.2, the default": 0.2,
    "share 0.03": 0.03,
    "share 0.1": 0.1,
    "share 0.3": 0.3,
}


def figures(root: Path, data: Path, folder: Path, variant: str, seed: int) -> dict[str, float]:
    """Distances of columns and of pairs, and how many of the values of declared categories became other."""
    customers = tables.customers(data)
    labels, columns = tables.declared(root)
    names = [column["name"] for column in columns] + [labels["column"]]
    share = VARIANTS[variant]
    configuration = {
        "seed": seed,
        "private_data": {"format": "csv", "path": "customers.csv"},
        "labels": labels if share is None else {"column": labels["column"]},
        "privacy": {"epsilon": 2, "delta": 1e-5},
        "evolution": {"samples": 300, "votes": 6},
        "tabular": {"columns": columns} if share is None else {"discover": {"share": share}},
        "output": {"path": "out", "formats": ["csv"], "rows": 10000},
    }
    rows = published(run(root, folder, configuration, {"customers.csv": customers[names]}) / "synthetic")
    one, two = mean_distances(customers[names], rows[names])
    return {"one column": one, "two columns": two, "share of values that became `other`": float((rows[names] == "other").mean().mean())}
