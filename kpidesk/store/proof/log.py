"""The audit log, line by line; and what it says of contracts, for the others to be held to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection

from kpidesk.codec import content_hash
from kpidesk.core.payroll.words import plain_periods
from kpidesk.store.audit import AuditHead, rewritten_lines
from kpidesk.store.proof.broken import Broken, Part, told
from kpidesk.store.proof.folded import Folded

_BEGINNING: Final = "0" * 64
_QUERY: Final = (
    "SELECT sequence, CAST(previous AS BLOB), CAST(hash AS BLOB), CAST(at AS BLOB),"
    " CAST(actor AS BLOB), CAST(action AS BLOB), CAST(object AS BLOB), CAST(before AS BLOB),"
    " CAST(after AS BLOB), CAST(reason AS BLOB), CAST(role AS BLOB) FROM audit ORDER BY sequence"
)
_ABOUT: Final = ("appraisal", "batch", "cycle_start", "cycle_end")
_SCHEMES: Final = ("scheme.pin", "scheme.mend", "scheme.publish")
_STATES: Final = ("contract.print", "contract.return", "contract.sign", "contract.void")


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was kept for good: what it is called, whose it is, its hash if logged.

    `by` did it, on the day `on`; an early log does not say on which day.
    """

    document: str
    person: str = ""
    sha256: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """A line on something entered for pay; `person` is empty for the team."""

    scheme: str
    person: str
    actor: str
    reason: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(slots=True)
class Logged:
    """What the log says: lines in all, and of each contract how it was printed and moved."""

    lines: int = 0
    is_whole: bool = True
    facts: list[Entered] = field(default_factory=list)
    lines_paid: list[Entered] = field(default_factory=list)
    """Every figure and every dated line entered for pay, in order."""
    legal: dict[str, Any] | None = None
    """The figures of the law as they were entered last."""
    printed: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    state: dict[int, dict[str, Any]] = field(default_factory=dict)
    reversals: dict[str, Entered] = field(default_factory=dict)
    """Who took a settlement back, why and when, by the number of the settlement."""
    interviews: dict[int, dict[str, Any]] = field(default_factory=dict)
    """What was written down last of each interview, by sheet."""
    looks: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    """Every look at an item of a plan, with its sheet, in order."""
    steps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What each step of a result is about: its sheet, its batch, the days of its cycle."""
    incidents: list[Entered] = field(default_factory=list)
    """Every time that an incident was written down, in order; `scheme` is its number."""
    line_files: list[tuple[str, str, str]] = field(default_factory=list)
    """The files of dated lines, in order: the line, the number of the file, its name."""
    postings: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Every posting of a person that was written down, by its number."""
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Each user as last written down, by number; "seal" is that of the password."""
    kept: dict[tuple[Part, str], Kept] = field(default_factory=dict)
    """What must still be there, by its kind and the key that it is found by."""
    folded: Folded = field(default_factory=Folded)
    """The last word on what may change."""


def check_log(
    connection: Connection, logged: Logged, expected: tuple[int, str] | None = None
) -> Iterator[Broken]:
    """Each line that is not what was written, or is gone.

    `expected` is a head noted elsewhere, as printed: the number of a line and the beginning of
    its hash.
    """
    last, hashes = 0, {_BEGINNING}
    rewritten = rewritten_lines(connection)
    met = expected is None
    for row in connection.exec_driver_sql(_QUERY):
        sequence = row[0]
        previous, digest, *rest, role = (None if one is None else told(one) for one in row[1:])
        line = f"第 {sequence} 条"
        if sequence != last + 1:
            yield Broken(Part.AUDIT, f"第 {last + 1} 条", "这一条不见了")
            hashes, logged.is_whole = {str(previous)}, False
        parts = [previous, sequence, *rest, *filter(None, [role])]
        anew = content_hash(json.dumps(parts, ensure_ascii=False, separators=(",", ":")))
        if anew == rewritten.get(sequence):
            anew = str(digest)
        if anew != digest:
            yield Broken(Part.AUDIT, line, "内容与校验值不符")
        elif previous not in hashes:
            yield Broken(Part.AUDIT, line, "与前一条接不上")
        # Whether this line or its hash was changed, the next one may follow either.
        last, hashes = sequence, {anew, str(digest)}
        if expected is not None and expected[0] == sequence:
            met = str(digest).startswith(expected[1].lower())
            if not met:
                yield Broken(Part.AUDIT, line, f"与记下的日志号 {sequence}-{expected[1]} 不符")
                met = True
        # What a changed line says is not held against the records: it was named already.
        said = rest[5] if anew == digest else None
        _note(logged, rest[1] or "", rest[2] or "", rest[3] or "", said)
        if anew == digest:
            _note_entered(logged, rest)
            logged.folded.note(rest)
        else:
            logged.is_whole = False
    logged.lines = last
    if expected is not None and not met:
        yield Broken(
            Part.AUDIT, f"第 {last + 1} 条", f"日志在这里断了，应至少到第 {expected[0]} 条"
        )


def parse_head(text: str) -> tuple[int, str] | None:
    """A head as printed on paper, 128-1a2b3c4d; None when it is none."""
    number, _, digest = text.strip().partition("-")
    sample = str(AuditHead(1, "0" * 64)).partition("-")[2]
    is_hash = len(digest) == len(sample) and all(one in "0123456789abcdefABCDEF" for one in digest)
    return (int(number), digest) if number.isascii() and number.isdigit() and is_hash else None


def _note(logged: Logged, actor: str, action: str, about: str, after: str | None) -> None:
    """Remember what a line says of a contract's way, and of what was kept for good."""
    kind, _, number = about.partition(":")
    if after is not None:
        _note_kept(logged, actor, action, number, json.loads(after))
        _note_scheme(logged, action, number, after)
        _note_user(logged, action, number, after)
    if action not in _STATES or kind != "contract" or not number.isdigit():
        return
    said = json.loads(after or "{}")
    id_ = int(number)
    if action == "contract.print":
        logged.printed.setdefault(id_, []).append(said)
    logged.state[id_] = said


def _note_kept(logged: Logged, actor: str, action: str, key: str, said: dict[str, Any]) -> None:
    """Remember what must be found in the file from this line on."""
    match action:
        case "contract.draw_up" | "contract.amend":
            logged.kept[Part.REGISTER, key] = Kept(said["number"], said["party_b"]["name"])
        case _ if action.startswith("appraisal."):
            _note_sheet(logged, actor, action, key, said)
        case "pay.settle":
            name = f"第 {key} 次结算（{plain_periods(said['period'])}）"
            logged.kept[Part.PAY, key] = Kept(
                name, sha256=said["sha256"], by=actor, on=said.get("on", "")
            )
        case _ if action.startswith("review.") and "sha256" in said:
            _note_review(logged, actor, action, key, said)
        case "person.posting":
            logged.postings[str(said["id"])] = said
        case "targets.publish":
            _note_plan(logged, actor, key, said)
        case "scan.receive":
            logged.kept[Part.SCAN, key] = Kept(said["name"], sha256=said["sha256"])
        case _:
            pass


def _note_sheet(logged: Logged, actor: str, action: str, key: str, said: dict[str, Any]) -> None:
    """Remember a sheet that was opened or recorded, and what was said about it."""
    match action:
        case "appraisal.open" if "first" in said:
            for number in range(int(said["sheets"])):
                sheet = str(int(said["first"]) + number)
                logged.kept[Part.SHEET, sheet] = Kept(f"第 {sheet} 张评分表")
        case "appraisal.finish":
            count = said["number"]
            logged.kept[Part.RESULT, f"{key}/{count}"] = Kept(
                f"第 {count} 次定分", by=actor, on=said.get("on", "")
            )
        case "appraisal.interview":
            logged.interviews[int(key)] = said
        case "appraisal.plan_look":
            logged.looks.append((int(key), said))
        case _:
            pass


def _note_scheme(logged: Logged, action: str, key: str, after: str) -> None:
    """Remember the very text of a version of a scheme."""
    if action in _SCHEMES:
        said = json.loads(after)
        name = f"{said['title']}（第 {said['version']} 版）"
        logged.kept[Part.SCHEME, key.replace("@", "/")] = Kept(name, sha256=content_hash(after))


def _note_user(logged: Logged, action: str, key: str, after: str) -> None:
    """Remember what a user may do, and the seal of their password."""
    said, kept = json.loads(after), logged.users.get(key, {})
    if action == "user.password":
        logged.users[key] = kept | said
    elif action in ("user.add", "user.edit"):
        logged.users[key] = {"seal": kept.get("seal", ""), **said}


def _note_review(logged: Logged, actor: str, action: str, key: str, said: dict[str, Any]) -> None:
    """Remember a batch that was submitted, or a step of calibration, approval or appeal."""
    is_batch = action == "review.submit"
    name = f"第 {key} 批审批" if is_batch else f"第 {key} 条记录"
    kept = Kept(name, sha256=said["sha256"], by=actor, on=said["on"])
    logged.kept[Part.BATCH if is_batch else Part.REVIEW, key] = kept
    if not is_batch:
        logged.steps[key] = tuple(said.get(one, "") for one in _ABOUT)


def _note_plan(logged: Logged, actor: str, key: str, said: dict[str, Any]) -> None:
    """Remember a target plan that was published."""
    name = f"{said['label']}（第 {said['number']} 次发布）"
    kept = Kept(name, sha256=said["sha256"], by=actor, on=said["on"])
    logged.kept[Part.TARGETS, f"{key}/{said['number']}"] = kept


def _note_entered(logged: Logged, line: Sequence[str | None]) -> None:
    """Remember what was entered for pay, of incidents, and the figures of the law."""
    _, actor, action, about, before, after, reason = line
    if action == "pay.line_files":
        _note_files(logged, (about or "").partition(":")[2], after, actor or "")
    if action == "legal.edit":
        logged.legal = json.loads(after or "null")
    kept = {
        "pay.enter": logged.facts,
        "pay.line": logged.lines_paid,
        "incident.write": logged.incidents,
    }.get(action or "")
    was, is_ = (None if one is None else json.loads(one) for one in (before, after))
    if action == "pay.reverse":
        run = (about or "").partition(":")[2]
        logged.reversals[run] = Entered("", "", actor or "", reason or "", was, is_)
    if kept is None:
        return
    if action == "incident.write":
        for one in (is_ or {}).get("files", ()):
            _note_file(logged, one, actor or "")
    _, scheme, person = (about or "").split(":")
    whose = "" if person == "team" else person
    kept.append(Entered(scheme, whose, actor or "", reason or "", was, is_))


def _note_files(logged: Logged, line: str, after: str | None, actor: str) -> None:
    """Remember which files a dated line has, and that they must be there."""
    for one in json.loads(after or "[]"):
        _note_file(logged, one, actor)
        logged.line_files.append((line, str(one["id"]), one["name"]))


def _note_file(logged: Logged, said: dict[str, Any], actor: str) -> None:
    """Remember a file; whoever names it again has not added it."""
    place = (Part.ATTACHMENT, str(said["id"]))
    by = logged.kept[place].by if place in logged.kept else actor
    logged.kept[place] = Kept(said["name"], sha256=said["sha256"], by=by)


def not_as_done(logged: Logged, part: Part, key: str, by: object, on: object) -> list[str]:
    """Which of who did something and on what day is not what the log says."""
    kept = logged.kept.get((part, key))
    if kept is None:
        return []
    held = (("经办人", kept.by, told(by)), ("日期", kept.on, told(on)))
    return [name for name, said, now in held if said not in ("", now)]


def agrees(logged: Logged, part: Part, key: object, digest: object) -> bool:
    """Whether a hash is the one that the log names, where it names one."""
    kept = logged.kept.get((part, told(key)))
    return kept is None or kept.sha256 == told(digest)
