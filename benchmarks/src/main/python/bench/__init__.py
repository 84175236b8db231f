"""Every benchmark that fits into ten minutes together, and one table of their figures."""
