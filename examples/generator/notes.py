"""Synthetic service notes by a function in Python."""

import random

from pyspark.sql import SparkSession

import private_evolution as pe

PARTS = ["pump", "valve", "filter", "sensor", "display", "battery"]
FAULTS = {"repair": ["was leaking", "made noise", "was blocked", "did not start"], "check": ["was fine", "was cleaned"]}


def note(draw, kind):
    return f"{draw.choice(['Found that the', 'The', 'Customer says the'])} {draw.choice(PARTS)} {draw.choice(FAULTS[kind])}."


def generator(requests):
    """As many notes as are asked for: fresh ones, and variations of earlier ones in which a part is exchanged."""
    notes = []
    for request in requests:
        draw = random.Random(request.seed)
        if request.parent is None:
            notes.append(note(draw, request.label))
        else:
            used = next(part for part in PARTS if part in request.parent)
            notes.append(request.parent.replace(used, draw.choice(PARTS)))
    return notes


def main():
    spark = SparkSession.builder.config(map=pe.spark_config()).getOrCreate()
    draw = random.Random(1)
    kinds = [draw.choice(["repair", "repair", "check"]) for _ in range(300)]
    private_notes = spark.createDataFrame([(note(draw, kind), kind) for kind in kinds], "note string, kind string")
    configuration = {
        "private_data": {"format": "dataframe", "name": "notes"},
        "labels": {"column": "kind", "values": ["repair", "check"]},
        "privacy": {"epsilon": 4, "delta": 1e-5, "ledger": "out/ledgers/notes"},
        "evolution": {"samples": 30, "votes": 2},
        "text": {"columns": ["note"], "generation": {"given": "templates, version 1"}},
        "output": {"path": "out/notes"},
    }
    result = pe.run(spark, configuration, private_notes, generator=generator)
    result.synthetic.show(5, truncate=False)
    print(result.guarantee.sentence)
    return result


if __name__ == "__main__":
    main()
