"""What is submitted to the general manager in one batch."""

from __future__ import annotations

from dataclasses import dataclass

from kpidesk.core.appraisal import AppraisalId
from kpidesk.core.approval import Approval


@dataclass(frozen=True, slots=True)
class Submitted:
    """A result as it was submitted: which recording of which sheet, and the recording's hash."""

    appraisal: AppraisalId
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What the general manager is asked to approve, word for word as it is printed."""

    approval: Approval
    lines: tuple[Submitted, ...]
    note: str = ""
