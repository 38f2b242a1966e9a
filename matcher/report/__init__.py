"""A plan document becomes html, xlsx, csv."""
