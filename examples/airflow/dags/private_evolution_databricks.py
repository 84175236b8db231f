"""Synthetic data on Databricks, once a month. A retry resumes the run where it stopped."""

from datetime import datetime, timedelta

from airflow.providers.databricks.operators.databricks import DatabricksSubmitRunOperator
from airflow.sdk import DAG, Param

VOLUME = "/Volumes/main/crm/private_evolution"

with DAG(
    "private_evolution_databricks",
    schedule="@monthly",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    # After two and a half minutes, the run knows that its driver has died.
    default_args={"retries": 2, "retry_delay": timedelta(minutes=3)},
    params={
        "configuration": Param(f"dbfs:{VOLUME}/customers.yaml", type="string"),
        "output": Param(f"dbfs:{VOLUME}/runs/customers", type="string"),
    },
):
    DatabricksSubmitRunOperator(
        task_id="run",
        databricks_conn_id="databricks_default",
        run_name="private-evolution",
        new_cluster={
            "spark_version": "17.3.x-scala2.13",
            "node_type_id": "i3.xlarge",
            "num_workers": 4,
            # Dedicated access mode: the driver needs a JVM of its own.
            "data_security_mode": "SINGLE_USER",
            "spark_conf": {"spark.speculation": "true", "spark.driver.maxResultSize": "2g"},
            # Databricks fills in the secret; text.chat.endpoints.key_env names this variable.
            "spark_env_vars": {"ENDPOINT_KEY": "{% raw %}{{secrets/private-evolution/endpoint-key}}{% endraw %}"},
        },
        libraries=[{"jar": f"{VOLUME}/jars/private-evolution-0.1.0.jar"}],
        spark_jar_task={
            "main_class_name": "org.privateevolution.jobs.Pe",
            "parameters": [
                "run",
                "{{ params.configuration }}",
                "--set",
                "output.path={{ params.output }}/{{ (dag_run.logical_date or dag_run.run_after).strftime('%Y-%m') }}",
                "--progress",
                "json",
            ],
        },
    )
