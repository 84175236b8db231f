"""What two true rules do to a table: the same run with and without them."""

from pathlib import Path

from foodmart import tables
from foodmart.cells import distance, in_cells, mean_distances, pair
from foodmart.runs import published, run

TITLE = "FoodMart's {private:,} customers, 12 columns and a label, epsilon 1, delta 1e-5, 6 votes of 300 candidates, 10,000 rows"
RULES = ["num_children_at_home <= total_children", "state_province DETERMINES country"]
VARIANTS = {"without constraints": [], "with both rules": RULES}


def figures(root: Path, data: Path, folder: Path, variant: str, seed: int) -> dict[str, float]:
    """Distances, also of the two pairs that the rules are about, and rows that break a rule."""
    customers = tables.customers(data)
    labels, columns = tables.declared(root)
    columns = [*columns, tables.state(customers)]
    names = [column["name"] for column in columns] + [labels["column"]]
    rules = VARIANTS[variant]
    configuration = {
        "seed": seed,
        "private_data": {"format": "csv", "path": "customers.csv"},
        "labels": labels,
        "privacy": {"epsilon": 1, "delta": 1e-5},
        "evolution": {"samples": 300, "votes": 6},
        "tabular": {"columns": columns} | ({"constraints": rules} if rules else {}),
        "output": {"path": "out", "formats": ["csv"], "rows": 10000},
    }
    real = customers[names]
    rows = published(run(root, folder, configuration, {"customers.csv": real}) / "synthetic")[names]
    return compared(real, rows)


def compared(real, rows) -> dict[str, float]:
    """The figures of published rows."""
    one, two = mean_distances(real, rows)
    there, here = in_cells(real, real), in_cells(real, rows)
    pairs = {
        f"`{a}`, `{b}`": distance(pair(there[a], there[b]), pair(here[a], here[b]))
        for a, b in [("num_children_at_home", "total_children"), (tables.STATE, "country")]
    }
    more = (rows["num_children_at_home"].astype(int) > rows["total_children"].astype(int)).sum()
    usual = rows.groupby(tables.STATE)["country"].transform(lambda countries: countries.mode()[0])
    right = dict(zip(real[tables.STATE], real["country"]))
    return {
        "columns": one,
        "pairs": two,
        **pairs,
        "rows with more children at home than in all": int(more),
        "rows without the country that most rows of their state have": int((rows["country"] != usual).sum()),
        "rows without the country that their state has": int((rows["country"] != rows[tables.STATE].map(right)).sum()),
    }
