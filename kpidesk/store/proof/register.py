"""The register (people, departments) and the settings: each held to the last word of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection

from kpidesk.store.proof.broken import Broken, Part, raw, told
from kpidesk.store.proof.folded import Said
from kpidesk.store.proof.log import Logged

_PERSON: Final = {
    "number": ("number", "工号"),
    "name": ("name", "姓名"),
    "department_id": ("department", "部门"),
    "post": ("post", "岗位"),
    "superior_id": ("superior", "直属上级"),
    "hired_on": ("hired_on", "入职日期"),
    "left_on": ("left_on", "离职日期"),
    "anonymised_on": ("anonymised_on", "匿名处理的日期"),
}
"""By column: the name in the log, and what the officer calls it."""
_DEPARTMENT: Final = {"name": ("name", "名称"), "parent_id": ("parent", "上级部门")}
_SETTINGS: Final = {
    "company": "公司信息",
    "review": "校准和审批的规则",
    "targets.season": "月度比例",
    "retention": "离职人员信息的保存期限",
}
Columns = Mapping[str, tuple[str, str]]


def check_register(connection: Connection, logged: Logged) -> Iterator[Broken]:
    """Who and what there is.

    Where the log itself is broken, which is named then, nothing can be held to it.
    """
    if not logged.is_whole:
        return
    folded = logged.folded
    yield from _rows(connection, "people", _PERSON, folded.people, Part.PERSON)
    yield from _rows(connection, "departments", _DEPARTMENT, folded.departments, Part.DEPARTMENT)
    rows = {told(key): told(value) for key, value in raw(connection, "settings", "key", "value")}
    for key, name in _SETTINGS.items():
        if _read(rows.get(key)) != folded.settings.get(key):
            yield Broken(Part.SETTING, name, "与操作日志不符")


def _rows(
    connection: Connection,
    table: str,
    columns: Columns,
    said: Mapping[str, Said | None],
    part: Part,
) -> Iterator[Broken]:
    rows = {told(id_): list(map(told, row)) for id_, *row in raw(connection, table, "id", *columns)}
    for id_, one in said.items():
        if one is None:
            continue
        row = rows.pop(id_, None)
        if row is None:
            yield Broken(part, one["name"], "不见了")
            continue
        odd = [
            word
            for (name, word), value in zip(columns.values(), row, strict=True)
            if value != told(one.get(name))
        ]
        if odd:
            yield Broken(part, one["name"], f"{'、'.join(odd)}与操作日志不符")
    place = list(columns).index("name")
    for row in rows.values():
        yield Broken(part, row[place], "在操作日志里没有")


def _read(text: str | None) -> Any:  # noqa: ANN401 - JSON
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return text
