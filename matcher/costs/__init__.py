"""Costs: what each pair and each cluster costs in whole cents, and who pays it."""

from matcher.costs.build import cost_table
from matcher.costs.table import CostKind, CostTable

__all__ = ["CostKind", "CostTable", "cost_table"]
