"""Which machine, libraries and state of the code a run belongs to; no names of hosts or folders."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIBRARIES = ("numpy", "scipy", "ortools", "numba", "k-means-constrained")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Header of a run.

    Attributes
    ----------
    run : str
        Short digest of all the rest: equal for equal code on an equal machine.
    commit : str
        Last commit that touches the library, with ``+`` if it has been changed since.
    cpus : int
    cpu : str
        Model, as the system states it.
    memory_gb : int
    system : str
    versions : dict of str to str
    """

    run: str
    commit: str
    cpus: int
    cpu: str
    memory_gb: int
    system: str
    versions: dict[str, str]


def stamp() -> Stamp:
    """Take the stamp of this machine and this state of the code."""
    found = Stamp(
        run="",
        commit=_commit(),
        cpus=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        cpu=_cpu(),
        memory_gb=_memory_gb(),
        system=f"{platform.system()} {platform.machine()}",
        versions={"python": platform.python_version(), **versions(LIBRARIES)},
    )
    digest = hashlib.sha256(repr(sorted(asdict(found).items())).encode()).hexdigest()[:10]
    return Stamp(**{**asdict(found), "run": digest})


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """Versions of installed packages, read without importing them."""
    found: dict[str, str] = {}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _commit() -> str:
    commit = _git("log", "-1", "--format=%h", "--abbrev=10", "--", "matcher") or "unknown"
    return commit + ("+" if _git("status", "--porcelain", "--", "matcher") else "")


def _cpu() -> str:
    table = Path("/proc/cpuinfo")
    if table.exists():
        for line in table.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"


def _memory_gb() -> int:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    except (ValueError, OSError, AttributeError):
        return 0
