"""Core values → PDF, and pictures of its pages for the window and the printer."""
