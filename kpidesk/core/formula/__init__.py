"""Formulas in the officer's own words: read, checked, computed as figures. Never `eval`."""
