"""A company file in which every use case can be tried, and something to try each of them with."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kpidesk.core.appraisal import Interview
from kpidesk.core.contract import Copy
from kpidesk.core.copies import CopyState
from kpidesk.core.exemption import Handling
from kpidesk.core.filing import Paper as FiledPaper
from kpidesk.core.filing import PaperKind, ScanPageId
from kpidesk.core.follow_up import FollowUp, Outcome
from kpidesk.core.incident import AttachmentId, IncidentId, Side
from kpidesk.core.people import Department, DepartmentId, Person, PersonId
from kpidesk.core.period import Period
from kpidesk.core.retention import Retention
from kpidesk.core.review.steps import BatchId
from kpidesk.core.users import Role, UserId
from kpidesk.usecases import (
    actuals,
    company,
    contracts,
    editing,
    importing,
    legal,
    lists,
    pay,
    people,
    reviewing,
    targets,
    users,
)
from kpidesk.usecases.issuing import Draft
from kpidesk.usecases.moving import Move
from kpidesk.usecases.progress import Unwatched
from kpidesk.usecases.searching import Sort
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook import archive
from kpidesk.usecases.yearbook.offers import Paper
from kpidesk.usecases.yearbook.scope import Scope

TODAY = date(2026, 1, 5)
YEAR = Period.months(2025, 1, 12)
PASSWORD = "蓝天 白云 2026"  # noqa: S105 - a made-up one
LONG = ("filing.intake.receive_scans", "replaying.replay", "verifying.verify")
WHO: Mapping[str, Any] = {"actor": "苏婉宁", "today": TODAY}
NAMES = {Role.OFFICER: "苏婉宁", Role.MANAGER: "秦岳山", Role.HEAD: "李㛃", Role.READER: "审计"}
DEPARTMENT = "大客户部"


class Cancelled(Unwatched):
    """Long work is begun, which is all that is asked here."""

    cancelled = True


class TakenBackError(Exception):
    """Nothing of a trial stays but what it answered."""

    def __init__(self, made: object) -> None:
        super().__init__()
        self.made = made


@dataclass(slots=True)
class World:
    """The sample company with a user of each role; `person`, `sheet`, `contract` are a clerk's."""

    company: Company
    folder: Path
    department: DepartmentId
    person: PersonId
    users: dict[Role, UserId]
    known: dict[str, Any] = field(default_factory=dict)

    def sign_in(self, role: Role | None) -> None:
        """Work in a role, or in none."""
        seated = None
        if role is not None:
            rows = {one.user.id: one.user for one in self.known["UserRows"]}
            seated = rows[self.users[role]]
        self.company.works_for(seated)

    def try_out(self, case: str, **more: Any) -> object:  # noqa: ANN401 - arguments of any use case
        """Call a use case with what fits its parameters; nothing that it does stays."""
        module, _, name = case.rpartition(".")
        do = getattr(importlib.import_module(f"kpidesk.usecases.{module}"), name)
        given = {key: self.of(case, key, kind) for key, kind in _asked(do)} | more
        seated = self.company.user
        try:
            with self.company.file.together():
                made: object = do(company=self.company, **given)
                raise TakenBackError(made)  # noqa: TRY301 - that is how it is taken back
        except TakenBackError as taken:
            return taken.made
        finally:
            self.company.has_users = True
            self.company.works_for(seated)

    def of(self, case: str, name: str, kind: str) -> Any:  # noqa: ANN401 - whatever a parameter takes
        """Something that fits a parameter."""
        for key in (f"{case}:{name}", name):
            if key in self.known:
                return self.known[key]
        if kind.partition(" | ")[0] == "str":
            return None if "None" in kind else "试一试"
        if kind == "Progress | None":
            return None
        for wrapper in ("Sequence", "Iterable", "Collection", "list"):
            if kind.startswith(f"{wrapper}["):
                inner = kind[len(wrapper) + 1 : -1]
                return [self.known[inner]] if inner in self.known else []
        if kind.startswith("Mapping["):
            return {}
        return self.known[kind.partition(" | ")[0]]


def _asked(do: Callable[..., object]) -> list[tuple[str, str]]:
    """The parameters that must be given, with what is written of their types."""
    return [
        (one.name, str(one.annotation))
        for one in inspect.signature(do).parameters.values()
        if one.name != "company"
        and (one.default is one.empty or one.name in ("actor", "today", "progress"))
    ]


def make_world(opened: Company, folder: Path) -> World:
    """Add a user of each role to the sample company, and look up what to try use cases with."""
    rows = people.list_people(opened)
    clerk = next(one for one in rows if one.person.name == "张䶮").person
    departments = [one.department for one in people.list_departments(opened)]
    department = next(one for one in departments if one.name == DEPARTMENT)
    ids = {}
    head = next(one.person.id for one in rows if one.person.name == NAMES[Role.HEAD])
    for role, name in NAMES.items():
        led: dict[str, Any] = {"department": department.id, "person": head}
        made = users.add_user(
            opened,
            name=name,
            role=role,
            password=PASSWORD,
            **(led if role is Role.HEAD else {}),
            **WHO,
        )
        ids[role] = made.id
    world = World(opened, folder, department.id, clerk.id, ids)
    world.known = _known(world, clerk, department, head) | {"departments": departments}
    return world


def _known(
    world: World,
    clerk: Person,
    department: Department,
    led: PersonId,
) -> dict[str, Any]:
    opened = world.company
    sheet = next(one for one in lists.list_appraisals(opened) if one.person == clerk.id)
    contract = next(one for one in lists.list_contracts(opened) if one.person == clerk.id)
    (draft,) = editing.list_drafts(opened)
    groups = pay.list_groups(opened)
    choice = targets.list_choices(opened, today=TODAY)[0]
    planned = (choice.scheme, choice.indicator_scheme, choice.indicators[0].fact, choice.usual)
    key = targets.PlanKey(*planned)
    book = actuals.list_books(opened)[0].ref
    kind = next(iter(importing.Kind))
    scope = Scope(YEAR, people=frozenset([clerk.id]))
    rows = users.list_users(opened)
    filed = FiledPaper(PaperKind.CONTRACT, contract.id, 1, Copy.PARTY_A)
    scan, scheme_file = world.folder / "扫描.pdf", world.folder / "方案.toml"
    scan.write_bytes(contracts.contract_pdf(opened, contract.id))
    scheme_file.write_text(editing.toml_of(editing.load_draft(opened, draft.id).scheme), "utf-8")
    return {
        "actor": "苏婉宁",
        "by": "秦岳山",
        "contracts.batches.contracts_file:path": world.folder / "责任书.pdf",
        "draft": draft.id,
        "issuing.issue:draft": Draft(PaperKind.ANNUAL, "试", YEAR, "0" * 64),
        "editing.import_draft:path": scheme_file,
        "filing.intake.receive_scans:paths": [scan],
        "folder": world.folder,
        "new": "brown-fox-11",
        "old": PASSWORD,
        "password": PASSWORD,
        "period": "2025Q1",
        **{f"{case}:progress": Cancelled() for case in LONG},
        "reviewing.calibrating.calibrate:moves": [reviewing.Move(sheet.id, Decimal(1), "试")],
        "scheme_id": "account-manager-kpi",
        "AppraisalId": sheet.id,
        "AppraisalRow": sheet,
        "AttachmentId": AttachmentId(1),
        "BatchId": BatchId(1),
        "CompanyProfile": company.company_profile(opened),
        "Contract": contracts.load_contract(opened, contract.id).contract,
        "ContractId": contract.id,
        "ContractRow": contract,
        "BookRef": book,
        "Move": Move(clerk.id, TODAY, department.id, "试", None),
        "Copy": Copy.PARTY_A,
        "CopyState": CopyState.WAITING,
        "Decimal": Decimal(1),
        "Department": department,
        "DepartmentId": department.id,
        "Destination": importing.list_destinations(opened, kind, today=TODAY)[0],
        "File": archive.files(opened, Scope(YEAR, people=frozenset([led])))[0],
        "FactValue": Decimal(1),
        "GroupRef": groups[0].ref,
        "Handling": Handling.FULL,
        "Actual": None,
        "BackupRow": None,
        "Path": None,
        "damaged": None,
        "Fix": None,
        "FollowUp": FollowUp("试", Outcome.DONE, "试", TODAY),
        "Interview": Interview(),
        "Order": None,
        "ScanRead": None,
        "Sheet": None,
        "IncidentId": IncidentId(4),
        "Kind": kind,
        "Retention": Retention(3, "办法"),
        "LegalSettings": legal.load_legal(opened),
        "Period": sheet.cycle,
        "Person": clerk,
        "PersonId": clerk.id,
        "PlanKey": key,
        "ReviewRules": reviewing.review_rules(opened),
        "Role": Role.READER,
        "ScanPageId": ScanPageId(1),
        "Scheme": editing.load_draft(opened, draft.id).scheme,
        "Scope": scope,
        "Season": targets.season(opened),
        "Side": Side.GOOD,
        "Sort": Sort.PERSON,
        "TargetPlan": targets.load_view(opened, key).plan,
        "TrialGroup": pay.trial_groups(opened)[0],
        "User": rows[-1].user,
        "UserId": rows[-1].user.id,
        "UserRows": rows,
        "bool": False,
        "bytes": b"%PDF-1.4",
        "date": TODAY,
        "int": 1,
        "Paper": Paper.ANNUAL,
        "filing.deciding.file_page:paper": filed,
        "filing.deciding.total_pages:paper": filed,
        "filing.pictures.filed_pictures:paper": filed,
    }
