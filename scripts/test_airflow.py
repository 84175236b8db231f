"""Imports the DAGs, runs that of Spark on a local master, and holds that of Databricks against the asset bundle."""

import json
import pathlib
import subprocess
import sys
from datetime import datetime
from types import SimpleNamespace

import yaml
from airflow.models.dagbag import DagBag

work, checkout = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
bag = DagBag(work / "home" / "dags", include_examples=False)
assert not bag.import_errors, bag.import_errors
assert sorted(bag.dags) == ["private_evolution_databricks", "private_evolution_spark"], bag.dags


def tried(**params):
    """The output of a whole DAG run in this month's place."""
    done = subprocess.run(
        ["airflow", "dags", "test", "private_evolution_spark", "2026-11-01", "--conf", json.dumps(params)],
        cwd=work / "table",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.stdout


def charges():
    return len(list((work / "table" / "subscriptions.csv.ledger").glob("entry-*.json")))


paths = {"configuration": str(work / "table" / "subscriptions.yaml"), "output": str(work / "runs")}
first = tried(**paths)
guarantee = work / "runs" / "2026-11" / "guarantee.json"
assert guarantee.exists(), first
assert '"event":"finished"' in first.replace(" ", ""), first
epsilon, charged = json.loads(guarantee.read_text())["epsilon"], charges()
assert charged > 0
print(f"a run by Airflow: epsilon {epsilon}, {charged} charges", flush=True)

guarantee.unlink()
again = tried(**paths)
assert json.loads(guarantee.read_text())["epsilon"] == epsilon, again
assert charges() == charged, again
print("a further try resumes it and charges nothing", flush=True)

refused = tried(**{**paths, "configuration": str(work / "table" / "nothing.yaml")})
assert "exit code 2" in refused and "AirflowFailException" in refused, refused
print("what cannot succeed fails at once", flush=True)

task = bag.dags["private_evolution_databricks"].get_task("run")
context = {
    "params": {"configuration": "dbfs:/Volumes/a/run.yaml", "output": "dbfs:/Volumes/a/runs"},
    # Started by hand.
    "dag_run": SimpleNamespace(logical_date=None, run_after=datetime(2026, 11, 1)),
}
jar_task = task.render_template(task.spark_jar_task, context)
cluster = task.render_template(task.new_cluster, context)
bundle = yaml.safe_load((checkout / "examples" / "databricks" / "databricks.yml").read_text())
jobs, variables = bundle["resources"]["jobs"], bundle["variables"]
assert jar_task["main_class_name"] == jobs["tables"]["tasks"][0]["spark_jar_task"]["main_class_name"]
assert jar_task["parameters"] == [
    "run",
    "dbfs:/Volumes/a/run.yaml",
    "--set",
    "output.path=dbfs:/Volumes/a/runs/2026-11",
    "--progress",
    "json",
], jar_task
assert task.libraries == [{"jar": variables["jar"]["default"]}]
assert cluster.keys() == jobs["texts"]["job_clusters"][0]["new_cluster"].keys()
assert cluster["spark_version"] == variables["spark_version"]["default"]
scope, key = variables["secret_scope"]["default"], variables["secret_key"]["default"]
assert cluster["spark_env_vars"] == {"ENDPOINT_KEY": f"{{{{secrets/{scope}/{key}}}}}"}, cluster
print("the request to Databricks is that of the asset bundle")
