"""The module and the notebooks on real PySpark. PE_JAR is the deployed jar, PE_TEXT_JAR the one for texts."""

import os
import random
import runpy
import struct
import subprocess
import sys
import tempfile
import traceback
import unittest
from unittest import mock
import zlib
from pathlib import Path
from unittest import mock

import pyspark
from pyspark.sql import SparkSession, functions

import private_evolution as pe
from tests.databricks import NOTEBOOKS, SCALA_NOTEBOOK_GLOBALS, run_python_notebook

ROWS = 211
JAR = os.environ["PE_JAR"]


class PrivateEvolutionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.warehouse = tempfile.TemporaryDirectory()
        cls.spark = (
            SparkSession.builder.master("local[2]")
            .config("spark.jars", os.environ["PE_TEXT_JAR"])
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.warehouse.dir", cls.warehouse.name)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
        )

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.warehouse.cleanup()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def customers(self):
        rows = [
            (f"customer {i}", ["CA", "MX", "US"][i % 3], 20 + i % 61, 100.5 * i, "gold" if i % 4 == 0 else "plain")
            for i in range(ROWS)
        ]
        return self.spark.createDataFrame(rows, "name string, country string, age int, balance double, segment string")

    def configuration(self):
        return {
            "name": "customers",
            "private_data": {"format": "dataframe", "name": "customers"},
            "labels": {"column": "segment", "values": ["gold", "plain"]},
            "privacy": {"epsilon": 2.0, "delta": 1e-5, "ledger": str(self.folder / "ledger")},
            "evolution": {"samples": 13, "votes": 2},
            "tabular": {
                "columns": [
                    {"name": "country", "type": "string", "categories": ["CA", "MX", "US"]},
                    {"name": "age", "type": "integer", "min": 0, "max": 110},
                ]
            },
            "output": {"path": str(self.folder / "out")},
        }

    def test_a_data_frame_becomes_a_synthetic_one(self):
        pe.check(self.spark, self.configuration(), self.customers())
        self.assertEqual(list(self.folder.iterdir()), [])

        result = pe.run(self.spark, self.configuration(), self.customers())

        self.assertEqual(result.synthetic.columns, ["country", "age", "segment"])
        rows = result.synthetic.collect()
        self.assertEqual(len(rows), 13)
        self.assertTrue(all(row.country in ("CA", "MX", "US") and 0 <= row.age <= 110 for row in rows))
        self.assertEqual(result.synthetic.groupBy("segment").count().count(), 2)
        self.assertEqual(result.location, f"file:{self.folder}/out")

        guarantee = result.guarantee
        self.assertEqual(
            guarantee.sentence, "(2, 1e-5)-differential privacy for one record, added or removed"
        )
        self.assertAlmostEqual(guarantee.epsilon, 2.0, places=6)
        self.assertEqual((guarantee.delta, guarantee.unit, guarantee.adjacency), (1e-5, "record", "add-remove"))
        self.assertIsNone(guarantee.client_column)
        self.assertEqual([release.id for release in guarantee.releases], ["vote-001", "vote-002"])
        self.assertGreater(guarantee.releases[0].noise_multiplier, 0.5)
        self.assertEqual(guarantee.ledger, f"file:{self.folder}/ledger")

        self.assertEqual({metric.iteration for metric in result.metrics}, {1, 2})
        self.assertIn("effective_candidates", {metric.name for metric in result.metrics})
        self.assertTrue(all(metric.inside_guarantee for metric in result.metrics))

        again = pe.run(self.spark, self.configuration(), self.customers())
        self.assertEqual(again.synthetic.collect(), rows)
        self.assertEqual(again.guarantee.releases, guarantee.releases)

    def test_more_rows_are_drawn_from_a_finished_run(self):
        configuration = self.configuration()
        configuration["evolution"] = {"samples": 40, "votes": 2, "selection": "estimate"}
        result = pe.run(self.spark, configuration, self.customers())

        rows = pe.sample(self.spark, result.location, 77, where="age >= 50 AND segment = 'plain'").collect()

        self.assertEqual(len(rows), 77)
        self.assertTrue(all(row.age >= 50 and row.segment == "plain" for row in rows))
        other = pe.sample(self.spark, self.folder / "out", 77, where="age >= 50 AND segment = 'plain'", seed=2)
        self.assertNotEqual(other.collect(), rows)
        with self.assertRaisesRegex(pe.ConfigurationError, "no column `aeg`"):
            pe.sample(self.spark, result.location, 5, where="aeg > 1")

    def test_a_function_makes_the_texts_and_vectors_of_the_private_ones_are_a_column(self):
        mails = self.spark.range(ROWS).selectExpr(
            "concat('Dear customer ', id) AS body",
            "IF(id % 3 = 0, 'spam', 'ham') AS label",
            "transform(sequence(1, 384), i -> CAST(sin(id * i) AS FLOAT)) AS vector",
        )
        asked = []

        def generator(requests):
            asked.append(requests)
            texts = []
            for request in requests:
                drawn = random.Random(request.seed)
                if request.parent is None:
                    texts.append(f"A {request.label} mail of {drawn.randrange(1000)} words")
                elif drawn.random() < 0.2 and "~" not in request.id:
                    texts.append(None)
                else:
                    texts.append(f"{request.parent}, and {drawn.randrange(1000)} more")
            return texts

        configuration = self.configuration() | {
            "private_data": {"format": "dataframe", "name": "mails"},
            "labels": {"column": "label", "values": ["ham", "spam"]},
            "evolution": {
                "schedule": [130, 40, 40],
                "selection": "rank",
                "variation_fold": 1,
                "keep_selected": True,
            },
            "text": {"columns": ["body"], "embedding": {"column": "vector"}, "generation": {"given": "counting"}},
        }
        del configuration["tabular"]
        pe.check(self.spark, configuration, mails, generator=generator)
        self.assertEqual(asked, [])

        result = pe.run(self.spark, configuration, mails, generator=generator)

        for row in result.synthetic.collect():
            self.assertRegex(row.body, f"^A {row.label} mail of \\d+ words")
        # One by itself tells early whether the function works.
        self.assertEqual([len(requests) for requests in asked[:4]], [1, 64, 64, 1])
        requests = [request for batch in asked for request in batch]
        self.assertEqual(len({request.id for request in requests}), len(requests))
        self.assertEqual(len({request.seed for request in requests}), len(requests))
        self.assertEqual({request.iteration for request in requests if request.parent}, {0})
        self.assertTrue(any("~" in request.id for request in requests))
        self.assertNotIn("Dear customer", str(requests))

        asked.clear()
        again = pe.run(self.spark, configuration, mails, generator=generator)
        self.assertEqual(again.synthetic.collect(), result.synthetic.collect())
        self.assertEqual(asked, [])

        with self.assertRaisesRegex(pe.ConfigurationError, "text.generation.given: no generator was provided"):
            pe.run(self.spark, configuration, mails)
        with self.assertRaisesRegex(pe.ConfigurationError, "generator is a str: give a function"):
            pe.run(self.spark, configuration, mails, generator="counting")

    def test_the_example_of_a_generator_runs(self):
        script = Path(__file__).parents[2] / "examples" / "generator" / "notes.py"
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            with mock.patch.object(pe, "spark_config", dict):
                notes = runpy.run_path(str(script))["main"]().synthetic
        finally:
            os.chdir(before)
        self.assertEqual(notes.columns, ["note", "kind"])
        self.assertGreater(notes.count(), 0)

    def test_a_function_makes_rows(self):
        parents = []

        def generator(requests):
            parents.extend(request.parent for request in requests)
            return [
                {"country": random.Random(request.seed).choice(["CA", "MX"]), "age": 20 + len(request.label)}
                for request in requests
            ]

        configuration = self.configuration() | {"evolution": {"samples": 13, "votes": 2, "selection": "rank"}}
        configuration["tabular"]["generation"] = {"given": "twins"}
        rows = pe.run(self.spark, configuration, self.customers(), generator=generator).synthetic.collect()

        self.assertEqual({row.age for row in rows}, {24, 25})
        self.assertTrue(all(row.country in ("CA", "MX") for row in rows))
        self.assertIn({"country": "CA", "age": 24}, parents)

        with self.assertRaisesRegex(pe.ConfigurationError, "tabular.generation does not say that a generator is given"):
            pe.run(self.spark, self.configuration(), self.customers(), generator=generator)

    def test_a_function_makes_images(self):
        pictures = self.spark.createDataFrame([(bytearray(png(10 * i)),) for i in range(21)], "image binary")
        self.spark.sql("DROP TABLE IF EXISTS pictures")
        pictures.write.saveAsTable("pictures")
        sizes = []

        def generator(requests):
            sizes.extend(len(request.parent) for request in requests if request.parent is not None)
            return [png(random.Random(request.seed).randrange(256)) for request in requests]

        configuration = self.configuration() | {
            "private_data": {"table": "spark_catalog.default.pictures"},
            "evolution": {"schedule": [13, 5], "selection": "sample", "variation_fold": 1},
            "images": {"embedding": {"width": 2, "height": 2}, "generation": {"given": "greys"}},
            "output": {"path": str(self.folder / "out"), "formats": ["parquet"]},
        }
        del configuration["tabular"], configuration["labels"]
        images = pe.run(self.spark, configuration, generator=generator).synthetic.collect()

        self.assertEqual(len(images), 5)
        self.assertTrue(all(bytes(row.image).startswith(b"\x89PNG") for row in images))
        self.assertEqual(set(sizes) - {len(png(grey)) for grey in range(256)}, set())
        self.assertEqual(len(sizes), 5)

    def test_what_goes_wrong_in_a_function_is_raised(self):
        configuration = self.configuration() | {"evolution": {"samples": 13, "votes": 2, "selection": "rank"}}
        configuration["tabular"]["generation"] = {"given": "faulty"}

        with self.assertRaisesRegex(pe.GenerationError, "the generator failed: KeyError: 'colour'") as raised:
            pe.run(self.spark, configuration, self.customers(), generator=lambda requests: [{}["colour"]])
        self.assertIsInstance(raised.exception.__cause__, KeyError)

        with self.assertRaisesRegex(pe.GenerationError, "was asked for 12 samples and returned 1"):
            pe.run(self.spark, configuration, self.customers(), generator=lambda requests: [None])

        def unheard(requests):
            return [{"country": "Ruritania", "age": 20} for _ in requests]

        with self.assertRaisesRegex(pe.GenerationError, "column 'country' of an answer has an undeclared value"):
            pe.run(self.spark, configuration, self.customers(), generator=unheard)

        for wrong, name in ((pe.Request("r", "all", 1, None, 0), "Request"), (3, "int"), ([("country", "MX")], "list")):
            with self.assertRaisesRegex(pe.GenerationError, f"it answered with a {name}: give a str for a text"):
                pe.run(self.spark, configuration, self.customers(), generator=lambda requests: [wrong] * len(requests))
        # Rejections count for a run, so this is another one.
        elsewhere = configuration | {"output": {"path": str(self.folder / "null")}}
        with self.assertRaisesRegex(pe.GenerationError, "column 'age' of an answer has an undeclared value"):
            pe.run(
                self.spark,
                elsewhere,
                self.customers(),
                generator=lambda requests: [{"country": "MX", "age": float("nan")} for _ in requests],
            )

        sound = pe.run(
            self.spark,
            configuration,
            self.customers(),
            generator=lambda requests: [{"country": "MX", "age": 30 + request.seed % 50} for request in requests],
        )
        self.assertEqual(sound.synthetic.count(), 13)

    def test_configurations_are_mappings_texts_and_paths(self):
        data = self.folder / "customers.parquet"
        self.customers().write.parquet(str(data))
        yaml = f"""
private_data: {{format: parquet, path: {data}}}
privacy: {{epsilon: 2, delta: 1e-5}}
evolution: {{samples: 7, votes: 1}}
tabular: {{columns: [{{name: country, type: string, categories: [CA, MX, US]}}]}}
output: {{path: {self.folder}/text}}
"""
        file = self.folder / "customers.yaml"
        file.write_text(yaml)

        texts = pe.run(self.spark, yaml)
        path = pe.run(self.spark, file, overrides={"output.path": f"{self.folder}/path", "evolution.samples": 5})
        uri = pe.run(self.spark, file.as_uri(), overrides={"output.path": f"{self.folder}/uri"})

        self.assertEqual([result.synthetic.count() for result in (texts, path, uri)], [7, 5, 7])
        longer = pe.run(self.spark, yaml, overrides={"evolution.votes": 2, "privacy.epsilon": 3.5}, extend=True)
        self.assertEqual(len(longer.guarantee.releases), 2)
        self.assertIn("(3.5, ", longer.guarantee.sentence)

    def test_errors_are_those_of_the_command_line(self):
        with self.assertRaises(pe.ConfigurationError) as raised:
            pe.run(self.spark, self.configuration() | {"sed": 1, "privacy": {"epsilon": -1, "delta": 1e-5}})
        self.assertEqual(len(raised.exception.problems), 3)
        self.assertIn("sed: is not a key; did you mean seed?", str(raised.exception))

        with self.assertRaises(pe.ConfigurationError) as raised:
            pe.run(self.spark, self.configuration())
        self.assertIn("no DataFrame was given", str(raised.exception))

        with self.assertRaises(pe.ConfigurationError):
            pe.run(self.spark, self.folder / "absent.yaml")

        in_the_way = self.folder / "file"
        in_the_way.touch()
        with self.assertRaises(pe.StorageError) as raised:
            pe.run(self.spark, self.configuration() | {"output": {"path": f"{in_the_way}/out"}}, self.customers())
        self.assertTrue(str(raised.exception).startswith("[PE-400] output.path: cannot write to "))
        self.assertEqual(raised.exception.code, "PE-400")

        with self.assertRaises(pe.PrivacyError) as raised:
            pe.run(
                self.spark,
                self.configuration(),
                self.customers(),
                overrides={"privacy.budget": {"epsilon": 1.0, "delta": 1e-5}},
            )
        self.assertEqual(raised.exception.code, "PE-301")
        with self.assertRaises(pe.ConfigurationError) as raised:
            pe.plan(self.spark, self.folder / "absent.yaml")
        self.assertEqual(raised.exception.code, "PE-102")

    def test_a_result_is_seen_in_a_notebook(self):
        lines = []
        result = pe.run(self.spark, self.configuration(), self.customers(), progress=lines.append)

        self.assertTrue(any(line.endswith("vote 2 of 2") for line in lines), lines)
        self.assertEqual(
            repr(result),
            f"Result('{result.guarantee.sentence}', 'file:{self.folder}/out', {len(result.metrics)} metrics)",
        )
        html = result._repr_html_()
        self.assertIn(result.guarantee.sentence, html)
        self.assertIn("<th>country</th><th>age</th><th>segment</th>", html)
        self.assertEqual(html.count("<tr>"), 6)
        metrics = result.metrics_frame()
        self.assertEqual(metrics.columns, ["iteration", "label", "name", "value", "inside_guarantee"])
        self.assertEqual(metrics.count(), len(result.metrics))

        def broken(line):
            raise ValueError("the notebook is gone")

        again = pe.run(
            self.spark,
            self.configuration() | {"output": {"path": str(self.folder / "again")}},
            self.customers(),
            progress=broken,
        )
        self.assertEqual(again.synthetic.count(), 13)

    def test_jupyter_shows_progress_in_the_cell(self):
        class ZMQInteractiveShell:
            pass

        updates = []

        class Handle:
            def update(self, data, raw):
                updates.append(data["text/plain"])

        class Display:
            @staticmethod
            def display(data, raw, display_id):
                return Handle()

        class Jupyter:
            display = Display
            get_ipython = ZMQInteractiveShell

        with mock.patch.dict(sys.modules, {"IPython": Jupyter}):
            pe.run(self.spark, self.configuration(), self.customers())
        self.assertIn("vote 2 of 2", updates[-1])
        self.assertLessEqual(len(updates[-1].splitlines()), 12)

    def test_html_is_escaped(self):
        texts = self.spark.createDataFrame([("<b>" + "x" * 300, bytearray(3), None)], "t string, b binary, n string")
        guarantee = mock.Mock(sentence="<s>", outlook="", ledger="")

        html = pe.Result(texts, guarantee, [], "out")._repr_html_()

        self.assertNotIn("<b>x", html)
        self.assertIn("&lt;s&gt;", html)
        self.assertIn("x ...</td><td><i>3 bytes</i></td><td></td>", html)

    def test_a_draft_is_not_private_and_says_so(self):
        with self.assertWarns(pe.NotPrivateWarning):
            draft = pe.propose_schema(self.spark, self.customers(), label="segment", name="customers", max_categories=5)
        self.assertIn('private_data: {format: dataframe, name: "customers"}', draft)
        self.assertIn("NOT private", draft)
        self.assertIn("out/ledgers/customers", draft)

        file = self.folder / "customers.csv"
        file.write_text("age;card\n30;no\n40;yes\n")
        with self.assertWarns(pe.NotPrivateWarning):
            self.assertIn("min: 30, max: 40", pe.propose_schema(self.spark, file, options={"sep": ";"}))
        with self.assertRaisesRegex(pe.ConfigurationError, "did you mean segment"):
            pe.propose_schema(self.spark, self.customers(), label="segmnt")
        with self.assertRaisesRegex(pe.ConfigurationError, "does not tell it"):
            pe.propose_schema(self.spark, "customers")

    def test_a_draft_under_differential_privacy_is_charged_once(self):
        ledger = str(self.folder / "ledger")
        request = {"epsilon": 8, "delta": 1e-5, "output": self.folder / "found", "name": "customers", "ledger": ledger}
        people = self.spark.range(2_000).selectExpr("id % 40 + 20 AS age", "IF(id % 2 = 0, 'Ulm', 'Bonn') AS town")
        draft = pe.discover(self.spark, people, **request)
        self.assertIn('private_data: {format: dataframe, name: "customers"}', draft)
        self.assertIn('categories: ["Bonn", "Ulm", "other"]', draft)
        self.assertEqual(pe.discover(self.spark, people, **request), draft)
        account = pe.ledger(self.spark, ledger)
        self.assertAlmostEqual(account["epsilon"], 8, places=6)
        self.assertEqual([entry["kind"] for entry in account["entries"]], ["discovery"])

        file = self.folder / "people.csv"
        file.write_text("age;town\n" + "30;Ulm\n" * 500)
        draft = pe.discover(
            self.spark,
            file,
            epsilon=4,
            delta=1e-5,
            output=self.folder / "of-the-file",
            columns=["town"],
            options={"sep": ";"},
        )
        self.assertIn('categories: ["Ulm", "other"]', draft)
        self.assertNotIn("age", draft)
        with self.assertRaisesRegex(pe.ConfigurationError, "adjacency"):
            pe.discover(self.spark, file, epsilon=1, delta=1e-5, output=self.folder / "x", adjacency="none")
        with self.assertRaisesRegex(pe.ConfigurationError, "privacy.epsilon"):
            pe.discover(self.spark, file, epsilon=-1, delta=1e-5, output=self.folder / "x")
        with self.assertRaisesRegex(pe.ConfigurationError, "does not tell it"):
            pe.discover(self.spark, "people", epsilon=1, delta=1e-5, output=self.folder / "x")

    def test_a_run_discovers_its_columns(self):
        people = self.spark.range(2_000).selectExpr("id % 40 + 20 AS age", "IF(id % 2 = 0, 'Ulm', 'Bonn') AS town")
        configuration = {
            "private_data": {"format": "dataframe", "name": "people"},
            "privacy": {"epsilon": 8, "delta": 1e-5, "ledger": str(self.folder / "ledger-of-people")},
            "tabular": {"discover": {}},
            "evolution": {"selection": "estimate", "samples": 20, "votes": 1},
            "output": {"path": str(self.folder / "discovered"), "rows": 30},
        }
        self.assertIn("discovery_epsilon_alone", pe.plan(self.spark, configuration))
        result = pe.run(self.spark, configuration, people)
        self.assertEqual(result.synthetic.columns, ["age", "town"])
        self.assertEqual(result.guarantee.epsilon, 8)
        self.assertEqual(result.guarantee.releases[0].id, "discovery")

    def test_a_plan_and_a_ledger_are_told_before_and_after(self):
        before = pe.plan(self.spark, self.configuration(), 1_000_000, overrides={"privacy.epsilon": 1})
        self.assertEqual(before["epsilon"], 1.0)
        self.assertEqual(before["rows"], 1_000_000)
        self.assertFalse(before["ledger"]["refused"])
        self.assertNotIn("rows", pe.plan(self.spark, self.configuration()))

        result = pe.run(self.spark, self.configuration(), self.customers())
        account = pe.ledger(self.spark, result.guarantee.ledger)
        self.assertAlmostEqual(account["epsilon"], 2.0, places=6)
        self.assertEqual([run["name"] for run in account["runs"]], ["customers"])
        with self.assertRaisesRegex(pe.ConfigurationError, "there is no ledger"):
            pe.ledger(self.spark, self.folder / "none")

    def test_errors_hold_no_private_value(self):
        unheard = self.customers().withColumn("country", functions.lit("Ruritania"))
        try:
            pe.run(self.spark, self.configuration(), unheard)
            self.fail("a country that is not declared was taken")
        except pe.PrivateDataError as error:
            self.assertIn("country", str(error))
            self.assertNotIn("Ruritania", traceback.format_exc())

        failing = self.customers().withColumn(
            "country", functions.udf(lambda name: {}[name], "string")(functions.col("name"))
        )
        try:
            pe.run(self.spark, self.configuration(), failing)
            self.fail("a column that cannot be computed was taken")
        except pe.PrivateEvolutionError:
            self.assertNotIn("customer 1", traceback.format_exc())

    def test_the_python_notebook_makes_a_synthetic_table(self):
        self.customers().write.saveAsTable("python_customers")

        variables, shown = run_python_notebook("customers.py", self.spark, self.widgets("python_customers"))

        self.assertEqual(self.spark.table("default.python_customers_synthetic").count(), 17)
        self.assertEqual([frame.count() for frame in shown.frames], [17])
        self.assertIn("(1, 1e-6)-differential privacy", variables["result"].guarantee.sentence)
        self.assertEqual(len(shown.pages), 1)
        self.assertIn("(1, 1e-6)-differential privacy", shown.pages[0])
        self.assertTrue((self.folder / "ledger" / "entry-000033.json").exists())

    def test_the_scala_notebook_makes_a_synthetic_table(self):
        customers = self.folder / "customers"
        self.customers().write.parquet(str(customers))
        start = self.folder / "start.scala"
        start.write_text(
            f'spark.read.parquet("{customers}").write.saveAsTable("scala_customers")\n{SCALA_NOTEBOOK_GLOBALS}'
        )
        end = self.folder / "end.scala"
        end.write_text('println("rows: " + spark.table("default.scala_customers_synthetic").count())\nsys.exit(0)\n')
        shell = Path(pyspark.__file__).parent / "bin" / "spark-shell"
        environment = {f"WIDGET_{name}": value for name, value in self.widgets("scala_customers").items()}

        done = subprocess.run(
            [
                *(str(shell), "--master", "local[2]", "--jars", JAR, "--driver-memory", "1g"),
                *("--conf", f"spark.sql.warehouse.dir={self.folder}/warehouse", "--conf", "spark.ui.enabled=false"),
                *("--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1"),
            ],
            cwd=self.folder,
            env={**os.environ, **environment},
            input="".join(f":paste {file}\n" for file in (start, NOTEBOOKS / "customers.scala", end)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=1800,
        )

        self.assertIn("displayed rows: 17", done.stdout)
        self.assertIn("\nrows: 17", done.stdout)
        self.assertIn("(1, 1e-6)-differential privacy", done.stdout)
        self.assertNotIn("error:", done.stdout)
        self.assertTrue((self.folder / "ledger" / "entry-000033.json").exists())

    def widgets(self, table):
        return {
            "table": f"spark_catalog.default.{table}",
            "output": str(self.folder / "out"),
            "ledger": str(self.folder / "ledger"),
            "rows": "17",
            "result": f"default.{table}_synthetic",
        }


def png(grey):
    """A grey image of 3 by 2 pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0)
    pixels = zlib.compress(2 * (b"\0" + 3 * bytes([grey])))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


class WithoutTheJarTest(unittest.TestCase):
    def test_a_connect_server_without_the_plugin_is_told_apart(self):
        class PlanError(Exception):
            pass

        class Client:
            def execute_command(self, command):
                raise PlanError("No handler found for extension type")

        class Connect:
            client = Client()

        Connect.__module__ = "pyspark.sql.connect.session"
        PlanError.__module__ = "pyspark.errors.exceptions.connect"
        with mock.patch("private_evolution._connect._command"), self.assertRaises(pe.ConfigurationError) as raised:
            pe.run(Connect(), {})
        self.assertIn("spark.connect.extensions.command.classes", str(raised.exception))
        self.assertIn("dedicated (single-user) access mode", str(raised.exception))


if __name__ == "__main__":
    unittest.main()
