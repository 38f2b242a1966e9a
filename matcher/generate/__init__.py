"""Made-up intakes for trying, testing and benchmarking: real towns, invented schools."""

from matcher.generate.programme import COUNTRIES, generate_intake

__all__ = ["COUNTRIES", "generate_intake"]
