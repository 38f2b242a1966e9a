"""Pricing: one round of the kernels over all hosts, at the prices that prove the root's bound."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.instances.synthetic import Programme, make_programme
from benchmarks.micro.part import Measured, Part, timed
from matcher.solvers.branch_and_price.bound import NO_CUTS
from matcher.solvers.branch_and_price.columns import Pool, longest_cluster
from matcher.solvers.branch_and_price.generate import Generator
from matcher.solvers.branch_and_price.master import Master
from matcher.solvers.branch_and_price.pricing.tables import tables_of
from matcher.solvers.branch_and_price.scaling import factor_of, scaled
from matcher.solvers.prepared import prepare


def _measure() -> Measured:
    problem = make_programme(Programme(100, 24, rivals=0.045, cohesion=0.05), 0).problem
    prepared = scaled(prepare(problem), factor_of(problem))
    pool = Pool(prepared, tables_of(prepared), longest_cluster(prepared))
    generator = Generator(pool, Master(pool), NO_CUTS)
    generator.run(lambda _: False)
    best = generator.best
    if best is None or not generator.converged:
        raise RuntimeError("column generation has not converged")
    nodes = 0

    def call() -> None:
        nonlocal nodes
        nodes = generator.price(best.duals, best.duals.kind)[0].nodes

    measured = timed(call)
    return replace(measured, extra={"nodes": float(nodes), "rounds": float(generator.rounds)})


PART = Part("pricing", "all hosts of 100 × 24 with cohesion 5 %, at the final prices", _measure)
