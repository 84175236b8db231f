"""Whole runs of the product beside the reference implementation."""
