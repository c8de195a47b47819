"""Results on their way to final: calibrated, approved, made public, confirmed, appealed, closed."""

from __future__ import annotations

from kpidesk.usecases.reviewing.afterwards import (
    SignedOpinion,
    appeal,
    confirm,
    confirm_as_said,
    dismiss,
    hear,
    signed_opinions,
    uphold,
    withdraw,
)
from kpidesk.usecases.reviewing.batches import (
    BatchRow,
    BatchSubmitted,
    decide,
    list_batches,
    publish,
    submit,
)
from kpidesk.usecases.reviewing.calibrating import (
    Calibratable,
    Move,
    Sitting,
    calibrate,
    sitting,
)
from kpidesk.usecases.reviewing.cycles import CycleRow, close_cycle, list_cycles, reopen_cycle
from kpidesk.usecases.reviewing.history import CONFIRMED, History, HistoryLine, history
from kpidesk.usecases.reviewing.printing import batch_pdf
from kpidesk.usecases.reviewing.rules import (
    ApprovalRule,
    ReviewRules,
    SchemeApproval,
    review_rules,
    save_review_rules,
    scheme_approvals,
)

__all__ = [
    "CONFIRMED",
    "ApprovalRule",
    "BatchRow",
    "BatchSubmitted",
    "Calibratable",
    "CycleRow",
    "History",
    "HistoryLine",
    "Move",
    "ReviewRules",
    "SchemeApproval",
    "SignedOpinion",
    "Sitting",
    "appeal",
    "batch_pdf",
    "calibrate",
    "close_cycle",
    "confirm",
    "confirm_as_said",
    "decide",
    "dismiss",
    "hear",
    "history",
    "list_batches",
    "list_cycles",
    "publish",
    "reopen_cycle",
    "review_rules",
    "save_review_rules",
    "scheme_approvals",
    "signed_opinions",
    "sitting",
    "submit",
    "uphold",
    "withdraw",
]
