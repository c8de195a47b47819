"""What was found to be changed, named so that the officer can find the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection


class Part(StrEnum):
    """What of a document was changed."""

    TERMS = "正文数据"
    REGISTER = "登记信息"
    PAPER = "打印件"
    SCAN = "扫描件"
    COPY = "纸质件登记"
    SEAL = "存档封签"
    RESULT = "定分记录"
    BATCH = "审批批次"
    REVIEW = "校准审批记录"
    SHEET = "评分表数据"
    INTERVIEW = "面谈记录"
    PLAN = "改进计划跟踪"
    INCIDENT = "关键事件"
    POSTING = "任职记录"
    ATTACHMENT = "附件"
    SCHEME = "考核方案"
    TARGETS = "目标计划"
    PAY = "薪酬结算"
    PAY_DATA = "薪酬数据"
    ACCOUNT = "薪酬台账"
    LEGAL = "法定参数"
    USER = "用户"
    PERSON = "人员登记"
    DEPARTMENT = "部门登记"
    SETTING = "设置"
    FILING = "扫描页的归档"
    AUDIT = "操作日志"
    FILE = "公司文件"
    OTHER = "其他内容"


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that is not what was kept. `document` is a number or title, `person` a name."""

    part: Part
    document: str
    problem: str
    person: str = ""

    @property
    def text(self) -> str:
        """销售部-2026-001　王芳　打印件：甲方存与校验值不符."""
        named = "　".join(one for one in (self.document, self.person) if one)
        return f"{named}　{self.part.value}：{self.problem}"


def told(value: object) -> str:
    """A text as it lies in the file, whatever has become of it; nothing as an empty one."""
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value or "")


def raw(connection: Connection, table: str, *columns: str) -> Iterator[tuple[object, ...]]:
    """Columns as the very bytes that lie in the file, in the order of the first ones.

    A damaged text would be refused on reading it as one.
    """
    cast = ", ".join(f"CAST({one} AS BLOB)" for one in columns)
    order = ", ".join(columns[:2])
    query = f"SELECT {cast} FROM {table} ORDER BY {order}"  # noqa: S608 - our own words
    for row in connection.exec_driver_sql(query):
        yield tuple(row)
