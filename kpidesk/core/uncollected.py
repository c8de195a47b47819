"""Keeps the garbage collector still while very many values are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection meanwhile; whoever stopped the collector before keeps it stopped.

    An evaluation makes values without cycles and keeps them all: the collector would walk
    through them again and again (half of the time) and free nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
