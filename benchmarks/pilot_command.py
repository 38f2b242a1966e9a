"""The whole `matcher match` on the pilot intake, warm, as staff run it.

The optimum is asserted to be proven and the same in every run; the time is given beside that of an
interpreter that only imports what the command needs, so that the ratio can be compared between machines.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMPORTS = "import matcher.pipeline, matcher.runs.write, ortools.sat.python.cp_model"
RUNS = 5


def run_match(out: Path) -> tuple[float, int]:
    """Run the command once.

    Parameters
    ----------
    out : Path
        Folder for the run.

    Returns
    -------
    seconds : float
        Wall-clock seconds of the whole process.
    objective : int
        Proven optimum, in objective units.

    Raises
    ------
    RuntimeError
        If the plan is not proven optimal.
    """
    command = [sys.executable, "-m", "matcher", "match", str(ROOT / "data" / "pilot"), "--quiet", "--json"]
    command += ["--policy", str(ROOT / "configs" / "policies" / "mensi_pilot.yaml"), "--out", str(out)]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - began
    proof = json.loads(done.stdout)["proof"]
    if proof["status"] != "optimal" or proof["objective_units"] != proof["bound_units"]:
        raise RuntimeError(f"the pilot was not proven optimal: {proof}")
    return seconds, int(proof["objective_units"])


def run_imports() -> float:
    """Wall-clock seconds of an interpreter that only imports what the command needs."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Timed:
    """What was measured.

    Attributes
    ----------
    match_s : tuple of float
        Seconds of each whole command.
    import_s : float
        Median seconds of the imports alone.
    objective : int
        Proven optimum, in objective units, the same in every run.
    """

    match_s: tuple[float, ...]
    import_s: float
    objective: int


def measure() -> Timed:
    """Run the command and the imports, warm.

    Raises
    ------
    RuntimeError
        If a run is not proven optimal or two runs differ.
    """
    with tempfile.TemporaryDirectory() as folder:
        run_match(Path(folder) / "warm-up")
        runs = [run_match(Path(folder) / f"run-{at}") for at in range(RUNS)]
        imports = [run_imports() for _ in range(RUNS)]
    objectives = {objective for _, objective in runs}
    if len(objectives) != 1:
        raise RuntimeError(f"equal runs gave different objectives: {sorted(objectives)}")
    return Timed(tuple(seconds for seconds, _ in runs), statistics.median(imports), objectives.pop())


def main() -> None:
    """Print medians, ratio and objective."""
    found = measure()
    match_s = statistics.median(found.match_s)
    print(f"whole command   {match_s:.2f} s (median of {RUNS}, worst {max(found.match_s):.2f} s)")
    print(f"imports alone   {found.import_s:.2f} s")
    print(f"ratio           {match_s / found.import_s:.1f}")
    print(f"proven optimum  {found.objective} units in every run")


if __name__ == "__main__":
    main()
