"""Tests of the quality benchmark: scripts/bench-quality --self-test."""

import math
import tempfile
import unittest
from pathlib import Path

import numpy
import pandas
import yaml

from quality import bins, gaussian, naive, product
from quality.columns import Column, declare, read_schema, rounded_bounds, to_numbers, to_text
from quality.datasets import Dataset, default_delta, own
from quality.evaluate import accuracy, distances, evaluate
from quality.results import Results, tables
from quality.task import Task, Tools

COLUMNS = (
    Column("color", "string", ("red", "green"), nullable=True),
    Column("born", "date", min="1900-01-01", max="1999-12-31"),
    Column("count", "integer", min="-3", max="100"),
    Column("price", "decimal(8,2)", min="0", max="10", nullable=True),
    Column("weight", "double", min="0.5", max="2.5"),
    Column("class", "integer", ("1", "2")),
)
TEXT = pandas.DataFrame(
    {
        "color": ["red", numpy.nan, "green"],
        "born": ["1970-01-02", "1900-01-01", "1999-12-31"],
        "count": ["-3", "0", "100"],
        "price": ["0.10", "10.00", numpy.nan],
        "weight": ["0.5", "1.25", "2.5"],
        "class": ["1", "2", "2"],
    }
)


def task(method="naive", rows=50, privacy=(1.0, 1e-5)):
    data = Dataset("toy", COLUMNS, pandas.concat([to_numbers(TEXT, COLUMNS)] * 40, ignore_index=True), *privacy, rows)
    return Task(data, method, 0, None, None, Tools(Path("/root"), Path("/work"), (), None, None, 1), "")


class ColumnTest(unittest.TestCase):
    def test_text_goes_to_numbers_and_back(self):
        numbers = to_numbers(TEXT, COLUMNS)

        self.assertEqual([0, 1], numbers["color"].dropna().tolist())
        self.assertEqual(1, numbers["born"][0])
        pandas.testing.assert_frame_equal(TEXT, to_text(numbers, COLUMNS), check_dtype=False)

    def test_what_is_not_declared_is_an_error(self):
        for column, value in [("color", "blue"), ("count", "101"), ("weight", numpy.nan), ("weight", "x"), ("price", "x")]:
            with self.subTest(column=column, value=value), self.assertRaisesRegex(ValueError, f"column {column}: 1 "):
                to_numbers(TEXT.assign(**{column: [value, *TEXT[column][1:]]}), COLUMNS)

    def test_bounds_are_round_and_contain_the_data(self):
        self.assertEqual((1, 12), rounded_bounds(1, 12, True))
        self.assertEqual((0, 2400), rounded_bounds(1, 2400, True))
        self.assertEqual((0.01, 0.35), rounded_bounds(0.01938, 0.3454, False))
        self.assertEqual((983, 1043), rounded_bounds(983.8, 1042.1, False))

    def test_a_public_column_is_declared_by_what_it_holds(self):
        self.assertEqual(Column("a", "string", ("x", "y"), nullable=True), declare(pandas.Series(["y", None, "x"], name="a")))
        self.assertEqual(Column("b", "integer", min="1", max="9"), declare(pandas.Series([1, 9], name="b")))
        self.assertEqual(
            Column("c", "double", min="0.0", max="1.3", nullable=True), declare(pandas.Series([0, 1.21, None], name="c"))
        )

    def test_a_schema_is_read_as_the_product_reads_it(self):
        declared = {"labels": {"column": "class", "type": "integer", "values": [1, 2]}}
        declared["tabular"] = {"columns": [column.declaration() for column in COLUMNS[:-1]]}
        strings = yaml.load(yaml.safe_dump(declared), yaml.BaseLoader)

        read = read_schema(strings, "class")

        pandas.testing.assert_frame_equal(to_numbers(TEXT, COLUMNS), to_numbers(TEXT, read))
        self.assertEqual([column.nullable for column in COLUMNS], [column.nullable for column in read])

    def test_own_data_are_declared_by_a_configuration(self):
        with tempfile.TemporaryDirectory() as folder:
            configuration, table = Path(folder, "schema.yaml"), Path(folder, "own.csv")
            TEXT.to_csv(table, index=False)
            configuration.write_text(yaml.safe_dump(product.configuration(task())), encoding="utf-8")

            data = own(str(table), str(table), "class", str(configuration))

        self.assertEqual(("own", 3), (data.name, len(data.split(0)[0])))


class BinsTest(unittest.TestCase):
    def test_numbers_stay_in_their_bins(self):
        numbers = to_numbers(TEXT, COLUMNS)
        binned = bins.to_bins(numbers, COLUMNS)

        drawn = bins.from_bins(binned, COLUMNS, numpy.random.default_rng(0))

        pandas.testing.assert_frame_equal(binned, bins.to_bins(drawn, COLUMNS))
        self.assertEqual([3, 20, 20, 21, 20, 2], [bins.bins(column) for column in COLUMNS])

    def test_each_whole_number_of_a_short_range_has_a_bin(self):
        column = Column("month", "integer", min="1", max="12")
        months = pandas.DataFrame({"month": numpy.arange(1.0, 13)})

        binned = bins.to_bins(months, [column])

        self.assertEqual(list(range(12)), binned["month"].tolist())
        pandas.testing.assert_frame_equal(months, bins.from_bins(binned, [column], numpy.random.default_rng(0)))

    def test_every_whole_number_is_drawn(self):
        column = Column("n", "integer", min="0", max="46")
        binned = pandas.DataFrame({"n": numpy.repeat(numpy.arange(20), 100)})

        self.assertEqual(set(range(47)), set(bins.from_bins(binned, [column], numpy.random.default_rng(0))["n"]))


class EvaluateTest(unittest.TestCase):
    def test_the_same_rows_are_at_no_distance(self):
        numbers = to_numbers(TEXT, COLUMNS)

        self.assertEqual((0, 0), distances(numbers, numbers))

    def test_distances_count_the_rows_that_would_have_to_move(self):
        train = pandas.DataFrame({"a": [0.0, 1, 0, 1], "b": [0.0, 0, 1, numpy.nan]})
        synthetic = pandas.DataFrame({"a": [0.0, 0, 0, 1], "b": [0.0, 0, 1, 1]})

        one_way, two_way = distances(synthetic, train)

        self.assertAlmostEqual((0.25 + 0.25) / 2, one_way)
        self.assertAlmostEqual(0.5, two_way)

    def test_a_spike_that_is_smeared_is_seen(self):
        spike = pandas.DataFrame({"a": [0.0] * 95 + [100.0] * 5, "b": 0.0})
        smeared = pandas.DataFrame({"a": numpy.linspace(0, 100, 100), "b": 0.0})

        self.assertGreater(distances(smeared, spike)[0], 0.4)

    def test_classifiers_learn_from_nulls(self):
        nulls = pandas.DataFrame({"a": [numpy.nan, 0.0] * 50, "y": [1.0, 0.0] * 50})

        figures = evaluate(nulls, nulls, nulls, "y", {"a": 0, "y": 0}, 0)

        self.assertEqual({"forest": 1, "boosting": 1, "one_way": 0, "two_way": 0}, figures)

    def test_rows_of_one_class_predict_it(self):
        test = pandas.DataFrame({"a": [0.0, 1, 2, 3], "y": [0.0, 1, 1, 1]})

        self.assertEqual(0.75, accuracy(None, test[1:], test, "y"))


class MethodsTest(unittest.TestCase):
    def test_the_noise_of_a_release_is_the_exact_one(self):
        for epsilon, delta in [(0.1, 1e-6), (1, 1e-5), (8, 1e-3)]:
            sigma = gaussian.sigma(epsilon, delta)
            self.assertLessEqual(gaussian.delta(sigma, epsilon), delta)
            self.assertGreater(gaussian.delta(sigma * 0.999, epsilon), delta)
        self.assertAlmostEqual(3.7306, gaussian.sigma(1, 1e-5), 3)

    def test_shares_are_the_nearest_that_are_not_negative(self):
        numpy.testing.assert_allclose([1, 0, 0], naive.shares(numpy.array([4.0, 1, -2])))
        numpy.testing.assert_allclose([0.5, 0.3, 0.2], naive.shares(numpy.array([5.0, 3, 2])))
        numpy.testing.assert_allclose([0.5, 0.5], naive.shares(numpy.array([-5.0, 3])))

    def test_naive_rows_follow_the_marginals_when_noise_is_small(self):
        asked = task(rows=4000, privacy=(1000.0, 1e-5))

        one_way, _ = distances(naive.publish(asked), asked.train)

        self.assertLess(one_way, 0.05)

    def test_the_product_is_told_the_data_and_nothing_of_how(self):
        tree = product.configuration(task("product"))

        self.assertEqual({"name", "seed", "private_data", "labels", "privacy", "tabular", "output"}, set(tree))
        self.assertEqual({"columns"}, set(tree["tabular"]))
        self.assertEqual(50, tree["output"]["rows"])
        self.assertEqual({"name": "count", "type": "integer", "min": -3, "max": 100}, tree["tabular"]["columns"][2])


class TaskTest(unittest.TestCase):
    def test_seeds_hold_out_other_rows(self):
        data = task().data

        self.assertEqual((96, 24), tuple(map(len, data.split(0))))
        self.assertFalse(data.split(0)[1].equals(data.split(1)[1]))
        self.assertTrue(data.split(1)[1].equals(data.split(1)[1]))

    def test_the_default_delta_is_below_one_over_the_rows(self):
        self.assertAlmostEqual(1 / (7152 * math.log(7152)), default_delta(7152), 8)

    def test_what_is_asked_for_makes_another_task(self):
        asked = {task().fingerprint, task("real").fingerprint, task(rows=51).fingerprint, task(privacy=(2.0, 1e-5)).fingerprint}

        self.assertEqual(4, len(asked))
        self.assertEqual(task().fingerprint, task().fingerprint)


class ResultsTest(unittest.TestCase):
    def test_results_outlive_a_line_that_was_torn(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "new", "results.jsonl")
            Results(path).add({"fingerprint": "a", "seconds": 1})
            with open(path, "a", encoding="utf-8") as file:
                file.write('{"fingerprint": "b", "sec')
            Results(path).add({"fingerprint": "c", "seconds": 3})

            read = Results(path)

        self.assertEqual([1, None, 3], [found and found["seconds"] for found in map(read.find, "abc")])

    def test_a_table_has_means_and_deviations_and_what_hit_its_limit(self):
        common = {"data": "toy", "rows": 50, "epsilon": 1.0, "delta": 1e-5, "private_rows": 96}
        figures = {"boosting": 0.5, "one_way": 0.01, "two_way": 0.1}
        done = [common | figures | {"method": "naive", "forest": value, "seconds": 20} for value in (0.8, 0.9)]

        lines = tables([*done, common | {"method": "aim", "limit": 900}]).splitlines()

        self.assertEqual("toy: epsilon 1, delta 1e-05, 96 private rows", lines[0])
        self.assertRegex(lines[4], r"\| naive +\| +50 \| +2 \| \.850 \(\.071\) \| \.500 \(.000\) \| .* \| +20 \(0\) \|")
        self.assertRegex(lines[5], r"\| aim +\| +50 \| +1 \| .* - \| +> 900 \|")
        self.assertLessEqual(max(map(len, lines)), 100)


if __name__ == "__main__":
    unittest.main()
