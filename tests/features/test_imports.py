"""Building features and scoring stay light: no pandas, scikit-learn or OR-Tools."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
import matcher.features.build, matcher.features.export, matcher.features.geography
import matcher.scores.pair_scores, matcher.scores.cohesion, matcher.scores.reasons
print(sorted({name.split('.')[0] for name in sys.modules} & {'pandas', 'sklearn', 'ortools', 'openpyxl'}))
"""


def test_no_heavy_library_is_loaded_before_it_is_needed() -> None:
    run = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
