"""Is every row such as the program writes them? What is not cannot be read, let alone trusted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Column, Connection
from sqlalchemy.types import Boolean, Date, Integer, LargeBinary

from kpidesk.store.proof.broken import Broken, Part
from kpidesk.store.rows import METADATA
from kpidesk.store.types import DecimalText, UtcMoment

_NAMED_AT_MOST: Final = 20
"""Rows of a column that are named; a whole table need not be."""


def check_rows(connection: Connection) -> Iterator[Broken]:
    """Every value of the kind that its column is for, and every row that another one names."""
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Broken(Part.FILE, f"数据表 {table} 第 {row} 行", f"所属的 {parent} 记录不见了")
    for table in METADATA.sorted_tables:
        for column in table.columns:
            found = connection.exec_driver_sql(
                f"SELECT rowid FROM {table.name} WHERE {_is_wrong(column)}"  # noqa: S608 - our own names
                f" LIMIT {_NAMED_AT_MOST}"
            ).scalars()
            for row in found.all():
                where = f"数据表 {table.name} 第 {row} 行"
                yield Broken(Part.FILE, where, f"“{column.name}”的内容读不出来，已被改动或损坏")
    for row in connection.exec_driver_sql("SELECT key FROM settings WHERE NOT json_valid(value)"):
        yield Broken(Part.FILE, f"设置 {row[0]}", "内容读不出来，已被改动或损坏")


def _is_wrong(column: Column[Any]) -> str:
    """The condition under which a value is none that the program writes."""
    name = f'"{column.name}"'
    match column.type:
        case Integer() | Boolean():
            wrong = f"typeof({name}) <> 'integer'"
        case Date():
            wrong = f"typeof({name}) <> 'text' OR date({name}) IS NOT {name}"
        case LargeBinary():
            wrong = f"typeof({name}) <> 'blob'"
        case DecimalText():
            wrong = (
                f"typeof({name}) <> 'text' OR {name} NOT GLOB '*[0-9]' OR {name} GLOB '*[^0-9.-]*'"
            )
        case UtcMoment():
            wrong = f"typeof({name}) <> 'text' OR {name} NOT GLOB '????-??-??T??:??:??.??????Z'"
        case _:
            wrong = f"typeof({name}) <> 'text' OR instr({name}, char(0)) > 0"
    return f"{name} IS NOT NULL AND ({wrong})" if column.nullable else wrong
