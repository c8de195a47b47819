"""Backups as they lie in a folder: which there are, which may go, whether they are still whole."""
