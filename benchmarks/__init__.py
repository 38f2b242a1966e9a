"""Benchmarks: fixed work, asserted objective, ratios within one run."""
