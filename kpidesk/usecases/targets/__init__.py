"""Target plans: a year's figures over people and months, before contracts agree on them."""

from kpidesk.store.targets import PlanKey
from kpidesk.usecases.targets.choosing import Indicator, PlanScheme, list_choices
from kpidesk.usecases.targets.loading import (
    PlanDepartment,
    PlanPerson,
    PlanState,
    PlanView,
    last_year,
    load_view,
)
from kpidesk.usecases.targets.pasting import Pasted, read_block, read_figure
from kpidesk.usecases.targets.printing import plan_pdf
from kpidesk.usecases.targets.splitting import (
    LastYear,
    Outcome,
    Shape,
    Share,
    Ways,
    copy_last_year,
    split_plan,
)
from kpidesk.usecases.targets.working import (
    CellChange,
    Past,
    Published,
    bring_drafts,
    give_up,
    history,
    publish,
    save_plan,
    save_season,
    season,
)

__all__ = [
    "CellChange",
    "Indicator",
    "LastYear",
    "Outcome",
    "Past",
    "Pasted",
    "PlanDepartment",
    "PlanKey",
    "PlanPerson",
    "PlanScheme",
    "PlanState",
    "PlanView",
    "Published",
    "Shape",
    "Share",
    "Ways",
    "bring_drafts",
    "copy_last_year",
    "give_up",
    "history",
    "last_year",
    "list_choices",
    "load_view",
    "plan_pdf",
    "publish",
    "read_block",
    "read_figure",
    "save_plan",
    "save_season",
    "season",
    "split_plan",
]
