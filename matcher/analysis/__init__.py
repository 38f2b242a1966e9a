"""What a plan means: explanation, alternatives, warnings, the plan document."""
