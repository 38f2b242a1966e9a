"""Pricing: the best clusters of a host at given prices of mentees, rows and cuts."""
