"""Tasks: pure calls that any process on any machine can make, with the same answer.

A task holds all that its answer depends on. Its key is a hash of that, so equal tasks are made once and a
stopped sweep goes on where it stopped.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from matcher.analysis.build import build_document
from matcher.encoding import encode
from matcher.exceptions import MatcherError, RefereeError, UsageError
from matcher.intake.origin import IntakeReading, Origin
from matcher.issues import Issue
from matcher.laboratory.answers import Answer, result_as_json
from matcher.laboratory.digest import code_version, digest_of
from matcher.layered import form_layers
from matcher.pipeline import Watch, form_clusters, with_policy_issues
from matcher.policy.loader import dump_policy
from matcher.policy.model import Policy
from matcher.problem import Problem
from matcher.profiles import Intake
from matcher.result import Result
from matcher.runs.record import sha256_of_text
from matcher.solvers.base import ShouldStop, SolveSettings
from matcher.solvers.methods import solve_part


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What all policies of a comparison are tried on.

    Attributes
    ----------
    intake : Intake
        Without errors.
    issues : tuple of Issue
        Warnings found so far; they are shown in every plan.
    origin : Origin
        Where the intake's records stand.
    digest : str
        Hash of these.
    """

    intake: Intake
    issues: tuple[Issue, ...]
    origin: Origin
    digest: str


def material_of(reading: IntakeReading, issues: tuple[Issue, ...]) -> Material:
    """Take over a reading and the issues found in it; raises no error, so check for errors before."""
    digest = digest_of(reading.intake, issues, reading.origin)
    return Material(reading.intake, issues, reading.origin, digest)


class Task(Protocol):
    """A pure call."""

    @property
    def label(self) -> str:
        """Which policy and what of it, for who watches."""
        ...

    def key(self) -> str:
        """Hash of all that the answer depends on but the code."""
        ...

    def run(self, should_stop: ShouldStop | None = None) -> dict[str, Any]:
        """Make the call; the answer is plain JSON values, of use only where nobody stopped it."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class SolvePart:
    """Solve one independent part of a problem, within limits of its own."""

    label: str
    problem: Problem
    settings: SolveSettings
    method: str

    def key(self) -> str:
        """Hash of the part and how it is solved; not of the policy's name."""
        return digest_of("part", self.problem, self.settings, self.method)

    def run(self, should_stop: ShouldStop | None = None) -> dict[str, Any]:
        """Solve it; the answer is a result that the referee has not judged yet."""
        # arrays that came from another process are writable, for which kernels would be compiled anew
        problem = replace(self.problem)
        result = solve_part(
            problem,
            self.settings,
            method=self.method,
            warm_start=None,
            on_progress=None,
            should_stop=should_stop,
        )
        return {"result": result_as_json(result)}


@dataclass(frozen=True, slots=True, eq=False)
class Tell:
    """Say everything about a plan that was found."""

    label: str
    material: Material
    policy: Policy
    result: Result

    def key(self) -> str:
        """Hash of intake, policy and plan."""
        plan = json.dumps(result_as_json(self.result))
        return digest_of("tell", self.material.digest, dump_policy(self.policy), plan)

    def run(self, should_stop: ShouldStop | None = None) -> dict[str, Any]:  # noqa: ARG002 - soon done
        """Build the plan document; the referee judges the plan once more."""
        material, policy = self.material, self.policy
        encoding = encode(material.intake, policy)
        issues = with_policy_issues(material.issues, material.intake, material.origin, encoding)
        document = build_document(
            encoding, self.result, issues, policy_sha256=sha256_of_text(dump_policy(policy))
        )
        return {"documents": [["", document.to_json()]]}


@dataclass(frozen=True, slots=True, eq=False)
class MatchWhole:
    """Match in one go what cannot be cut into parts: see :func:`matcher.laboratory.job.is_whole`."""

    label: str
    material: Material
    policy: Policy

    def key(self) -> str:
        """Hash of intake and policy."""
        return digest_of("whole", self.material.digest, dump_policy(self.policy))

    def run(self, should_stop: ShouldStop | None = None) -> dict[str, Any]:
        """Match; the answer is one document, or one a layer."""
        material, policy = self.material, self.policy
        watch = Watch(should_stop=should_stop)
        inputs = (material.intake, policy, material.issues, material.origin, watch)
        if not policy.layers.of:
            return {"documents": [["", form_clusters(*inputs).plan.document.to_json()]]}
        layers = form_layers(*inputs).layers
        return {"documents": [[one.layer.key, one.match.plan.document.to_json()] for one in layers]}


def run_task(task: Task, code: str, should_stop: Callable[[], bool] | None = None) -> Answer:
    """Make the call of a task, in whatever process this is.

    What cannot be, such as hard rules that contradict each other, is an answer, too: ``failure`` says it.

    Parameters
    ----------
    task : Task
    code : str
        Version of the code that the answer is asked of.
    should_stop : callable, optional

    Raises
    ------
    UsageError
        If this process has another version of matcher or its libraries.
    RefereeError
        If a solver's claim did not survive the independent check.
    """
    if code != code_version():
        raise UsageError(
            "A worker has another version of matcher, Python or their libraries than this process: install "
            "the same ones on every machine. Or matcher itself was changed meanwhile: start again."
        )
    began = time.process_time()
    try:
        content = task.run(should_stop)
    except RefereeError:
        raise
    except MatcherError as error:
        content = {"failure": str(error)}
    return Answer(json.dumps(content, ensure_ascii=False), time.process_time() - began)
