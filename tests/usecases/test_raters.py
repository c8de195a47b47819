"""Who rated, what was typed twice, and what is exempt: refused, kept, held to the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kpidesk.core.appraisal import AppraisalId, Entry
from kpidesk.core.errors import InvalidValueError, KpiDeskError, NotAllowedError
from kpidesk.core.exemption import Handling
from kpidesk.core.facts import FactValue
from kpidesk.core.people import PersonId
from kpidesk.core.rating import RaterNames
from kpidesk.core.second_entry import DoubleEntry
from kpidesk.core.users import Role
from kpidesk.store.errors import GuardedRecordError
from kpidesk.usecases import appraisals, company, home, people, results, users
from kpidesk.usecases.appraisals import Comparison, SheetState
from kpidesk.usecases.progress import Unwatched
from kpidesk.usecases.verifying import Part, verify
from tests.usecases.office import YEAR, Office, monthly

_SHARES = (
    ("rater_weight.peer", Decimal(30)),
    ("rater_weight.self", Decimal(20)),
    ("rater_weight.superior", Decimal(50)),
)
_PASSWORD = "蓝天 白云 2026"  # noqa: S105 - a made-up one
_PEERS = "score.团队建设.peer"


@pytest.fixture
def sheet(office: Office) -> AppraisalId:
    """January of the manager."""
    return office.sign(office.draft())[0]


@pytest.fixture
def year(office: Office) -> AppraisalId:
    """The year of a director whom three kinds of raters rate."""
    terms = {
        "people": [office.manager],
        "scheme": "director-annual",
        "role": "director",
        "term": YEAR,
        "settings": dict(_SHARES),
        "targets": [monthly("target.销售额达成率", "销售额目标", "万元", 1200)],
    }
    return office.sign(office.draft(**terms))[0]


class Impatient(Unwatched):
    """Cancels after some steps."""

    def __init__(self, patience: int) -> None:
        self.patience = patience

    def step(self, done: int, total: int, text: str = "") -> None:
        super().step(done, total, text)
        self.cancelled = done >= self.patience


def entry(office: Office, sheet: AppraisalId, name: str) -> Entry:
    entries = appraisals.load_sheet(office.company, sheet).appraisal.entries
    return next(one for one in entries if one.name == name)


def name_peers(office: Office, sheet: AppraisalId, *names: str) -> None:
    raters = [RaterNames("peer", names)]
    appraisals.name_raters(office.company, sheet, raters=raters, **office.who)


def type_again(  # noqa: PLR0917 - a value and where it stands
    office: Office,
    sheet: AppraisalId,
    name: str,
    value: FactValue | None,
    typist: str = "赵六",
    period: str = "cycle",
) -> None:
    appraisals.enter_second(
        office.company, sheet, name=name, value=value, period=period, typist=typist, **office.who
    )


def compared(office: Office, sheet: AppraisalId) -> Comparison:
    return appraisals.look_at(office.company, sheet, stage=None, second=False)[1]


def want(office: Office, mode: DoubleEntry) -> None:
    profile = company.company_profile(office.company)
    company.save_profile(office.company, replace(profile, double_entry=mode), **office.who)


# --- who rated


def test_every_score_is_kept_with_who_gave_it(office: Office, year: AppraisalId) -> None:
    office.enter(year, "score.团队建设.self", Decimal(90))
    office.enter(year, "score.团队建设.superior", Decimal(80))
    office.enter(year, _PEERS, (Decimal(85), Decimal(75)))
    assert entry(office, year, "score.团队建设.self").rated_by == ("𫖯𬭎𠮷",)
    assert entry(office, year, "score.团队建设.superior").rated_by == ("䶮㛃",)
    assert entry(office, year, _PEERS).rated_by == ()
    name_peers(office, year, "张三", "李四")
    peers = entry(office, year, _PEERS)
    assert peers.rated_by == ("张三", "李四")
    assert peers.origin.source == "2 人评分（不记名）"
    assert entry(office, year, "score.团队建设.self").origin.source == "𫖯𬭎𠮷评分"
    shown = appraisals.load_sheet(office.company, year)
    assert [(one.rater, one.names) for one in appraisals.rater_kinds(shown)] == [
        ("self", ("𫖯𬭎𠮷",)), ("peer", ("张三", "李四")), ("superior", ("䶮㛃",)),
    ]  # fmt: skip


def test_one_peer_is_not_named_either(office: Office, year: AppraisalId) -> None:
    name_peers(office, year, "张三")
    office.enter(year, _PEERS, Decimal(85))
    assert entry(office, year, _PEERS).origin.source == "1 人评分（不记名）"


def test_as_many_scores_are_typed_as_raters_are_named(office: Office, year: AppraisalId) -> None:
    name_peers(office, year, "张三", "李四", "王五")
    with pytest.raises(InvalidValueError, match="登记了 3 位考核人，填了 2 个分数"):
        office.enter(year, _PEERS, (Decimal(85), Decimal(75)))
    office.enter(year, _PEERS, (Decimal(85), Decimal(75), Decimal(95)))
    with pytest.raises(NotAllowedError, match="已填 3 个分数，与 2 位考核人不符"):
        name_peers(office, year, "张三", "李四")
    assert entry(office, year, _PEERS).rated_by == ("张三", "李四", "王五")


@pytest.mark.parametrize(
    ("names", "said"),
    [(("张三", "张三"), "填了两次"), (("张三", ""), "不能为空"), (("𫖯𬭎𠮷",), "是被考核人本人")],
)
def test_raters_who_cannot_be_are_refused(
    office: Office, year: AppraisalId, names: tuple[str, ...], said: str
) -> None:
    with pytest.raises(KpiDeskError, match=said):
        name_peers(office, year, *names)


def test_where_no_kinds_rate_it_is_the_superior(office: Office, sheet: AppraisalId) -> None:
    office.enter(sheet, "score.团队协作", Decimal(8))
    office.enter(sheet, "late_times", Decimal(0))
    assert entry(office, sheet, "score.团队协作").rated_by == ("䶮㛃",)
    assert entry(office, sheet, "late_times").rated_by == ()
    (kind,) = appraisals.rater_kinds(appraisals.load_sheet(office.company, sheet))
    assert (kind.rater, kind.label, kind.names) == ("", "考核人", ("䶮㛃",))


# --- typed twice


def test_a_sheet_is_typed_again_blind_and_differences_are_settled(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    want(office, DoubleEntry.ANYBODY)
    office.complete(sheet)
    assert len(compared(office, sheet).waiting) == len(
        appraisals.load_sheet(office.company, sheet).appraisal.entries
    )
    with pytest.raises(NotAllowedError, match=r"还有 \d+ 项没有第二次录入"):
        appraisals.finish_scoring(office.company, sheet, **who)
    blind, _ = appraisals.look_at(office.company, sheet, stage=None, second=True)
    assert all(f.value is None for row in blind.sheet.rows for f in row.fields if not f.agreed)
    for one in appraisals.load_sheet(office.company, sheet).appraisal.entries:
        wrong = one.name in ("sales", "late_times")
        value = Decimal(7) if wrong else one.value
        type_again(office, sheet, one.name, value, period=one.period)
    found = compared(office, sheet)
    assert (found.waiting, len(found.differences)) == ((), 2)
    with pytest.raises(NotAllowedError, match="2 项两次录入不一致"):
        appraisals.finish_scoring(office.company, sheet, **who)

    def settle(name: str, *, take_second: bool, reason: str = "核对原件") -> None:
        appraisals.settle_difference(
            office.company, sheet, name=name, take_second=take_second, reason=reason, **who
        )

    with pytest.raises(NotAllowedError, match="核对的依据"):
        settle("sales", take_second=False, reason=" ")
    settle("sales", take_second=False)
    settle("late_times", take_second=True)
    with pytest.raises(InvalidValueError, match="没有不一致"):
        settle("sales", take_second=False)
    assert compared(office, sheet).is_settled
    assert entry(office, sheet, "sales").value == Decimal(120)
    assert entry(office, sheet, "late_times").value == Decimal(7)
    seconds = appraisals.load_sheet(office.company, sheet).appraisal.seconds
    notes = [one.note for one in seconds if one.note]
    assert notes == [
        "第一次 0（王芳），第二次 7（赵六），以第二次为准：核对原件（王芳）",
        "第一次 120（王芳），第二次 7（赵六），以第一次为准：核对原件（王芳）",
    ]
    appraisals.finish_scoring(office.company, sheet, **who)
    assert verify(office.company).broken == ()
    assert appraisals.filled_sheet_pdf(office.company, sheet).startswith(b"%PDF")
    assert results.report_pdf(office.company, sheet).startswith(b"%PDF")


def test_another_person_types_it_where_the_company_wants_two(
    office: Office, sheet: AppraisalId
) -> None:
    office.enter(sheet, "sales", Decimal(120))
    type_again(office, sheet, "sales", Decimal(120), typist="王芳")
    want(office, DoubleEntry.ANOTHER)
    assert len(compared(office, sheet).waiting) == 1
    with pytest.raises(NotAllowedError, match="第二次请由另一个人录入"):
        type_again(office, sheet, "sales", Decimal(121), typist="王芳")
    type_again(office, sheet, "sales", None)
    type_again(office, sheet, "sales", Decimal(120))
    assert compared(office, sheet).is_settled


def test_what_was_typed_the_second_time_only_is_a_difference(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    type_again(office, sheet, "sales", Decimal(120))
    type_again(office, sheet, "late_times", Decimal(1))
    with pytest.raises(InvalidValueError, match="应在 0 到 10 分之间"):
        type_again(office, sheet, "score.团队协作", Decimal(11))
    assert len(compared(office, sheet).differences) == 2
    for name, takes in (("sales", True), ("late_times", False)):
        appraisals.settle_difference(
            office.company, sheet, name=name, take_second=takes, reason="原件", **who
        )
    assert compared(office, sheet).is_settled
    stored = appraisals.load_sheet(office.company, sheet).appraisal
    assert [one.name for one in stored.entries] == ["sales"]
    assert [one.name for one in stored.seconds] == ["sales"]


# --- exempt


def test_an_exempt_indicator_comes_back_and_asks_for_nothing(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    office.complete(sheet)
    office.enter(sheet, "score.团队协作", Decimal(0))

    def exempt(indicator: str, handling: Handling) -> None:
        appraisals.exempt(
            office.company, sheet, indicator=indicator, handling=handling, reason="产假", **who
        )

    with pytest.raises(InvalidValueError, match="没有指标“胡说”"):
        exempt("胡说", Handling.FULL)
    exempt("团队协作", Handling.FULL)
    view = appraisals.load_sheet(office.company, sheet)
    (made,) = view.appraisal.exemptions
    assert (made.handling, made.reason, made.entered_by) == (Handling.FULL, "产假", "王芳")
    assert view.sheet.total is not None
    assert view.sheet.total.text == "73.00"
    with pytest.raises(NotAllowedError, match="已免考核，不需要填写"):
        office.enter(sheet, "score.团队协作", Decimal(5))
    assert appraisals.blank_sheet_pdf(office.company, sheet).startswith(b"%PDF")
    assert results.report_pdf(office.company, sheet).startswith(b"%PDF")
    appraisals.finish_scoring(office.company, sheet, **who)
    assert verify(office.company).broken == ()
    with pytest.raises(GuardedRecordError), office.company.change("某人") as work:
        work.connection.exec_driver_sql("DELETE FROM appraisal_exemptions")
    with office.company.change("某人") as work:
        work.connection.exec_driver_sql("DROP TRIGGER appraisal_exemptions_update_while_open")
        work.connection.exec_driver_sql("UPDATE appraisal_exemptions SET reason = '病假'")
    assert Part.SHEET in {one.part for one in verify(office.company).broken}


def test_an_exemption_is_taken_back_and_the_old_score_counts_again(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    office.complete(sheet)
    before = appraisals.load_sheet(office.company, sheet).sheet.total
    appraisals.exempt(
        office.company,
        sheet,
        indicator="团队协作",
        handling=Handling.OUTSIDE,
        reason="产假",
        **who,
    )
    change = appraisals.appraise_again(office.company, sheet, indicator="团队协作", **who)
    assert change.view.sheet.total == before
    again = appraisals.appraise_again(office.company, sheet, indicator="团队协作", **who)
    assert not again.changes


def test_the_last_indicator_cannot_spread_its_weight(
    office: Office, sheet: AppraisalId, who: dict[str, Any]
) -> None:
    leaves = [one.name for one in appraisals.load_sheet(office.company, sheet).scheme.leaves()]

    def exempt(indicator: str) -> None:
        appraisals.exempt(
            office.company,
            sheet,
            indicator=indicator,
            handling=Handling.SPREAD,
            reason="长病假",
            **who,
        )

    for one in leaves[:-1]:
        exempt(one)
    with pytest.raises(NotAllowedError, match="没有可以分摊权重的指标"):
        exempt(leaves[-1])


# --- many at once


def test_raters_of_many_sheets_are_named_at_once_and_nobody_rates_oneself(
    office: Office, year: AppraisalId
) -> None:
    other = office.sign(
        office.draft(
            people=[office.director],
            scheme="director-annual",
            role="director",
            settings=dict(_SHARES),
            targets=[monthly("target.销售额达成率", "销售额目标", "万元", 1200)],
        )
    )[0]
    sheets = appraisals.rater_sheets(office.company, [year, other, AppraisalId(999)])
    names = [one.row.person_name for one in sheets]
    kinds = [(kind.rater, kind.fixed) for kind in sheets[0].kinds]
    assert ("self", True) in kinds
    assert ("peer", False) in kinds
    peers = (RaterNames("peer", ("张三", *names)),)
    made = appraisals.name_raters_of(
        office.company, raters=dict.fromkeys((year, other), peers), **office.who
    )
    assert made.named == (year, other)
    found = appraisals.rater_sheets(office.company, [year, other])
    peers_of = {
        one.row.person_name: kind.names
        for one in found
        for kind in one.kinds
        if kind.rater == "peer"
    }
    assert peers_of == {names[0]: ("张三", names[1]), names[1]: ("张三", names[0])}
    again = appraisals.name_raters_of(
        office.company, raters=dict.fromkeys((year, other), peers), **office.who
    )
    assert (again.named, again.skipped) == ((), ())


def test_a_sheet_that_cannot_take_the_raters_is_told_of_and_the_others_do(
    office: Office, year: AppraisalId
) -> None:
    office.enter(year, _PEERS, (Decimal(80), Decimal(85)))
    january = office.sign(office.draft())[0]
    one = (RaterNames("peer", ("张三",)),)
    made = appraisals.name_raters_of(
        office.company, raters={year: one, january: (RaterNames("", ("张三",)),)}, **office.who
    )
    assert made.named == (january,)
    [(who, why)] = made.skipped
    assert "2026" in who
    assert "与 1 位考核人不符" in why
    assert verify(office.company).broken == ()


def test_raters_of_the_cycle_before_are_carried_on_and_cancelling_keeps_nothing(
    office: Office,
) -> None:
    january, february, march = office.sign(office.draft())[:3]
    raters = [RaterNames("", ("张三", "李四"))]
    appraisals.name_raters(office.company, january, raters=raters, **office.who)
    first, second, third = appraisals.rater_sheets(office.company, [january, february, march])
    assert first.earlier == ()
    assert second.earlier == third.earlier == tuple(raters)
    wanted = {one.row.id: one.earlier for one in (second, third)}
    stopped = appraisals.name_raters_of(
        office.company, raters=wanted, progress=Impatient(1), **office.who
    )
    assert stopped.cancelled
    assert appraisals.rater_sheets(office.company, [february])[0].kinds[0].names != ("张三", "李四")
    assert appraisals.rater_sheets(office.company, [february], progress=Impatient(0)) == ()
    appraisals.name_raters_of(office.company, raters=wanted, **office.who)
    assert appraisals.rater_sheets(office.company, [march])[0].kinds[0].names == ("张三", "李四")


# --- each one's superior, and the head of each one's department


def test_each_one_has_the_superior_of_the_day_and_the_head_of_their_department(
    office: Office, who: dict[str, Any]
) -> None:
    rows = {one.person.name: one.person for one in people.list_people(office.company)}
    director, manager = rows["䶮㛃"], rows["𫖯𬭎𠮷"]

    def add(name: str, number: str, superior: PersonId | None, department: str = "") -> PersonId:
        where = office.department
        if department:
            where = people.add_department(office.company, name=department, **who).id
        return people.add_person(
            office.company,
            number=number,
            name=name,
            department=where,
            post="专员",
            superior=superior,
            **who,
        ).id

    boss = add("钱总", "100", None, "总经办")
    people.edit_person(office.company, replace(director, superior=boss), **who)
    clerk = add("孙专员", "101", manager.id)
    day = date(2026, 3, 31)

    def led(person: PersonId, on: date = day) -> tuple[str, str]:
        _, leaders = appraisals.rater_choices(office.company, person, on)
        return leaders.superior, leaders.head

    assert led(clerk) == ("𫖯𬭎𠮷", "䶮㛃")
    assert led(manager.id) == ("䶮㛃", "䶮㛃")
    assert led(director.id) == ("钱总", "钱总")
    assert led(boss) == ("", "")
    # Under somebody else from April on: March stays with who it was.
    moved = replace(rows["𫖯𬭎𠮷"], superior=boss)
    april = {**who, "today": date(2026, 4, 1)}
    people.edit_person(office.company, moved, since=date(2026, 4, 1), **april)
    assert led(manager.id)[0] == "䶮㛃"
    assert led(manager.id, date(2026, 4, 30))[0] == "钱总"
    # A user who heads the department is its head, whoever stands above in the register.
    users.add_user(
        office.company, name="王芳", role=Role.OFFICER, password=_PASSWORD, **who
    )  # the first
    users.add_user(
        office.company,
        name="带队",
        role=Role.HEAD,
        password=_PASSWORD,
        department=office.department,
        person=clerk,
        **who,
    )
    assert led(director.id)[1] == "孙专员"
    assert led(clerk)[1] == "𫖯𬭎𠮷"
    # Who has left rates nobody.
    people.leave_person(office.company, boss, last_day=date(2026, 3, 1), **who)
    _, leaders = appraisals.rater_choices(office.company, director.id, day)
    assert leaders.superior == ""
    with pytest.raises(InvalidValueError, match="䶮㛃没有登记在职的上级，不知道“上级”是谁"):
        leaders.names((appraisals.SUPERIOR,))
    with pytest.raises(InvalidValueError, match="只写了䶮㛃本人"):
        leaders.names(("䶮㛃",))
    assert leaders.names((appraisals.HEAD, "孙专员", "䶮㛃", "外聘")) == ("孙专员", "外聘")


# --- the list knows what waits to be typed again


def test_the_list_says_what_waits_for_the_second_entry(office: Office, sheet: AppraisalId) -> None:
    def state() -> SheetState:
        rows = appraisals.list_appraisals(office.company)
        return next(one.state for one in rows if one.id == sheet)

    office.complete(sheet)
    assert state() is SheetState.READY
    want(office, DoubleEntry.ANYBODY)
    assert state() is SheetState.CHECKING
    entries = appraisals.load_sheet(office.company, sheet).appraisal.entries
    for one in entries:
        type_again(office, sheet, one.name, one.value, period=one.period)
    assert compared(office, sheet).is_settled
    assert state() is SheetState.READY
    first = entries[0]
    type_again(office, sheet, first.name, None, period=first.period)
    assert state() is SheetState.CHECKING
    type_again(office, sheet, first.name, first.value, period=first.period)
    want(office, DoubleEntry.ANOTHER)
    assert state() is SheetState.READY
    for one in entries:
        assert one.entered_by != "赵六"
    assert {one.step for one in home.overview(office.company, today=date(2026, 3, 2)).todos} >= {
        home.Step.FINISH
    }
    want(office, DoubleEntry.ANYBODY)
    type_again(office, sheet, first.name, None, period=first.period)
    todo = next(
        one
        for one in home.overview(office.company, today=date(2026, 3, 2)).todos
        if one.step is home.Step.CHECK
    )
    assert (todo.count, todo.ids) == (1, (sheet,))
