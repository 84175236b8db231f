"""Customers with their purchases: how near the published tables are to the real ones, beside a sample of real customers."""

import itertools
from pathlib import Path

import numpy
import pandas
import yaml

from foodmart import tables
from foodmart.cells import distance, in_cells, mean_distances, pair
from foodmart.runs import published, run

TITLE = (
    "FoodMart's {private:,} customers with 8 columns and their purchases of 1997 with 6, at most 40 of a customer,"
    " epsilon 2, delta 1e-5, 5 votes of 1,500 candidates, 6,000 customers published"
)
ROWS_FOUND = "rows discovered"
ALL_FOUND = "all discovered"
VARIANTS = {
    "real sample": None,
    "not ordered": {},
    "ordered by day": {"order": "day"},
    ROWS_FOUND: {},
    ALL_FOUND: {},
}
PUBLISHED = 6000
LIMIT = 40
ROOT = ["birthdate", "gender", "marital_status", "yearly_income", "education", "total_children", "member_card", tables.STATE]
PARTS = {"day": 12}


def figures(root: Path, data: Path, folder: Path, variant: str, seed: int) -> dict[str, float]:
    """Distances of root, child and both, and what ties the rows of a customer together."""
    customers, purchases = tables.customers(data), tables.purchases(data)
    if variant == "real sample":
        some = customers.sample(PUBLISHED, random_state=seed)
        synthetic = some, purchases[purchases[tables.KEY].isin(some[tables.KEY])]
    else:
        synthetic = _run(root, folder, customers, purchases, variant, seed)
    counting = _rows(folder / "out") if variant in (ROWS_FOUND, ALL_FOUND) else LIMIT
    return {"rows of a client that count": counting} | _figures((customers, purchases), synthetic)


def _rows(out):
    """The number of rows that a run has discovered."""
    return yaml.safe_load((out / "configuration.yaml").read_text(encoding="utf-8"))["tabular"]["children"][0]["rows"]


def _run(root, folder, customers, purchases, variant, seed):
    labels, columns = tables.declared(root)
    known = {column["name"]: column for column in [*columns, tables.state(customers)]}
    known[tables.LABEL] = {"name": tables.LABEL, "type": "string", "categories": labels["values"]}
    child = {"name": "purchases", "path": "purchases.csv", "rows": LIMIT, "columns": tables.purchase_columns(purchases)}
    tabular = {"columns": [known[name] for name in ROOT], "children": [child | VARIANTS[variant]]}
    if variant == ROWS_FOUND:
        tabular["discover"] = {}
        del child["rows"]
        tabular["children"] = [child]
    elif variant == ALL_FOUND:
        tabular = {"discover": {}, "children": [{"name": "purchases", "path": "purchases.csv"}]}
    configuration = {
        "seed": seed,
        "private_data": {"format": "csv", "path": "customers.csv", "client_column": tables.KEY},
        "privacy": {"epsilon": 2, "delta": 1e-5, "unit": "client"},
        "evolution": {"samples": 1500, "votes": 5},
        "tabular": tabular,
        "output": {"path": "out", "formats": ["csv"], "rows": PUBLISHED},
    }
    out = run(root, folder, configuration, {"customers.csv": customers[[tables.KEY, *ROOT]], "purchases.csv": purchases})
    return published(out / "synthetic"), published(out / "children/purchases")


def _figures(real, synthetic):
    columns = [name for name in real[1] if name != tables.KEY]
    root, child = (mean_distances(real[0][ROOT], synthetic[0][ROOT]), mean_distances(real[1][columns], synthetic[1][columns], PARTS))
    across = _across(real, synthetic, columns)
    counts = [_counts(*both) for both in (real, synthetic)]
    store, day = (_equal_pairs(synthetic[1], name) for name in ("store", "day"))
    return {
        "rows per client": distance(counts[0].clip(upper=LIMIT), counts[1].clip(upper=LIMIT)),
        "clients without rows": float((counts[1] == 0).mean()),
        "root columns": root[0],
        "pairs of root columns": root[1],
        "child columns": child[0],
        "pairs of child columns": child[1],
        "pairs of a root and a child column": float(numpy.mean(list(across.values()))),
        "state of the client, store of the row": across[tables.STATE, "store"],
        "two rows of a client in one store": store,
        "two rows of a client on one day": day,
        "rows on the day of the row before": _repeats(synthetic[1]),
        "keys of rows that belong to a client": float(synthetic[1][tables.KEY].isin(synthetic[0][tables.KEY]).mean()),
        "keys of clients that are unique": float(not synthetic[0][tables.KEY].duplicated().any()),
    }


def _counts(clients, rows):
    return clients[tables.KEY].map(rows[tables.KEY].value_counts()).fillna(0).astype(int)


def _across(real, synthetic, columns):
    both = [clients[[tables.KEY, *ROOT]].merge(rows, on=tables.KEY) for clients, rows in (real, synthetic)]
    there, here = (in_cells(both[0][ROOT + columns], table, PARTS) for table in both)
    return {
        (a, b): distance(pair(there[a], there[b]), pair(here[a], here[b])) for a, b in itertools.product(ROOT, columns)
    }


def _equal_pairs(rows, column):
    """The probability that two rows of a client have the same value, mean over the clients with two rows or more."""
    sizes = rows.groupby(tables.KEY).size()
    same = rows.groupby([tables.KEY, column]).size()
    equal = (same * (same - 1)).groupby(level=0).sum()
    several = sizes[sizes > 1]
    return float((equal[several.index] / (several * (several - 1))).mean())


def _repeats(rows):
    """The share of rows, but the first of each client, that have the day of the row before."""
    ordered = rows.sort_values([tables.KEY, "day"], kind="stable")
    follows = ordered[tables.KEY].eq(ordered[tables.KEY].shift())
    return float(ordered["day"].eq(ordered["day"].shift())[follows].mean())
