"""Samples and conformance suites that any adapter's tests can run. No test framework is needed to import them."""
