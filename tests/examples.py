"""How many examples a property test tries: a third in the usual run, all of them in `make test-thorough`."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("MATCHER_THOROUGH") == "1"


def examples(many: int) -> int:
    """Return the number of examples to try of so many."""
    return many if THOROUGH else max(10, many // 3)
