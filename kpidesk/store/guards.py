"""Triggers that keep in the file itself what may not be changed, whoever opens it."""

from __future__ import annotations

from typing import Final

_FROZEN_WHEN_PRINTED: Final = (
    "id", "number", "person_id", "person_number", "person_name", "department", "post", "scheme_id",
    "scheme_version", "indicator_scheme_id", "indicator_scheme_version", "role", "term_start",
    "term_end", "revision", "printed_on", "terms", "sha256",
)  # fmt: skip


def _refuse(name: str, table: str, event: str, why: str, when: str = "") -> tuple[str, str]:
    condition = f"WHEN {when} " if when else ""
    return name, (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )


def _append_only(table: str, why: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        _refuse(f"{table}_no_{event.lower()}", table, event, why) for event in ("UPDATE", "DELETE")
    )


def _while_open(table: str) -> tuple[tuple[str, str], ...]:
    """An entry may come, change and go only while its sheet is open."""
    return tuple(
        _refuse(
            f"{table}_{event.lower()}_while_open",
            table,
            event,
            "评分表已经定分",
            f"(SELECT state FROM appraisals WHERE id = {row}.appraisal_id) <> 'open'",  # noqa: S608 - our own words
        )
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    )


GUARDS: Final[dict[str, str]] = dict(
    (
        *_append_only("audit", "操作日志只能追加"),
        *_append_only("schemes", "考核方案的版本一经使用不能改动"),
        *_append_only("results", "定分记录只能追加"),
        *_append_only("papers", "打印存档不能改动"),
        *_append_only("pay_facts", "薪酬数据只能追加"),
        *_append_only("pay_lines", "薪酬事项只能追加"),
        *_append_only("pay_runs", "已结算的薪酬不能改动"),
        *_append_only("pay_reversals", "冲销记录只能追加"),
        *_append_only("account_entries", "台账只能追加"),
        _refuse("contracts_no_delete", "contracts", "DELETE", "责任书不能删除，只能作废"),
        _refuse(
            "contracts_closed",
            "contracts",
            "UPDATE",
            "已签署或已作废的责任书不能改动",
            "OLD.state IN ('signed', 'void')",
        ),
        _refuse(
            "contracts_printed",
            "contracts",
            "UPDATE",
            "已打印的责任书须先退回草稿再改",
            "OLD.state = 'printed' AND NEW.state <> 'draft' AND NOT ("
            + " AND ".join(f"OLD.{one} IS NEW.{one}" for one in _FROZEN_WHEN_PRINTED)
            + ")",
        ),
        _refuse("appraisals_no_delete", "appraisals", "DELETE", "评分表不能删除"),
        *_while_open("appraisal_entries"),
        *_while_open("appraisal_overrides"),
    )
)
"""Name → the SQL that makes it, as the newest version of the file has them."""
