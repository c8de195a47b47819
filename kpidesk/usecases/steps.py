"""The steps of the year that may wait for somebody, and whom they wait for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Step(StrEnum):
    """What may wait to be done, in the order of the year."""

    PEOPLE = "people"
    TARGETS = "targets"
    DRAW_UP = "draw_up"
    PRINT = "print"
    SIGN = "sign"
    FILE = "file"
    SCORE = "score"
    CHECK = "check"
    FINISH = "finish"
    INTERVIEW = "interview"
    PLAN = "plan"
    PAY = "pay"
    SUBMIT = "submit"
    APPROVE = "approve"
    MEND = "mend"
    CONFIRM = "confirm"
    APPEAL = "appeal"


NEEDS: Final[Mapping[Step, str]] = {
    Step.PEOPLE: "people.add_person",
    Step.TARGETS: "targets.working.save_plan",
    Step.DRAW_UP: "contracts.drafting.draw_up",
    Step.PRINT: "contracts.states.mark_printed",
    Step.SIGN: "contracts.states.sign",
    Step.FILE: "filing.deciding.file_page",
    Step.SCORE: "appraisals.entering.enter",
    Step.CHECK: "appraisals.checking.enter_second",
    Step.FINISH: "appraisals.finishing.finish_scoring",
    Step.INTERVIEW: "appraisals.interviewing.record_interview",
    Step.PLAN: "appraisals.interviewing.record_look",
    Step.PAY: "pay.settling.settle_period",
    Step.SUBMIT: "reviewing.batches.submit",
    Step.APPROVE: "reviewing.batches.decide",
    Step.MEND: "appraisals.finishing.reopen",
    Step.CONFIRM: "reviewing.afterwards.confirm",
    Step.APPEAL: "reviewing.afterwards.dismiss",
}
"""The use case that does what waits: it waits for those whom that is for."""
