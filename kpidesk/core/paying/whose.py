"""Names of figures that stand among those of other people."""

from __future__ import annotations

from kpidesk.core.facts import Subject
from kpidesk.core.figure import Figure


def whose(person: Subject, figure: Figure) -> Figure:
    """The figure under a name that says whose it is: 王芳 回款（2010-03）."""
    return figure.named(f"{person} {figure.label}", figure.clause)
