"""Pay: figures entered, computed, settled period by period, corrected, printed."""

from __future__ import annotations

from kpidesk.store.pay_facts import PayLine
from kpidesk.usecases.pay.approving import stands_at
from kpidesk.usecases.pay.entering import (
    Entered,
    LineEntered,
    NewFact,
    enter_facts,
    enter_line,
    strike_line,
)
from kpidesk.usecases.pay.gathering import UNRECORDED, GroupRef, ref_of
from kpidesk.usecases.pay.line_files import enter_line_with_files
from kpidesk.usecases.pay.locating import (
    ContractPlace,
    FieldPlace,
    LinePlace,
    Place,
    Places,
    SheetPlace,
)
from kpidesk.usecases.pay.overview import RunOverview, line_title, overview_of
from kpidesk.usecases.pay.payroll_table import payroll_workbook
from kpidesk.usecases.pay.printing import statements_pdf
from kpidesk.usecases.pay.settling import reverse_settlement, settle_period
from kpidesk.usecases.pay.standing import PayState, PersonPay, headcount
from kpidesk.usecases.pay.viewing import (
    GroupRow,
    PayView,
    Statement,
    find_statement,
    list_groups,
    load_pay,
)
from kpidesk.usecases.pay.what_if import (
    Situation,
    Trial,
    TrialGroup,
    load_situation,
    trial_groups,
    try_out,
)
from kpidesk.usecases.pay.words import period_text, plain_periods, with_name

__all__ = [
    "UNRECORDED",
    "ContractPlace",
    "Entered",
    "FieldPlace",
    "GroupRef",
    "GroupRow",
    "LineEntered",
    "LinePlace",
    "NewFact",
    "PayLine",
    "PayState",
    "PayView",
    "PersonPay",
    "Place",
    "Places",
    "RunOverview",
    "SheetPlace",
    "Situation",
    "Statement",
    "Trial",
    "TrialGroup",
    "enter_facts",
    "enter_line",
    "enter_line_with_files",
    "find_statement",
    "headcount",
    "line_title",
    "list_groups",
    "load_pay",
    "load_situation",
    "overview_of",
    "payroll_workbook",
    "period_text",
    "plain_periods",
    "ref_of",
    "reverse_settlement",
    "settle_period",
    "stands_at",
    "statements_pdf",
    "strike_line",
    "trial_groups",
    "try_out",
    "with_name",
]
