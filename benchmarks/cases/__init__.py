"""The registry: each module holds the cases of one line of the table of figures in ``CASES``."""
