"""Solvers: from a Problem to a Result."""
