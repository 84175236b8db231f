"""Synthetic data with spark-submit, once a month. A retry resumes the run where it stopped."""

import re
from datetime import datetime, timedelta

from airflow.exceptions import AirflowException, AirflowFailException
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, Param

# Configuration, private data, privacy budget: a retry fails, too, until somebody changes something.
FINAL = {2, 3, 4}


class PrivateEvolutionOperator(SparkSubmitOperator):
    """Does not retry a run that cannot succeed."""

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowException as error:
            code = re.search(r"Error code is: (-?\d+)", str(error))
            if code and int(code[1]) in FINAL:
                raise AirflowFailException(f"exit code {code[1]}: the task's log says what to change") from error
            raise


with DAG(
    "private_evolution_spark",
    schedule="@monthly",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    # Of two drivers on one run, one would only wait for the other.
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=3)},
    params={
        "configuration": Param("s3a://bucket/customers.yaml", type="string"),
        # Each month has its own run below this folder; its retries share it.
        "output": Param("s3a://bucket/runs/customers", type="string"),
    },
):
    PrivateEvolutionOperator(
        task_id="run",
        conn_id="spark_default",
        deploy_mode="client",
        name="private-evolution",
        application="{{ var.value.private_evolution_jar }}",
        java_class="org.privateevolution.jobs.Pe",
        application_args=[
            "run",
            "{{ params.configuration }}",
            "--set",
            "output.path={{ params.output }}/{{ (dag_run.logical_date or dag_run.run_after).strftime('%Y-%m') }}",
            "--progress",
            "json",
        ],
        driver_memory="4g",
        conf={
            "spark.speculation": "true",
            "spark.io.encryption.enabled": "true",
            "spark.ui.showConsoleProgress": "false",
        },
    )
