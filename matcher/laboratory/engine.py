"""The engine room: takes variants through their tasks, whoever makes them, and keeps what is done."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from matcher.exceptions import MatcherError
from matcher.laboratory.answers import Answer
from matcher.laboratory.cache import Cache
from matcher.laboratory.digest import code_version, digest_of
from matcher.laboratory.job import Job
from matcher.laboratory.tasks import Material, Task
from matcher.laboratory.variant import Outcome, Variant
from matcher.laboratory.workers import Workers
from matcher.solvers.base import ShouldStop

AHEAD = 2
"""Tasks under way for each worker: one that it makes, one that it finds ready."""
LOOK_S = 0.2
"""Seconds between two looks at whether somebody asked to stop."""
MOST_TRIES = 5
"""Times that one task is sent before it counts as what ends the workers."""


@dataclass(frozen=True, slots=True)
class SweepState:
    """How far a sweep is.

    Attributes
    ----------
    made, kept : int
        Tasks that were made, and that were found in the cache.
    known : int
        Tasks known so far; those of policies that have not begun come on top.
    ended, variants : int
        Policies and points that are done, and all of them.
    under_way : tuple of str
        What is being made, by label.
    seconds : float
        Since the start.
    """

    made: int
    kept: int
    known: int
    ended: int
    variants: int
    under_way: tuple[str, ...]
    seconds: float


class SweepStoppedError(MatcherError):
    """A sweep was stopped; what is done is in its cache."""

    exit_code = 130

    def __init__(self, state: SweepState) -> None:
        self.state = state
        super().__init__(
            f"Stopped with {state.ended} of {state.variants} policies and points done "
            f"({state.made + state.kept} tasks)."
        )


@dataclass(slots=True, eq=False)
class _Sent:
    """A task that was sent, and who waits for its answer."""

    key: str
    task: Task
    waiting: list[tuple[Job, int]]
    tries: int = 1


def run_variants(
    material: Material,
    variants: Sequence[Variant],
    workers: Workers,
    cache: Cache,
    *,
    on_state: Callable[[SweepState], None] | None = None,
    should_stop: ShouldStop | None = None,
) -> tuple[Outcome, ...]:
    """Take every variant to its outcome.

    Parameters
    ----------
    material : Material
    variants : sequence of Variant
    workers : Workers
        They are let go at the end.
    cache : Cache
        Asked before a task is made, told its answer as soon as it is there.
    on_state : callable, optional
        Called whenever something changes, and while something is waited for.
    should_stop : callable, optional

    Returns
    -------
    tuple of Outcome
        In the order of the variants, whatever was done first; the same for any workers.

    Raises
    ------
    SweepStoppedError
        Once `should_stop` says so.
    MatcherError
        If a task ended every worker that had it, or the workers are of another version.
    RefereeError
        If a solver's claim did not survive the independent check.
    """
    jobs = [Job(variant, material) for variant in variants]
    sweep = _Sweep(jobs, workers, cache, on_state=on_state, should_stop=should_stop)
    try:
        outcomes = sweep.run()
    except BaseException:
        workers.close(at_once=True)
        raise
    workers.close(at_once=False)
    return outcomes


class _Sweep:
    """One run of the engine."""

    def __init__(
        self,
        jobs: Sequence[Job],
        workers: Workers,
        cache: Cache,
        *,
        on_state: Callable[[SweepState], None] | None,
        should_stop: ShouldStop | None,
    ) -> None:
        self._workers, self._cache = workers, cache
        self._on_state, self._should_stop = on_state, should_stop
        self._jobs = jobs
        self._next = 0
        self._queue: deque[_Sent] = deque()
        self._sent: dict[Future[Answer], _Sent] = {}
        self._open: dict[str, _Sent] = {}
        self._made = self._kept = self._known = 0
        self._started = time.monotonic()

    def run(self) -> tuple[Outcome, ...]:
        while self._next < len(self._jobs) or self._open:
            self._refuse_to_go_on()
            room = AHEAD * self._workers.number if self._workers.number > 1 else 1
            if len(self._queue) < room and self._next < len(self._jobs):
                job = self._jobs[self._next]
                self._next += 1
                self._add(job, job.begin())
            while self._queue and len(self._sent) < room:
                self._send(self._queue.popleft())
            self._gather(LOOK_S if len(self._sent) >= room or self._next == len(self._jobs) else 0)
            if self._sent:
                self._tell()
        return tuple(outcome for job in self._jobs for outcome in job.outcomes)

    def _add(self, job: Job, tasks: Sequence[Task]) -> None:
        """Queue a job's next tasks; what is kept is taken at once, what is under way is waited for."""
        for slot, task in enumerate(tasks):
            self._known += 1
            key = digest_of(task.key(), code_version())
            if key in self._open:
                self._open[key].waiting.append((job, slot))
                continue
            answer = self._cache.get(key)
            if answer is not None:
                self._kept += 1
                self._add(job, job.take(slot, answer))
                continue
            self._open[key] = _Sent(key, task, [(job, slot)])
            self._queue.append(self._open[key])

    def _send(self, sent: _Sent) -> None:
        self._tell(sent)
        self._sent[self._workers.submit(sent.task)] = sent

    def _gather(self, timeout: float) -> None:
        done, _ = wait(self._sent, timeout=timeout, return_when=FIRST_COMPLETED)
        for future in done:
            sent = self._sent.pop(future)
            error = future.exception() if not future.cancelled() else None
            if future.cancelled() or (error is not None and self._workers.is_loss(error)):
                self._again(sent)
            elif error is not None:
                raise error
            else:
                self._take(sent, future.result())

    def _take(self, sent: _Sent, answer: Answer) -> None:
        self._refuse_to_go_on()  # a stop may have cut the task short
        del self._open[sent.key]
        self._cache.put(sent.key, answer)
        self._made += 1
        for number, (job, slot) in enumerate(sent.waiting):
            self._kept += number > 0
            self._add(job, job.take(slot, answer))
        self._tell()

    def _again(self, sent: _Sent) -> None:
        """Queue a task whose worker was lost."""
        if sent.tries >= MOST_TRIES:
            raise MatcherError(
                f"The workers were lost {sent.tries} times while they made {sent.task.label}: they were "
                "killed, or had too little memory. What is done is kept; the same command goes on from there."
            )
        sent.tries += 1
        self._queue.appendleft(sent)

    def _refuse_to_go_on(self) -> None:
        if self._should_stop is not None and self._should_stop():
            raise SweepStoppedError(self._state())

    def _tell(self, about_to: _Sent | None = None) -> None:
        if self._on_state is not None:
            self._on_state(self._state(about_to))

    def _state(self, about_to: _Sent | None = None) -> SweepState:
        under_way = [*self._sent.values(), *([about_to] if about_to is not None else [])]
        return SweepState(
            made=self._made,
            kept=self._kept,
            known=self._known,
            ended=sum(bool(job.outcomes) for job in self._jobs),
            variants=len(self._jobs),
            under_way=tuple(sent.task.label for sent in under_way),
            seconds=time.monotonic() - self._started,
        )
