"""Measures how good synthetic tables are, against other methods at the same privacy."""
