"""Prepares a public set of time series as clients with a child table: scripts/bench-series.

The College Scorecard as the package causaldata has it: 7,424 colleges in the United States, each with up to eight years
of median earnings and numbers of graduates with and without work. A college is a client, a year one of its rows. One
college in five is held out.
"""

import hashlib
import sys
from pathlib import Path

import yaml
from causaldata import scorecard

COUNTS = {"type": "integer", "min": 0, "nullable": True, "out_of_range": "clamp"}


def is_held_out(college: int) -> bool:
    return hashlib.sha256(str(college).encode()).digest()[0] % 5 == 0


def main() -> None:
    folder, epsilon = Path(sys.argv[1]), float(sys.argv[2])
    rows = scorecard.load_pandas().data.rename(
        columns={
            "unitid": "college",
            "state_abbr": "state",
            "pred_degree_awarded_ipeds": "degree",
            "earnings_med": "earnings",
            "count_working": "working",
            "count_not_working": "not_working",
        }
    )
    numbers = ["earnings", "working", "not_working"]
    rows[numbers] = rows[numbers].round().astype("Int64")
    # A few colleges change their degree; the first one counts, since it belongs to the college.
    colleges = rows.sort_values("year").drop_duplicates("college")[["college", "state", "degree"]].sort_values("college")
    years = rows[["college", "year", *numbers]].sort_values(["college", "year"])
    for part, held in (("train", False), ("holdout", True)):
        (folder / part).mkdir(parents=True, exist_ok=True)
        for name, table in (("colleges", colleges), ("years", years)):
            table[table.college.map(is_held_out) == held].to_csv(folder / part / f"{name}.csv", index=False)
    configuration = {
        "private_data": {"format": "csv", "path": str(folder / "train/colleges.csv"), "client_column": "college"},
        "privacy": {"epsilon": epsilon, "delta": 1e-5, "unit": "client"},
        "tabular": {
            "columns": [
                {"name": "state", "type": "string", "categories": sorted(colleges.state.unique().tolist())},
                {"name": "degree", "type": "string", "categories": sorted(colleges.degree.astype(str).unique().tolist())},
            ],
            "children": [
                {
                    "name": "years",
                    "path": str(folder / "train/years.csv"),
                    "rows": 8,
                    "order": "year",
                    "columns": [
                        {"name": "year", "type": "integer", "min": 2007, "max": 2016},
                        {"name": "earnings", **COUNTS, "max": 120_000},
                        {"name": "working", **COUNTS, "max": 20_000},
                        {"name": "not_working", **COUNTS, "max": 4_000},
                    ],
                }
            ],
        },
        "output": {"path": str(folder / "out"), "rows": int((~colleges.college.map(is_held_out)).sum())},
    }
    (folder / "series.yaml").write_text(yaml.safe_dump(configuration, sort_keys=False))


if __name__ == "__main__":
    main()
