# Databricks notebook source
# MAGIC %md
# MAGIC # Private Evolution from Python
# MAGIC
# MAGIC A differentially private synthetic twin of a table. The cluster needs dedicated (single-user) access mode and two
# MAGIC libraries: `private-evolution-VERSION.jar` and the wheel of the Python module.

# COMMAND ----------

dbutils.widgets.text("table", "main.crm.customers", "Private table")
dbutils.widgets.text("output", "dbfs:/Volumes/main/crm/private_evolution/customers", "Output, in a Volume")
dbutils.widgets.text("ledger", "dbfs:/Volumes/main/crm/private_evolution/ledgers/customers", "Ledger of the table")
dbutils.widgets.text("epsilon", "1", "Epsilon")
dbutils.widgets.text("samples", "1000", "Synthetic rows")
dbutils.widgets.text("result", "main.crm.customers_synthetic", "Synthetic table")

# COMMAND ----------

# MAGIC %md
# MAGIC What is declared here is public: columns, bounds and categories. Do not read them from the table.

# COMMAND ----------

import private_evolution as pe

configuration = {
    "name": "customers",
    "private_data": {"format": "table", "table": dbutils.widgets.get("table")},
    "labels": {"column": "segment", "values": ["gold", "plain"]},
    "privacy": {
        "epsilon": float(dbutils.widgets.get("epsilon")),
        "delta": 1e-6,
        "ledger": dbutils.widgets.get("ledger"),
    },
    "evolution": {"samples": int(dbutils.widgets.get("samples")), "votes": 4},
    "tabular": {
        "columns": [
            {"name": "country", "type": "string", "categories": ["CA", "MX", "US"]},
            {"name": "age", "type": "integer", "min": 0, "max": 110},
            {"name": "balance", "type": "double", "min": -1000, "max": 100000, "out_of_range": "clamp"},
        ]
    },
    "output": {"path": dbutils.widgets.get("output")},
}
pe.check(spark, configuration)

# COMMAND ----------

result = pe.run(spark, configuration)
print(result.guarantee.sentence)

# COMMAND ----------

result.synthetic.write.mode("overwrite").saveAsTable(dbutils.widgets.get("result"))

# COMMAND ----------

for metric in result.metrics:
    if metric.name == "effective_candidates":
        print(metric.iteration, metric.label, round(metric.value, 1))
