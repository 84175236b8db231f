"""Tests of the measurements on FoodMart: scripts/bench-quality --self-test."""

import unittest

import numpy
import pandas

from foodmart import clients, tables
from foodmart.cells import cells, distance, mean_distances, pair


class CellsTest(unittest.TestCase):
    def test_numbers_lie_in_parts_of_the_real_range_and_null_apart(self):
        real = pandas.Series(["0", "10", "20"])

        found = cells(real, pandas.Series(["-5", "0", "9.99", "20", "99", numpy.nan]), 2)

        self.assertEqual([0, 0, 0, 1, 1, -1], found.tolist())

    def test_dates_are_numbers_and_other_text_is_itself(self):
        days = pandas.Series(["1997-01-01", "1997-12-31"])
        self.assertEqual([0, 11], cells(days, days, 12).tolist())

        words = pandas.Series(["F", "M"])
        self.assertEqual(["F", "other", ""], cells(words, pandas.Series(["F", "other", numpy.nan])).tolist())

    def test_text_in_a_column_of_numbers_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "column b"):
            cells(pandas.Series(["1"], name="a"), pandas.Series(["x"], name="b"))

    def test_distance_is_total_variation(self):
        self.assertEqual(0, distance(["a", "b"], ["b", "a", "a", "b"]))
        self.assertEqual(1, distance(["a"], ["b"]))
        self.assertAlmostEqual(0.25, distance(["a", "b"], ["a", "a", "a", "b"]))

    def test_pairs_see_what_columns_do_not(self):
        real = pandas.DataFrame({"a": ["x", "y"], "b": ["u", "v"]})
        crossed = pandas.DataFrame({"a": ["x", "y"], "b": ["v", "u"]})

        self.assertEqual((0, 1), mean_distances(real, crossed))
        self.assertEqual([("x", "u"), ("y", "v")], pair(real["a"], real["b"]))


class ClientsTest(unittest.TestCase):
    ROWS = pandas.DataFrame(
        {
            tables.KEY: ["1", "1", "1", "2", "2", "3"],
            "day": ["1997-01-02", "1997-01-01", "1997-01-02", "1997-01-01", "1997-01-09", "1997-01-01"],
            "store": ["a", "a", "b", "c", "c", "a"],
        }
    )

    def test_two_rows_of_a_client_are_equal_as_often_as_their_pairs(self):
        self.assertAlmostEqual((1 / 3 + 1) / 2, clients._equal_pairs(self.ROWS, "store"))

    def test_rows_repeat_the_day_of_the_row_before(self):
        self.assertAlmostEqual(1 / 3, clients._repeats(self.ROWS))

    def test_clients_without_rows_count(self):
        known = pandas.DataFrame({tables.KEY: ["1", "4"]})
        self.assertEqual([3, 0], clients._counts(known, self.ROWS).tolist())


if __name__ == "__main__":
    unittest.main()
