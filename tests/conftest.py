"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# no test judges wall-clock time: a busy machine must not fail one
settings.register_profile("house", deadline=None)
settings.load_profile("house")
