# Databricks notebook source
# MAGIC %md
# MAGIC # A private table in, a synthetic table out
# MAGIC
# MAGIC Makes synthetic rows from a private table, with a differential privacy guarantee, and writes them to a new table.
# MAGIC
# MAGIC The cluster needs dedicated (single-user) access mode and two libraries: `private-evolution-VERSION.jar` and the wheel of the
# MAGIC Python module.

# COMMAND ----------

dbutils.widgets.text("table", "main.crm.customers", "Private table")
dbutils.widgets.text("result", "main.crm.customers_synthetic", "Synthetic table")
dbutils.widgets.text("rows", "1000", "Synthetic rows")
dbutils.widgets.text("epsilon", "1", "Epsilon")
dbutils.widgets.text("output", "dbfs:/Volumes/main/crm/private_evolution/customers", "Output, in a Volume")
dbutils.widgets.text("ledger", "dbfs:/Volumes/main/crm/private_evolution/ledgers/customers", "Ledger of the table")

# COMMAND ----------

# MAGIC %md
# MAGIC Declare your own columns, bounds and categories here. **The run treats them as public**: take them from a data dictionary
# MAGIC or a code list, and do not read them from the table.

# COMMAND ----------

import private_evolution as pe

configuration = {
    "name": "customers",
    "private_data": {"format": "table", "table": dbutils.widgets.get("table")},
    "labels": {"column": "segment", "values": ["gold", "plain"]},
    "privacy": {
        "epsilon": float(dbutils.widgets.get("epsilon")),
        "delta": 1e-6,
        "budget": {"epsilon": 4, "delta": 1e-6},
        "ledger": dbutils.widgets.get("ledger"),
    },
    "tabular": {
        "columns": [
            {"name": "country", "type": "string", "categories": ["CA", "MX", "US"]},
            {"name": "age", "type": "integer", "min": 0, "max": 110},
            {"name": "balance", "type": "double", "min": -1000, "max": 100000, "out_of_range": "clamp"},
        ]
    },
    "output": {"path": dbutils.widgets.get("output"), "rows": int(dbutils.widgets.get("rows"))},
}

# COMMAND ----------

# MAGIC %md
# MAGIC Check that every private row fits the declarations. This releases nothing.

# COMMAND ----------

pe.check(spark, configuration)

# COMMAND ----------

# MAGIC %md
# MAGIC Run. If the cluster stops, run the notebook again: the run resumes, and nothing is charged twice.

# COMMAND ----------

result = pe.run(spark, configuration)
print(result.guarantee.sentence)

# COMMAND ----------

display(result.synthetic)

# COMMAND ----------

# MAGIC %md
# MAGIC The report may be published. It shows the guarantee, the data, and how good the data is.

# COMMAND ----------

displayHTML(spark.read.text(f"{result.location}/report.html", wholetext=True).first().value)

# COMMAND ----------

result.synthetic.write.mode("overwrite").saveAsTable(dbutils.widgets.get("result"))
