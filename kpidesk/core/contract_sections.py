"""The scheme's own words in the contract, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Slot(StrEnum):
    """Where a section of the scheme's own words stands in the contract."""

    PURPOSE = "purpose"  # 目的
    PRINCIPLES = "principles"  # 考核原则
    PAY = "pay"  # 薪酬; the pay rules follow under the same heading
    PROCEDURE = "procedure"  # 考核流程
    RESULT_MANAGEMENT = "result_management"  # 考核结果管理
    APPENDIX = "appendix"  # 附则


@dataclass(frozen=True, slots=True)
class ContractItem:
    """One clause of the contract, and the source rule whose words it is (or none).

    `{name}` in the text stands for the number of a parameter that the source leaves blank.
    """

    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ContractSection:
    """A heading of the contract with its clauses."""

    slot: Slot
    heading: str
    items: tuple[ContractItem, ...]
