// Databricks notebook source
// MAGIC %md
// MAGIC # A private table in, a synthetic table out
// MAGIC
// MAGIC Makes synthetic rows from a private table, with a differential privacy guarantee, and writes them to a new table.
// MAGIC
// MAGIC The cluster needs dedicated (single-user) access mode and one library: `private-evolution-VERSION.jar`.

// COMMAND ----------

dbutils.widgets.text("table", "main.crm.customers", "Private table")
dbutils.widgets.text("result", "main.crm.customers_synthetic", "Synthetic table")
dbutils.widgets.text("rows", "1000", "Synthetic rows")
dbutils.widgets.text("epsilon", "1", "Epsilon")
dbutils.widgets.text("output", "dbfs:/Volumes/main/crm/private_evolution/customers", "Output, in a Volume")
dbutils.widgets.text("ledger", "dbfs:/Volumes/main/crm/private_evolution/ledgers/customers", "Ledger of the table")

// COMMAND ----------

// MAGIC %md
// MAGIC Declare your own columns, bounds and categories here. **The run treats them as public**: take them from a data dictionary
// MAGIC or a code list, and do not read them from the table.

// COMMAND ----------

import org.privateevolution.config.RunConfiguration
import org.privateevolution.jobs.NotebookRun
import scala.jdk.CollectionConverters._

val spec = RunConfiguration.parse(
  s"""
     |private_data: {format: table, table: ${dbutils.widgets.get("table")}}
     |labels: {column: segment, values: [gold, plain]}
     |privacy:
     |  epsilon: ${dbutils.widgets.get("epsilon")}
     |  delta: 1e-6
     |  budget: {epsilon: 4, delta: 1e-6}
     |  ledger: "${dbutils.widgets.get("ledger")}"
     |tabular:
     |  columns:
     |    - {name: country, type: string, categories: [CA, MX, US]}
     |    - {name: age, type: integer, min: 0, max: 110}
     |    - {name: balance, type: double, min: -1000, max: 100000, out_of_range: clamp}
     |output: {path: "${dbutils.widgets.get("output")}", rows: ${dbutils.widgets.get("rows")}}
     |""".stripMargin,
  "customers",
  List.empty[String].asJava)

// COMMAND ----------

// MAGIC %md
// MAGIC Check that every private row fits the declarations. This releases nothing.

// COMMAND ----------

NotebookRun.on(spark).check(spec)

// COMMAND ----------

// MAGIC %md
// MAGIC Run. If the cluster stops, run the notebook again: the run resumes, and nothing is charged twice.

// COMMAND ----------

val result = NotebookRun.on(spark).run(spec)
println(result.guarantee.sentence)

// COMMAND ----------

display(result.synthetic)

// COMMAND ----------

result.synthetic.write.mode("overwrite").saveAsTable(dbutils.widgets.get("result"))
