"""Triggers that keep in the file itself what may not be changed, whoever opens it."""

from __future__ import annotations

from typing import Final

_FROZEN_WHEN_PRINTED: Final = (
    "id", "number", "person_id", "person_number", "person_name", "department", "post", "scheme_id",
    "scheme_version", "indicator_scheme_id", "indicator_scheme_version", "role", "term_start",
    "term_end", "revision", "printed_on", "terms", "sha256", "amends_id", "effective_on",
    "ended_on",
)  # fmt: skip

_READ: Final = ("id", "scan_id", "sheet", "half", "turn", "codes")


def _refuse(name: str, table: str, event: str, why: str, when: str = "") -> tuple[str, str]:
    condition = f"WHEN {when} " if when else ""
    return name, (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )


def _append_only(table: str, why: str, *keys: str) -> tuple[tuple[str, str], ...]:
    """Nothing changes or goes; nor is it replaced, each of `keys` being what a row is found by."""
    return (
        *(_refuse(f"{table}_no_{one.lower()}", table, one, why) for one in ("UPDATE", "DELETE")),
        _not_replaced(table, why, *keys),
    )


def _not_replaced(table: str, why: str, *keys: str) -> tuple[str, str]:
    """INSERT OR REPLACE deletes the old row without telling the triggers, unless asked to."""
    taken = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key.split()) + ")"
        for key in keys
    )
    when = f"EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608 - our own words
    return _refuse(f"{table}_no_replace", table, "INSERT", why, when)


def _while_open(table: str) -> tuple[tuple[str, str], ...]:
    """An entry may come, change and go only while its sheet is open."""
    return tuple(
        _refuse(
            f"{table}_{event.lower()}_while_open",
            table,
            event,
            "评分表已经定分",
            f"EXISTS (SELECT 1 FROM appraisals WHERE id IN ({rows}) AND state <> 'open')",  # noqa: S608 - our own words
        )
        for event, rows in (
            ("INSERT", "NEW.appraisal_id"),
            ("UPDATE", "OLD.appraisal_id, NEW.appraisal_id"),
            ("DELETE", "OLD.appraisal_id"),
        )
    )


_SAID: Final = (
    "id, contract_id, person_id, cycle_start, cycle_end, state, interview, interviewed_on,"
    " missing, total, grade"
)
"""Of a sheet, all but what its plan is due on: plans are followed up after the cycle is closed."""
_LIVE: Final = (
    "EXISTS (SELECT 1 FROM batch_lines l WHERE l.appraisal_id = OLD.id AND l.batch_id ="
    " (SELECT max(batch_id) FROM batch_lines WHERE appraisal_id = OLD.id) AND NOT EXISTS"
    " (SELECT 1 FROM review_steps s WHERE s.kind IN ('return', 'uphold')"
    " AND s.batch_id = l.batch_id AND (s.appraisal_id IS NULL OR s.appraisal_id = OLD.id)))"
)
"""A sheet that was submitted for approval and not given back since."""
_CLOSED: Final = (
    "EXISTS (SELECT 1 FROM review_steps s WHERE s.kind = 'close'"
    " AND s.cycle_start = OLD.cycle_start AND s.cycle_end = OLD.cycle_end AND NOT EXISTS"
    " (SELECT 1 FROM review_steps r WHERE r.kind = 'reopen' AND r.id > s.id"
    " AND r.cycle_start = s.cycle_start AND r.cycle_end = s.cycle_end))"
)
"""A sheet of a cycle that is closed."""


GUARDS: Final[dict[str, str]] = dict(
    (
        *_append_only("audit", "操作日志只能追加", "sequence", "hash"),
        *_append_only("schemes", "考核方案的版本一经使用不能改动", "id version"),
        *_append_only("results", "定分记录只能追加", "appraisal_id number"),
        *_append_only("papers", "打印存档不能改动", "contract_id revision copy"),
        *_append_only("frozen", "责任书的存档不能改动", "sequence", "contract_id revision", "seal"),
        *_append_only("copy_steps", "纸质件的登记只能追加", "contract_id revision copy number"),
        *_append_only("pay_facts", "薪酬数据只能追加", "id"),
        *_append_only("pay_lines", "薪酬事项只能追加", "id", "replaces"),
        *_append_only("pay_runs", "已结算的薪酬不能改动", "id"),
        *_append_only("pay_reversals", "冲销记录只能追加", "run_id"),
        *_append_only("account_entries", "台账只能追加", "id", "reverses"),
        *_append_only("plan_looks", "改进计划的跟踪记录只能追加", "id"),
        *_append_only("incidents", "关键事件的记录只能追加", "id"),
        *_append_only("postings", "任职记录只能追加", "id"),
        *_append_only("attachments", "附件不能改动", "id"),
        *_append_only("line_files", "附件不能改动", "id"),
        *_append_only("target_revisions", "发布过的目标计划不能改动", "plan_id number"),
        _refuse("users_no_delete", "users", "DELETE", "用户不能删除，只能停用"),
        _not_replaced("users", "用户不能顶替，只能停用", "id", "name"),
        _refuse("target_plans_no_delete", "target_plans", "DELETE", "目标计划不能删除"),
        _not_replaced("target_plans", "目标计划不能顶替", "id"),
        *_append_only("scans", "扫描件不能改动", "id", "sha256"),
        _refuse("scan_pages_no_delete", "scan_pages", "DELETE", "扫描的页不能删除"),
        _not_replaced("scan_pages", "扫描的页不能顶替", "id", "scan_id sheet half"),
        _refuse(
            "scan_pages_as_read",
            "scan_pages",
            "UPDATE",
            "读到的内容不能改动",
            " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in _READ),
        ),
        *_append_only("batches", "提交审批的内容不能改动", "id"),
        *_append_only("batch_lines", "提交审批的内容不能改动", "batch_id appraisal_id"),
        *_append_only("review_steps", "校准、审批和申诉的记录只能追加", "id"),
        _refuse(
            "appraisals_under_approval",
            "appraisals",
            "UPDATE",
            "结果已提交审批或已批准，不能改动",
            f"OLD.state <> NEW.state AND {_LIVE}",
        ),
        _refuse(
            "appraisals_of_closed_cycle",
            "appraisals",
            f"UPDATE OF {_SAID}",
            "考核周期已关闭",
            _CLOSED,
        ),
        _refuse("contracts_no_delete", "contracts", "DELETE", "责任书不能删除，只能作废"),
        _not_replaced("contracts", "责任书不能顶替，只能作废", "id", "number"),
        _refuse(
            "contracts_no_taking",
            "contracts",
            "UPDATE",
            "责任书不能顶替，只能作废",
            "NEW.id <> OLD.id OR EXISTS"
            " (SELECT 1 FROM contracts WHERE number = NEW.number AND id <> OLD.id)",
        ),
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
        _not_replaced("appraisals", "评分表不能顶替", "id", "contract_id cycle_start"),
        *_while_open("appraisal_entries"),
        *_while_open("appraisal_overrides"),
        *_while_open("appraisal_exemptions"),
        *_while_open("appraisal_raters"),
        *_while_open("second_entries"),
    )
)
"""Name → the SQL that makes it, as the newest version of the file has them."""
