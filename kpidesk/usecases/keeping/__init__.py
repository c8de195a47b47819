"""Backups of the open company: made when something might go wrong, listed, brought back."""
