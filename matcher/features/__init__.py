"""Profiles become numbers: maturity harmonisation, geography, languages, challenges."""
