"""Schemes, recorded scores and settled pay: bodies held to their hashes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, select

from kpidesk.codec import CodecError, from_json
from kpidesk.core.appraisal import Appraisal, AppraisalId, AppraisalState
from kpidesk.core.payroll.words import plain_periods
from kpidesk.store.appraisals import load_appraisal
from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.contracts import Papers
from kpidesk.store.proof.log import Logged, agrees, not_as_done
from kpidesk.store.results import Record
from kpidesk.store.rows import APPRAISALS

_PLAN: Final = (
    "id", "scheme_id", "indicator_scheme_id", "fact", "period_start", "period_end",
)  # fmt: skip


def check_schemes(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Every version of a scheme that was ever used."""
    for id_, version, title, kept, body in raw(
        connection, "schemes", "id", "version", "title", "sha256", "body"
    ):
        name = f"{told(title)}（第 {told(version)} 版）"
        if _hash(body) != told(kept):
            yield Broken(Part.SCHEME, name, "内容与校验值不符")
            continue
        said = json.loads(told(body))
        listed = (told(id_), told(version), told(title))
        if listed != (said["id"], str(said["version"]), said["title"]):
            yield Broken(Part.SCHEME, f"{said['title']}（第 {said['version']} 版）", "登记被改动过")
        if not agrees(logged, Part.SCHEME, f"{told(id_)}/{told(version)}", kept):
            yield Broken(Part.SCHEME, name, "与操作日志不符")


def check_results(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """Every recorded score; and that the sheet it was recorded from still says the same."""
    contracts = dict(_sheets(connection))
    newest: dict[int, tuple[int, str, tuple[str, str]]] = {}
    columns = (
        "appraisal_id", "number", "total", "grade", "scored_by", "scored_on", "sha256", "body",
    )  # fmt: skip
    for sheet, number, total, grade, by, on, kept, body in raw(connection, "results", *columns):
        id_, count = int(told(sheet)), int(told(number))
        contract, cycle = contracts.get(id_, (0, ""))
        which = f"{cycle} 第 {count} 次定分"
        if _hash(body) != told(kept):
            yield papers.broken(contract, Part.RESULT, f"{which}与校验值不符")
            continue
        said = {
            one["name"]: one["value"]
            for one in json.loads(told(body))["results"]
            if one["period"] == "cycle"
        }
        shown = (said.get("total", ""), said.get("grade", ""))
        if count >= newest.get(id_, (0,))[0]:
            newest[id_] = (count, told(body), shown)
        if (told(total), told(grade)) != shown:
            yield papers.broken(contract, Part.RESULT, f"{which}的总分或等级与记录不符")
        if odd := not_as_done(logged, Part.RESULT, f"{id_}/{count}", by, on):
            yield papers.broken(contract, Part.RESULT, f"{which}的{'、'.join(odd)}与操作日志不符")
    listed = dict(_scored(connection))
    for id_, (_, body, shown) in newest.items():
        contract, cycle = contracts.get(id_, (0, ""))
        if not _is_as_recorded(connection, id_, body):
            yield papers.broken(contract, Part.SHEET, f"{cycle} 与定分记录不符")
        elif listed.get(id_, ("0", *shown)) != ("0", *shown):
            yield papers.broken(contract, Part.SHEET, f"{cycle}列出的总分或等级与定分记录不符")


def check_pay(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Every settled pay."""
    titles = {told(id_): told(title) for id_, title in raw(connection, "schemes", "id", "title")}
    names: dict[str, str] = {}
    columns = (
        "id", "sha256", "body", "settled_by", "settled_on",
        "scheme_id", "scheme_version", "period", "cycle_start", "cycle_end",
    )  # fmt: skip
    for id_, kept, body, by, on, *register in raw(connection, "pay_runs", *columns):
        scheme, _, period, *_ = register
        title = titles.get(told(scheme), told(scheme))
        name = f"{title} {plain_periods(told(period))} 第 {told(id_)} 次结算"
        names[told(id_)] = name
        if _hash(body) != told(kept):
            yield Broken(Part.PAY, name, "内容与校验值不符")
            continue
        said = json.loads(told(body))
        inputs, listed = said["inputs"], list(map(told, register))
        of, days = (inputs["scheme"], str(inputs["scheme_version"])), inputs["cycle"]
        if listed != [*of, said["period"], days["start"], days["end"]]:
            yield Broken(Part.PAY, name, "登记与正文不符")
        if odd := not_as_done(logged, Part.PAY, told(id_), by, on):
            yield Broken(Part.PAY, name, f"{'、'.join(odd)}与操作日志不符")
        if not agrees(logged, Part.PAY, id_, kept):
            yield Broken(Part.PAY, name, "与操作日志不符")
    yield from _reversals(connection, logged, names)


def _reversals(
    connection: Connection, logged: Logged, names: Mapping[str, str]
) -> Iterator[Broken]:
    """Each settlement that was taken back: who did it, why and when, against the log."""
    columns = ("run_id", "reason", "reversed_by", "reversed_on")
    rows = raw(connection, "pay_reversals", *columns)
    found = {told(run): list(map(told, said)) for run, *said in rows}
    for run, (reason, by, on) in found.items():
        name = names.get(run, f"第 {run} 次结算")
        said = logged.reversals.get(run)
        if said is None:
            if logged.is_whole:
                yield Broken(Part.PAY, name, "操作日志里没有这次冲销")
            continue
        day = (said.after or {}).get("on", on)  # an early log does not say on which day
        held = (("理由", said.reason, reason), ("经办人", said.actor, by), ("日期", day, on))
        if odd := [what for what, then, now in held if then != now]:
            yield Broken(Part.PAY, name, f"冲销的{'、'.join(odd)}与操作日志不符")
    for run in logged.reversals.keys() - found:
        yield Broken(Part.PAY, names.get(run, f"第 {run} 次结算"), "冲销记录不见了")


def check_legal(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """The figures of the law, held to the log: what they were compared with must not change."""
    rows = {told(key): told(value) for key, value in raw(connection, "settings", "key", "value")}
    kept = rows.get("legal")
    if logged.is_whole and (None if kept is None else json.loads(kept)) != logged.legal:
        yield Broken(Part.LEGAL, "最低工资等参数", "与操作日志不符")


def check_targets(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Every target plan that was published, and that it is found under what it says."""
    keys = {
        told(id_): list(map(told, row)) for id_, *row in raw(connection, "target_plans", *_PLAN)
    }
    columns = ("plan_id", "number", "reason", "published_by", "published_on", "sha256", "body")
    for plan, number, reason, by, on, kept, body in raw(connection, "target_revisions", *columns):
        key = f"{told(plan)}/{told(number)}"
        name = f"第 {told(plan)} 个计划第 {told(number)} 次发布"
        if (known := logged.kept.get((Part.TARGETS, key))) is not None:
            name = known.document
        if _hash(body) != told(kept):
            yield Broken(Part.TARGETS, name, "内容与校验值不符")
            continue
        said = json.loads(told(body))
        days = said["period"]
        of = [said["scheme"], said["indicator_scheme"], said["fact"], days["start"], days["end"]]
        if keys.get(told(plan), of) != of:
            yield Broken(Part.TARGETS, name, "登记与正文不符")
        odd = not_as_done(logged, Part.TARGETS, key, by, on)
        if logged.folded.published.get(key, told(reason)) != told(reason):
            odd.append("理由")
        if odd:
            yield Broken(Part.TARGETS, name, f"{'、'.join(odd)}与操作日志不符")
        if not agrees(logged, Part.TARGETS, key, kept):
            yield Broken(Part.TARGETS, name, "与操作日志不符")


def _is_as_recorded(connection: Connection, id_: int, body: str) -> bool:
    """Whether a recorded sheet holds what it held then; the interview may come later."""
    state = select(APPRAISALS.c.state).where(APPRAISALS.c.id == id_)
    if connection.execute(state).scalar() != AppraisalState.SCORED.value:
        return True
    then = from_json(body, Record).appraisal
    try:
        now = load_appraisal(connection, AppraisalId(id_))
    except (CodecError, UnicodeDecodeError, ValueError, ArithmeticError):
        return False
    return now is not None and _held(now) == _held(then)


def _scored(connection: Connection) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """What lists show of each recorded sheet: what is missing, its total and grade."""
    for id_, state, *shown in raw(
        connection, "appraisals", "id", "state", "missing", "total", "grade"
    ):
        if told(state) == AppraisalState.SCORED.value:
            missing, total, grade = map(told, shown)
            yield int(told(id_)), (missing, total, grade)


def _held(one: Appraisal) -> tuple[object, ...]:
    """What of a sheet may not change once its scores are recorded."""
    lists = (one.entries, one.overrides, one.exemptions, one.raters, one.seconds)
    return (one.contract, one.person, one.cycle, *map(frozenset, lists))


def _sheets(connection: Connection) -> Iterator[tuple[int, tuple[int, str]]]:
    """Of each sheet: its contract, and its cycle by the days."""
    for id_, contract, start in raw(connection, "appraisals", "id", "contract_id", "cycle_start"):
        yield int(told(id_)), (int(told(contract)), f"{told(start)} 起的考核")


def _hash(content: object) -> str:
    return sha256(content if isinstance(content, bytes) else b"").hexdigest()
