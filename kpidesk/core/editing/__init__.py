"""Editing a scheme: pure functions from one scheme to the next, and the words of its fields."""
