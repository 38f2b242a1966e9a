"""FlowFixingSolver: price rivals into the flow, drop pairs that cost too much, search what is left."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.problem import Problem
from matcher.result import Result
from matcher.solution import Solution
from matcher.solvers.base import OnProgress, ShouldStop, SolveSettings
from matcher.solvers.flow_fixing.rules import refusal


@dataclass(frozen=True, slots=True)
class FlowFixingSolver:
    """Exact where hard rules that are linear over pairs join pair values and loads: rivals above all.

    The rules become rows (at most one of a clique of rivals at a host). A linear relaxation over a *core*
    of cheap pairs prices the rows; with these prices, rounded to integers, the flow over **all** pairs
    gives a bound by Lagrangian relaxation, and its residual graph the exact loss of insisting on each pair.
    A pair whose loss reaches what lies between the bound and the best plan is in no better plan and is
    dropped. The core that is left, often two or three pairs a mentee, is searched by branch and bound, each
    node bounded in the same way. Floating point only ever chooses prices and where to branch: bounds,
    fixing and plans are integers, and every plan is judged by the referee.

    References
    ----------
    M. L. Fisher, "The Lagrangian relaxation method for solving integer programming problems",
    Management Science 27 (1981).
    R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows*, Prentice Hall 1993, ch. 9 and 16.
    A. Atamtürk, G. L. Nemhauser, M. W. P. Savelsbergh, "Conflict graphs in solving integer programming
    problems", European Journal of Operational Research 121 (2000): clique rows.
    """

    name: str = "flow-fixing"

    def refusal(self, problem: Problem) -> str | None:
        """Why the rules are not linear over pairs, one plain sentence; None if they are."""
        return refusal(problem)

    def solve(
        self,
        problem: Problem,
        settings: SolveSettings,
        *,
        warm_start: Solution | None = None,
        on_progress: OnProgress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Result:
        """Solve; see :class:`matcher.solvers.base.Solver`.

        Raises
        ------
        ValueError
            If :meth:`refusal` gives a reason; never for an infeasible problem.
        """
        from matcher.solvers.flow_fixing.run import Run  # noqa: PLC0415 - compiled code loads late

        reason = refusal(problem)
        if reason is not None:
            raise ValueError(reason)
        run = Run(self.name, problem, settings, on_progress, should_stop)
        if warm_start is not None:
            run.best.offer(warm_start.host_of)
        return run.solve()
