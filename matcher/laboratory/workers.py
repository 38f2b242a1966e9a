"""Who makes tasks: this process, several processes of this machine, or a cluster."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Protocol

from matcher.exceptions import MatcherError, UsageError
from matcher.laboratory.answers import Answer
from matcher.laboratory.digest import code_version
from matcher.laboratory.tasks import Task, run_task

IDLE_S = 300
"""Seconds after which a process that has nothing to do ends."""
LOOK_S = 2.0
"""Seconds between two looks at how many workers a cluster has."""
RETRIES = 3
"""Times that a cluster makes a task anew after its worker was lost or had no room."""


class Workers(Protocol):
    """Makes tasks, so many at a time."""

    @property
    def number(self) -> int:
        """How many are made at a time."""
        ...

    def submit(self, task: Task) -> Future[Answer]:
        """Have a task made; raises MatcherError if nobody is there any more."""
        ...

    def is_loss(self, error: BaseException) -> bool:
        """Whether a worker was lost, so that the task is to be made anew, by whoever is left."""
        ...

    def close(self, *, at_once: bool) -> None:
        """Let the workers go; at once: whatever they are doing."""
        ...


class Here:
    """Makes each task in this process when it is submitted.

    Parameters
    ----------
    should_stop : callable, optional
        Asked during each task; once true, its answer is of no use.
    """

    number = 1

    def __init__(self, should_stop: Callable[[], bool] | None = None) -> None:
        self._should_stop = should_stop

    def submit(self, task: Task) -> Future[Answer]:
        """Make the task now."""
        made: Future[Answer] = Future()
        try:
            made.set_result(run_task(task, code_version(), self._should_stop))
        except KeyboardInterrupt:
            if self._should_stop is None or not self._should_stop():
                raise
            made.set_exception(CancelledError())  # a search that was stopped before it had a plan
        return made

    def is_loss(self, error: BaseException) -> bool:
        """Whether the task was stopped in the middle."""
        return isinstance(error, CancelledError)

    def close(self, *, at_once: bool) -> None:
        """Nothing to let go."""


class Processes:
    """Several processes of this machine, through joblib.

    They end by themselves when nothing is left to do, and take up the machine code that another has made.

    Parameters
    ----------
    number : int
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self._executor: Any = None

    def submit(self, task: Task) -> Future[Answer]:
        """Send the task to a process; after a loss, new ones are started."""
        from joblib.externals.loky import get_reusable_executor  # noqa: PLC0415 - start fast

        self._executor = get_reusable_executor(self.number, timeout=IDLE_S, initializer=_leave_interrupts)
        made: Future[Answer] = self._executor.submit(run_task, task, code_version())
        return made

    def is_loss(self, error: BaseException) -> bool:
        """Whether a process ended in the middle: killed, or out of memory."""
        return isinstance(error, BrokenExecutor | CancelledError)

    def close(self, *, at_once: bool) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, kill_workers=at_once)


def _leave_interrupts() -> None:
    """Let Ctrl-C, which a terminal sends to every process, be the business of the one that started us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Cluster:
    """Workers of a Dask cluster (an optional extra, so it is looked up when it is asked for).

    Parameters
    ----------
    address : str
        Of its scheduler, such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    UsageError
        If Dask is not installed, nobody answers at the address, or the cluster has no workers.
    """

    def __init__(self, address: str, *, wait_s: float = 10.0) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise UsageError(
                "--cluster needs Dask, which is not installed. Install matcher with its extra: "
                "pip install 'mensi-matcher[cluster]'."
            ) from None
        try:
            self._client = distributed.Client(address, timeout=wait_s, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"No Dask scheduler answers at {address}: {error}. Give --cluster the address that it "
                "printed when it started, such as tcp://10.0.0.5:8786."
            ) from None
        try:
            self._client.wait_for_workers(1, timeout=wait_s)
        except TimeoutError:
            self._client.close()
            raise UsageError(
                f"The cluster at {address} has no workers. Start some: dask worker {address} --nthreads 1."
            ) from None
        self._address = address
        self._executor = self._client.get_executor(retries=RETRIES, pure=False)
        self._lost = (distributed.KilledWorker, CancelledError)
        self._number, self._asked = 1, -LOOK_S

    @property
    def number(self) -> int:
        """Threads of all workers that are there now, asked now and then: they may come and go."""
        if time.monotonic() - self._asked >= LOOK_S:
            with self._there():
                self._number = max(1, sum(self._client.nthreads().values()))
            self._asked = time.monotonic()
        return self._number

    def submit(self, task: Task) -> Future[Answer]:
        """Send the task to the scheduler, which gives it to another worker if one is lost."""
        with self._there():
            made: Future[Answer] = self._executor.submit(run_task, task, code_version())
        return made

    def is_loss(self, error: BaseException) -> bool:
        """Whether the scheduler gave up on a task because every worker that had it was lost."""
        return isinstance(error, self._lost)

    def close(self, *, at_once: bool) -> None:
        """Leave the cluster; what it still does for us is called off."""
        if self._client.status == "running":
            self._executor.shutdown(wait=not at_once)
        self._client.close()

    @contextmanager
    def _there(self) -> Iterator[None]:
        """Say it in words if the scheduler is gone; the client has then tried for a while to reach it."""
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise MatcherError(
                f"The cluster at {self._address} does not answer any more. What is done is kept; the same "
                "command goes on from there, on this cluster, another, or none."
            ) from error
