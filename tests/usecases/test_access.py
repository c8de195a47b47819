"""Each role tries each use case: it does what the table says, and nothing else."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.sheet_fields import FieldKind, SheetField
from kpidesk.core.users import Role
from kpidesk.store.rows import METADATA
from kpidesk.store.seeing import SEEN
from kpidesk.usecases import appraisals, lists, people
from kpidesk.usecases.access import ACCESS, BEFORE_SIGNING_IN, NotYourRoleError, may
from kpidesk.usecases.appraisals.as_superior import is_superiors
from kpidesk.usecases.company import open_company
from kpidesk.usecases.yearbook.annual import annual_pdf
from kpidesk.usecases.yearbook.scope import Scope
from tests.documents.samples import page_texts
from tests.usecases.role_trials import DEPARTMENT, NAMES, TODAY, YEAR, World, make_world

NEEDS_MORE = {
    "actuals.history.load_history",
    "filing.intake.file_scan",
    "keeping.archiving.export_archive",
    "keeping.comparing.compare",
    "keeping.restoring.note_recovery",
    "keeping.restoring.restore",
    "importing.running.carry_out",
    "importing.running.check",
    "importing.running.offer",
    "mending.adopt_fix",
    "records.records_pdf",
}
"""Tried with nothing in place of what they would be given; refused or not shows before that."""

UNLIKE = {
    "users.signing.unlock",
    "company.backup_now",
    "company.officer_of",
    "damage.damage_behind",
    "inspection_report.report_pdf",
    "keeping.listing.check_backups",
    "keeping.listing.heads_noted",
    "keeping.listing.list_backups",
    "keeping.listing.second_place",
    "keeping.making.close_company",
    "keeping.making.keep",
    "keeping.making.keep_before",
    "keeping.making.newest_kept",
    "keeping.making.set_places",
    "locking.changing.change_password",
    "locking.changing.decrypt",
    "locking.changing.encrypt",
    "locking.changing.renew_code",
    "locking.changing.replace_password",
    "locking.checking.check_secret",
    "locking.checking.how_locked",
    "locking.codes.recovery_sheet",
    "locking.codes.sheet_of_code",
    "locking.copies.encrypt_copies",
    "locking.copies.plain_copies",
    "verifying.look_after_opening",
    "verifying.verify_file",
    "yearbook.dossier.dossier_of",
}
"""They work with a file as a whole, whoever is there, or with what they are given."""


@pytest.fixture(scope="module")
def world(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("试")
    opened = open_company(Path(shutil.copy(sample_file, folder / "公司.kpidesk")))
    yield make_world(opened, folder)
    opened.close()


def is_let_in(world: World, case: str) -> bool:
    """Whether a use case is begun; that it then refuses what it was given is another matter."""
    try:
        world.try_out(case)
    except NotYourRoleError:
        return False
    except KpiDeskError:
        return True
    except AttributeError:
        assert case in NEEDS_MORE
        return True
    return True


@pytest.mark.parametrize("role", [None, *Role])
def test_each_role_may_do_what_the_table_says_and_nothing_else(
    world: World, role: Role | None
) -> None:
    world.sign_in(role)
    cases = {*ACCESS, *BEFORE_SIGNING_IN} - UNLIKE
    tried = {case: is_let_in(world, case) for case in sorted(cases)}
    assert tried == {case: may(role, case) for case in sorted(cases)}


HEADS = sorted(case for case, roles in ACCESS.items() if Role.HEAD in roles)
OF_ONE = ("appraisal", "contract", "person", "ids")
"""Parameters that name a sheet, a contract, somebody, or several of them."""


def asked(case: str) -> Mapping[str, inspect.Parameter]:
    module, _, name = case.rpartition(".")
    found = importlib.import_module(f"kpidesk.usecases.{module}")
    return inspect.signature(getattr(found, name)).parameters


EMPTY = {
    "appraisals.interviewing.carried_on",
    "appraisals.interviewing.plan_of",
    "filing.pictures.sheet_scan",
    "reviewing.history.history",
}
"""What answers with nothing at all about a sheet or somebody that cannot be seen."""

EVERYTHING: dict[str, dict[str, Any]] = {
    "yearbook.annual.annual_record": {"scope": Scope(YEAR)},
    "yearbook.charts.report_year": {"scope": Scope(YEAR)},
}


@pytest.fixture
def others(world: World) -> dict[str, Any]:
    """What belongs to somebody of another department."""
    world.sign_in(Role.OFFICER)
    row = next(one for one in lists.list_appraisals(world.company) if one.person_name == "周启航")
    world.sign_in(Role.HEAD)
    return {"AppraisalId": row.id, "ContractId": row.contract, "PersonId": row.person}


def test_a_head_is_refused_what_is_of_other_people(world: World, others: dict[str, Any]) -> None:
    own, told = dict(world.known), {}
    tried = [case for case in HEADS if any(one in asked(case) for one in OF_ONE)]
    assert len(tried) > 15
    try:
        world.known |= others
        for case in tried:
            with contextlib.suppress(KpiDeskError):
                told[case] = world.try_out(case)
    finally:
        world.known = own
    assert told.keys() <= EMPTY
    assert "周启航" not in repr(told)


def test_a_head_is_told_nothing_of_other_people(world: World) -> None:
    world.sign_in(Role.OFFICER)
    rows = people.list_people(world.company, include_left=True)
    own = {one.person.name for one in rows if one.department_name == DEPARTMENT}
    superiors = {one.superior_name for one in rows if one.person.name in own}
    acting = {NAMES[Role.OFFICER]}  # who wrote it down is told with what was written
    strangers = {one.person.name for one in rows} - own - superiors - acting
    assert len(strangers) == 20
    cases = [
        case
        for case in HEADS
        if case not in UNLIKE
        and not case.startswith("users.")
        and all(
            one.default is not one.empty or name in ("company", "today", "scope")
            for name, one in asked(case).items()
        )
    ]
    seen: dict[Role, dict[str, set[str]]] = {}
    for role in (Role.MANAGER, Role.HEAD):
        world.sign_in(role)
        told = {case: f"{world.try_out(case, **EVERYTHING.get(case, {}))!r}" for case in cases}
        seen[role] = {case: {one for one in strangers if one in told[case]} for case in cases}
    assert sum(map(bool, seen[Role.MANAGER].values())) >= 8  # there is something to hide
    assert not any(seen[Role.HEAD].values()), seen[Role.HEAD]


def test_a_paper_cut_to_a_department_says_so(world: World) -> None:
    scope = Scope(YEAR, today=TODAY)
    told = ((Role.HEAD, f"范围：{DEPARTMENT}", "全公司"), (Role.READER, "全公司", "范围"))
    for role, said, missing in told:
        world.sign_in(role)
        text = "".join("\n".join(page_texts(annual_pdf(world.company, scope))).split())
        assert said in text
        assert missing not in text


def test_a_head_rates_their_own_people_as_their_superior_and_nothing_else(world: World) -> None:
    world.sign_in(Role.OFFICER)
    rows = lists.list_appraisals(world.company)
    own = next(one for one in rows if (one.department, one.state.value) == (DEPARTMENT, "评分中"))
    director = next(one for one in rows if one.person_name == "郑晓岚")
    sheet = appraisals.load_sheet(world.company, own.id)
    judged, counted = _fields(sheet)
    enter = "appraisals.entering.enter"

    world.sign_in(Role.HEAD)
    change = world.try_out(enter, appraisal=own.id, name=judged.fact, value=Decimal(1))
    assert isinstance(change, appraisals.SheetChange)
    assert change.view.appraisal.entries[-1].entered_by == "李㛃"
    new = [appraisals.NewEntry(one.fact, Decimal(1)) for one in (judged, counted)]
    for one in new[1:], new:
        with pytest.raises(NotYourRoleError, match="只填写由上级评的分"):
            world.try_out("appraisals.entering.enter_all", appraisal=own.id, entries=one)
    theirs = {"appraisal": director.id, "value": Decimal(1)}
    with pytest.raises(NotYourRoleError, match="郑晓岚不是您部门的人"):
        world.try_out(enter, **theirs, name="score.团队建设.superior")

    # The director, who leads 客服部, and is rated by the general manager.
    user = world.company.user
    assert user is not None
    led = next(one for one in world.known["departments"] if one.name == "客服部").id
    world.company.works_for(replace(user, department=led, person=director.person))
    with pytest.raises(NotYourRoleError, match="这是您自己的评分表"):
        world.try_out(enter, **theirs, name="score.团队建设.superior")
    # Somebody above, who leads more than that department.
    above = next(one for one in world.known["departments"] if one.name == "营销中心").id
    world.company.works_for(replace(user, department=above, person=None))
    world.try_out(enter, **theirs, name="score.团队建设.superior")
    with pytest.raises(NotYourRoleError, match="只填写由上级评的分"):
        world.try_out(enter, **theirs, name="score.团队建设.self")


def _fields(view: appraisals.SheetView) -> tuple[SheetField, SheetField]:
    """A score that a superior gives, and a figure."""
    fields = [one for row in view.sheet.rows for one in row.fields if not one.agreed]
    judged = next(one for one in fields if is_superiors(view, one))
    return judged, next(one for one in fields if one.kind is FieldKind.NUMBER)


def test_every_table_of_a_file_says_what_a_head_sees_of_it() -> None:
    assert SEEN.keys() == METADATA.tables.keys()
