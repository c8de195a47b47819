"""Backups in the window: made in time, listed, brought back."""
