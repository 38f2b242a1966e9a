"""The policy laboratory: many policies on one intake, side by side."""
