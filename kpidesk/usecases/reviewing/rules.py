"""The company's rules for results: what needs approval, the guideline of grades, appeals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.review.guideline import Guide
from kpidesk.store.contracts import schemes_signed
from kpidesk.store.reviews import schemes_submitted
from kpidesk.store.settings import load_setting, save_setting
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.schemes import contract_scheme, edition_text, family_of
from kpidesk.usecases.session import Company

_KEY: Final = "review"
_MOST_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Whether results of a scheme need the general manager's approval, in all its versions."""

    family: str
    needed: bool


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """`guides`: what part of the people should have which grade; nothing by default.

    An appeal is to be filed within `file_days` after the publication begins (or after the approval,
    where nothing is made public), and decided within `answer_days`. `approvals` says of which
    schemes pay waits for the approval of results.
    """

    guides: tuple[Guide, ...] = ()
    file_days: int = 7
    answer_days: int = 10
    approvals: tuple[ApprovalRule, ...] = ()

    def __post_init__(self) -> None:
        """Refuse times that nobody can keep, and two rules for one scheme."""
        if len({one.family for one in self.approvals}) < len(self.approvals):
            msg = "一个方案只能有一条审批规定"
            raise InvalidValueError(msg)
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


@dataclass(frozen=True, slots=True)
class SchemeApproval:
    """What holds for the results of a scheme, whatever its version.

    `rule` is what the company said. Where it said nothing, results are approved before pay from
    the day on which one of the scheme was first submitted.
    """

    family: str
    rule: bool | None
    submitted: bool

    @property
    def needed(self) -> bool:
        """Whether pay that rests on these results waits for their approval."""
        return self.submitted if self.rule is None else self.rule


def approval_of(connection: Connection, scheme_id: str) -> SchemeApproval:
    """What holds for the results of a scheme, within a transaction."""
    return _approval(rules_in(connection), _submitted(connection), family_of(scheme_id))


def scheme_approvals(company: Company) -> tuple[tuple[str, SchemeApproval], ...]:
    """The schemes of signed contracts by title, with what holds for the results of each."""
    with company.read() as connection:
        rules, submitted = rules_in(connection), _submitted(connection)
        titles: dict[str, str] = {}
        for scheme, version, other, other_version in schemes_signed(connection):
            pair = (scheme, version), (other, other_version)
            found = contract_scheme(company, connection, *pair)
            titles[family_of(scheme)] = found.title.removesuffix(edition_text(found))
    pairs = sorted((title, family) for family, title in titles.items())
    return tuple((title, _approval(rules, submitted, family)) for title, family in pairs)


def _submitted(connection: Connection) -> frozenset[str]:
    return frozenset(family_of(one) for one in schemes_submitted(connection))


def _approval(rules: ReviewRules, submitted: frozenset[str], family: str) -> SchemeApproval:
    said = {one.family: one.needed for one in rules.approvals}
    return SchemeApproval(family, said.get(family), family in submitted)


def save_review_rules(company: Company, rules: ReviewRules, *, actor: str, today: date) -> Changes:
    """Set the rules; what was filed and submitted before keeps its dates."""
    del today
    with company.change(actor) as work:
        before = rules_in(work.connection)
        if before == rules:
            return Changes.NONE
        save_setting(work.connection, _KEY, rules)
        work.log("review.rules", "settings", before=before, after=rules)
    return Changes.SETTINGS | Changes.APPRAISALS | Changes.PAY
