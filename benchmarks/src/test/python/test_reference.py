"""Tests of the table on which the product runs beside the reference implementation."""

import unittest

from quality.columns import to_text
from reference.table import generated


class GeneratedTableTest(unittest.TestCase):
    """A generated table."""

    def test_it_is_the_same_for_equal_sizes(self):
        first, second = generated(500), generated(500)

        self.assertTrue(first.rows.equals(second.rows))
        self.assertFalse(first.rows.equals(generated(501).rows.head(500)))

    def test_all_values_are_as_declared_and_all_rows_private(self):
        data = generated(2_000)
        private, held_out = data.split(7)

        self.assertEqual((2_000, 0), (len(private), len(held_out)))
        self.assertEqual([column.name for column in data.columns], list(to_text(private, data.columns).columns))
        for column in data.columns:
            values = private[column.name]
            self.assertTrue(values.between(column.low, column.high).all(), column.name)
            self.assertGreater(values.nunique(), 3, column.name)

    def test_columns_depend_on_the_label(self):
        rows = generated(2_000).rows

        spread = rows.groupby("label")["number_0"].mean()
        self.assertGreater(spread.max() - spread.min(), 30)


if __name__ == "__main__":
    unittest.main()
