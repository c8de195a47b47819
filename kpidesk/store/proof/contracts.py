"""Contracts and their papers: the terms, the frozen text, the PDFs, and the chain of seals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from typing import Any, Final

from sqlalchemy import Connection

from kpidesk.store.frozen import BEGINNING, seal_of
from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.log import Logged

COPIES: Final = {"party_a": "甲方存", "party_b": "乙方存"}
_LISTED: Final = (
    ("id", ("id",)),
    ("number", ("number",)),
    ("person_id", ("party_b", "person")),
    ("person_number", ("party_b", "number")),
    ("person_name", ("party_b", "name")),
    ("department", ("party_b", "department")),
    ("post", ("party_b", "post")),
    ("scheme_id", ("scheme",)),
    ("scheme_version", ("scheme_version",)),
    ("indicator_scheme_id", ("indicator_scheme",)),
    ("indicator_scheme_version", ("indicator_scheme_version",)),
    ("role", ("role",)),
    ("term_start", ("term", "start")),
    ("term_end", ("term", "end")),
    ("revision", ("revision",)),
    ("amends_id", ("amends", "contract")),
    ("effective_on", ("amends", "effective_on")),
    ("ended_on", ("amends", "ended_on")),
)
"""Columns that say again what the terms say, and where these say it."""
_WORDS: Final = {
    "id": "序号",
    "number": "编号",
    "person_id": "人员",
    "person_number": "工号",
    "person_name": "姓名",
    "department": "部门",
    "post": "岗位",
    "scheme_id": "方案",
    "scheme_version": "方案版本",
    "indicator_scheme_id": "指标方案",
    "indicator_scheme_version": "指标方案版本",
    "role": "被考核岗位",
    "term_start": "期限开始日",
    "term_end": "期限结束日",
    "revision": "版本",
    "amends_id": "所变更的责任书",
    "effective_on": "生效日期",
    "ended_on": "终止日期",
    "state": "状态",
    "printed_on": "打印日期",
    "signed_on": "签署日期",
}
"""What the officer calls them."""
_AS_DRAFT: Final = {"state": "draft", "printed_on": "", "signed_on": ""}
"""Where a contract stands that was only drawn up."""


@dataclass(slots=True)
class Papers:
    """What is known of each paper: its hash as kept, and as it is."""

    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    kept: dict[tuple[int, int, str], str] = field(default_factory=dict)
    real: dict[tuple[int, int, str], str] = field(default_factory=dict)
    terms: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Of contracts that are out: revision and terms."""

    def broken(self, contract: int, part: Part, problem: str) -> Broken:
        """Something of a contract, named by its number and person."""
        number, person = self.names.get(contract, (f"责任书({contract})", ""))
        return Broken(part, number, problem, person)


def check_contracts(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """The terms of every contract, and that the lists say the same."""
    columns = [name for name, _ in _LISTED]
    hashes: dict[int, str] = {}
    amending: list[tuple[int, int, str]] = []
    more = ("state", "printed_on", "signed_on", "terms", "sha256")
    for row in raw(connection, "contracts", *columns, *more):
        listed = dict(zip((*columns, *more), row, strict=True))
        id_ = int(told(listed["id"]))
        papers.names[id_] = (told(listed["number"]), told(listed["person_name"]))
        terms = told(listed["terms"])
        if _hash(listed["terms"]) != told(listed["sha256"]):
            yield papers.broken(id_, Part.TERMS, "内容与校验值不符")
            continue
        said = json.loads(terms)
        papers.names[id_] = (said["number"], said["party_b"]["name"])
        if odd := [_WORDS[name] for name, path in _LISTED if told(listed[name]) != _at(said, path)]:
            yield papers.broken(id_, Part.REGISTER, f"{'、'.join(odd)}与正文不符")
        yield from _check_state(papers, id_, listed, logged)
        hashes[id_] = told(listed["sha256"])
        if (amends := said.get("amends")) is not None:
            amending.append((id_, amends["contract"], amends["sha256"]))
        if told(listed["state"]) in ("printed", "signed"):
            papers.terms[id_] = (said["revision"], terms)
    for id_, base, changed in amending:
        family = {hashes.get(one) for one, of, _ in amending if of == base and one < id_}
        if changed not in {*family, hashes.get(base)} and base in hashes:
            yield papers.broken(id_, Part.TERMS, "所变更的责任书正文已不是当时的正文")


def check_papers(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """Every PDF that went to the printer."""
    columns = ("contract_id", "revision", "copy", "sha256", "pdf")
    for contract, revision, copy, kept, pdf in raw(connection, "papers", *columns):
        key = (int(told(contract)), int(told(revision)), told(copy))
        papers.kept[key], papers.real[key] = told(kept), _hash(pdf)
        which = f"{COPIES.get(key[2], key[2])}（第 {key[1]} 版）"
        printings = logged.printed.get(key[0], [])
        said = printings[key[1] - 1] if key[1] <= len(printings) else {}
        if papers.kept[key] != papers.real[key]:
            yield papers.broken(key[0], Part.PAPER, f"{which}与校验值不符")
        elif logged.is_whole and (key[1] > len(printings) or key[2] not in COPIES):
            yield papers.broken(key[0], Part.PAPER, f"{which}在操作日志里没有")
        elif said.get(f"paper.{key[2]}", papers.real[key]) != papers.real[key]:
            yield papers.broken(key[0], Part.PAPER, f"{which}与操作日志不符")


def check_frozen(connection: Connection, papers: Papers, logged: Logged) -> Iterator[Broken]:
    """Every frozen text, the seal over it and its papers, and the chain of seals."""
    last, seals = 0, {BEGINNING}
    issued: set[int] = set()
    columns = ("sequence", "contract_id", "revision", "body", "sha256", "previous", "seal")
    rows = (dict(zip(columns, row, strict=True)) for row in raw_by_number(connection, columns))
    for row in rows:
        sequence, id_, revision = (int(told(row[one])) for one in columns[:3])
        kept, real = told(row["sha256"]), _hash(row["body"])
        previous, seal = told(row["previous"]), told(row["seal"])
        if sequence != last + 1:
            yield Broken(Part.SEAL, f"第 {last + 1} 份存档", "这一份不见了")
            seals = {previous}
        issued.add(id_)
        if kept != real:
            yield papers.broken(id_, Part.TERMS, f"第 {revision} 版的存档与校验值不符")
        else:
            yield from _check_body(papers, id_, revision, told(row["body"]))
        yield from _missing(papers, id_, revision)
        anew = _seals(papers, (id_, revision), previous, {kept, real})
        if seal not in anew or previous not in seals:
            yield papers.broken(id_, Part.SEAL, f"第 {revision} 版的封签与存档不符")
        elif logged.is_whole and revision > len(logged.printed.get(id_, ())):
            yield papers.broken(id_, Part.SEAL, f"第 {revision} 版的存档在操作日志里没有")
        elif _logged_seal(logged, id_, revision, seal) != seal:
            yield papers.broken(id_, Part.SEAL, f"第 {revision} 版的封签与操作日志不符")
        last, seals = sequence, {seal, *anew}
    for id_ in papers.terms.keys() - issued:
        yield papers.broken(id_, Part.SEAL, "打印时的存档不见了")


def raw_by_number(connection: Connection, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    """The frozen texts in the order of their sequence: as a number, not as text."""
    return iter(sorted(raw(connection, "frozen", *columns), key=lambda row: int(told(row[0]))))


def _check_state(
    papers: Papers, id_: int, listed: dict[str, object], logged: Logged
) -> Iterator[Broken]:
    """A contract stands where the log says; an early log does not say on which days."""
    said = logged.state.get(id_, _AS_DRAFT)
    for name in ("state", "printed_on", "signed_on"):
        if name in said and said[name] != told(listed[name]):
            yield papers.broken(id_, Part.REGISTER, f"{_WORDS[name]}与操作日志不符")


def _check_body(papers: Papers, id_: int, revision: int, body: str) -> Iterator[Broken]:
    said = json.loads(body)["contract"]
    if (said["id"], said["revision"]) != (id_, revision):
        yield papers.broken(id_, Part.SEAL, "存档所属的责任书被改动过")
    now = papers.terms.get(id_)
    if now is not None and now[0] == revision and json.loads(now[1]) != said:
        yield papers.broken(id_, Part.TERMS, f"与第 {revision} 版打印时的存档不符")


def _missing(papers: Papers, id_: int, revision: int) -> Iterator[Broken]:
    for copy, name in COPIES.items():
        if (id_, revision, copy) not in papers.real:
            yield papers.broken(id_, Part.PAPER, f"{name}（第 {revision} 版）不见了")


def _seals(
    papers: Papers, issue: tuple[int, int], previous: str, bodies: set[str]
) -> frozenset[str]:
    """The seals that the issue may bear: a text or paper changed since is named on its own."""
    sides = [
        {known[(*issue, copy)] for known in (papers.kept, papers.real) if (*issue, copy) in known}
        for copy in COPIES
    ]
    return frozenset(seal_of(previous, body, pdfs) for body, *pdfs in product(bodies, *sides))


def _logged_seal(logged: Logged, id_: int, revision: int, seal: str) -> str:
    printings = logged.printed.get(id_, [])
    said = printings[revision - 1] if revision <= len(printings) else {}
    return str(said.get("seal", seal))  # early printings were not sealed


def _hash(content: object) -> str:
    return sha256(content if isinstance(content, bytes) else b"").hexdigest()


def _at(said: dict[str, Any], path: tuple[str, ...]) -> str:
    value: Any = said
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return str(value or "")
