"""Which use case is being asked for, so that one place can say who may ask for it."""

from __future__ import annotations

import inspect
from typing import Final

_LAYER: Final = __name__.rpartition(".")[0] + "."


def asked_for() -> str:
    """The outermost function of this layer that is at work: people.add_person.

    Use cases ask others for parts of their work. What somebody outside asked for is what counts,
    and no use case can forget to say its name.
    """
    name = ""
    frame = inspect.currentframe()
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(_LAYER):
            name = f"{module.removeprefix(_LAYER)}.{frame.f_code.co_name}"
        frame = frame.f_back
    return name
