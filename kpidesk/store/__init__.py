"""The company file: rows, their history, and how they become core values and back."""
