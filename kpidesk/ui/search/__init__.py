"""Ctrl+K: people, documents and actions of everywhere, found while one types."""

from kpidesk.ui.search.finder import Finder

__all__ = ["Finder"]
