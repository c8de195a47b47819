"""Scans in: sheets, the codes on them, and their pictures."""
