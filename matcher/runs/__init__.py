"""A run folder: sealed inputs, policy, plan, record; and how to verify it without a solver."""
