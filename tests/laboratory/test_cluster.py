"""A real scheduler and two real workers, one of which is killed in the middle of a sweep."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from matcher.exceptions import UsageError
from matcher.laboratory.cache import FolderCache, MemoryCache
from matcher.laboratory.engine import SweepState, run_variants
from matcher.laboratory.variants import variants_of
from matcher.laboratory.workers import Cluster
from tests.laboratory.sweeps import OPEN, TASKS, VARY, Counting, entries, material, texts

WAIT_S = 120.0
"""Far more than a start takes; who waits longer has found a defect."""
ROOT = Path(__file__).resolve().parents[2]


def _start(*words: str) -> subprocess.Popen[bytes]:
    quiet = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error", "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        cwd=ROOT,
        env=os.environ | quiet,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _until(there: Callable[[], Any]) -> Any:
    """Wait until something is there, and return it."""
    end = time.monotonic() + WAIT_S
    while not (found := there()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.05)
    return found


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Scheduler's address and the processes of two workers, all ended at the end."""
    told = folder / "scheduler.json"
    started = [
        _start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)
        )
    ]
    try:
        _until(lambda: told.is_file() and told.stat().st_size)
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
        started += [_start("worker", "--scheduler-file", str(told), *options) for _ in range(2)]
        yield json.loads(told.read_text(encoding="utf-8"))["address"], started[1:]
    finally:
        for process in reversed(started):
            process.kill()
        for process in started:
            process.wait()


def test_a_worker_killed_in_mid_sweep_loses_nothing(tmp_path: Path) -> None:
    variants = variants_of([OPEN], VARY)
    with _cluster(tmp_path) as (address, processes):
        cluster = Cluster(address, wait_s=WAIT_S)
        client = cluster._client
        client.wait_for_workers(2, timeout=WAIT_S)
        victim, survivor = processes
        pids: dict[str, int] = client.run(os.getpid)
        doomed = next(where for where, pid in pids.items() if pid == victim.pid)
        over, lost = threading.Event(), list[object]()

        def kill() -> None:
            while not (lost or over.wait(0.05)):
                lost.extend(client.processing()[doomed])
            victim.send_signal(signal.SIGKILL)

        def watch(state: SweepState) -> None:
            # stopped first: what it is given from now on stays undone until it is killed
            if state.made >= TASKS and killer.ident is None:
                victim.send_signal(signal.SIGSTOP)
                killer.start()

        killer = threading.Thread(target=kill)
        outcomes = run_variants(
            material(), variants, cluster, FolderCache(tmp_path / "cache"), on_state=watch
        )
        over.set()
        killer.join()
        assert victim.wait(WAIT_S) == -signal.SIGKILL
        assert lost
        assert survivor.poll() is None
    here = run_variants(material(), variants, Counting(), MemoryCache())
    assert texts(outcomes) == texts(here)
    assert len(entries(tmp_path / "cache")) == len(variants) * TASKS


def test_an_address_where_nobody_answers_is_said() -> None:
    with pytest.raises(UsageError, match="No Dask scheduler answers"):
        Cluster("tcp://127.0.0.1:9", wait_s=0.2)


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"mensi-matcher\[cluster\]"):
        Cluster("tcp://127.0.0.1:9")
