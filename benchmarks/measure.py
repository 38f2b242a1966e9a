"""Run the micro-benchmarks and write their timings."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import cast

from benchmarks import micro, rows
from benchmarks.machine import ROOT, stamp
from benchmarks.micro.part import Part
from benchmarks.rows import Timing

NOT_PARTS = ("part",)


def names() -> tuple[str, ...]:
    """Modules of :mod:`benchmarks.micro` that measure something."""
    return tuple(
        sorted(item.name for item in pkgutil.iter_modules(micro.__path__) if item.name not in NOT_PARTS)
    )


def part_of(name: str) -> Part:
    """Look up the micro-benchmark of a module."""
    return cast("Part", importlib.import_module(f"benchmarks.micro.{name}").PART)


def run(chosen: Iterable[str], out: Path) -> None:
    """Measure each part in a process of its own and add its timing to the file."""
    for name in chosen:
        command = [sys.executable, "-m", "benchmarks.measure", name, str(out)]
        subprocess.run(command, cwd=ROOT, check=True)


def main() -> None:
    """Measure one part in this process."""
    name, out = sys.argv[1], Path(sys.argv[2])
    part, header = part_of(name), stamp()
    measured = part.measure()
    timing = Timing(
        run=header.run,
        name=part.name,
        what=part.what,
        commit=header.commit,
        seconds=measured.median,
        worst_s=max(measured.seconds),
        repeats=len(measured.seconds),
        figure_s=part.figure_s,
        extra=measured.extra,
    )
    if header.run not in {item["run"] for item in rows.read([out]).stamps}:
        rows.append(out, "run", asdict(header))
    rows.append(out, "timing", timing)
    print(f"{part.name:16} {timing.seconds:.4f} s  {part.what}", flush=True)


if __name__ == "__main__":
    main()
