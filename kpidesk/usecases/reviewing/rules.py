"""The company's rules for results: the guideline of grades, and the time for appeals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.review.guideline import Guide
from kpidesk.store.settings import load_setting, save_setting
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.session import Company

_KEY: Final = "review"
_MOST_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """`guides`: what part of the people should have which grade; nothing by default.

    An appeal is to be filed within `file_days` after the publication begins (or after the approval,
    where nothing is made public), and decided within `answer_days`.
    """

    guides: tuple[Guide, ...] = ()
    file_days: int = 7
    answer_days: int = 10

    def __post_init__(self) -> None:
        """Refuse times that nobody can keep."""
        for days, what in ((self.file_days, "提出申诉"), (self.answer_days, "答复申诉")):
            if not 1 <= days <= _MOST_DAYS:
                msg = f"{what}的期限应在 1 到 {_MOST_DAYS} 天之间"
                raise InvalidValueError(msg)


def review_rules(company: Company) -> ReviewRules:
    """The rules, as they are set."""
    with company.read() as connection:
        return rules_in(connection)


def rules_in(connection: Connection) -> ReviewRules:
    """The rules, within a transaction."""
    return load_setting(connection, _KEY, ReviewRules) or ReviewRules()


def save_review_rules(company: Company, rules: ReviewRules, *, actor: str, today: date) -> Changes:
    """Set the rules; what was filed and submitted before keeps its dates."""
    del today
    with company.change(actor) as work:
        before = rules_in(work.connection)
        if before == rules:
            return Changes.NONE
        save_setting(work.connection, _KEY, rules)
        work.log("review.rules", "settings", before=before, after=rules)
    return Changes.SETTINGS | Changes.APPRAISALS
