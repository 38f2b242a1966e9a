"""One plan, and the independent referee that judges it."""
