"""Scoring rules: a closed family of plain records, and the one function that reads them."""
