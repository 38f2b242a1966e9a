"""From files to an intake and its located issues."""
