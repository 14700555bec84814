"""The suites themselves: what is tried, and what is measured."""
