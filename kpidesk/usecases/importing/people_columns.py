"""What the columns of a file of people may hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kpidesk.usecases.importing.plan import ImportColumn
from kpidesk.usecases.importing.roster import NAME_COLUMN, NUMBER_COLUMN

PEOPLE_COLUMNS: Final = (
    replace(NUMBER_COLUMN, required=True, hint="每人一个，不能重复"),
    replace(NAME_COLUMN, required=True, hint=""),
    ImportColumn(
        "department",
        "部门",
        ("所属部门", "部门名称", "所在部门"),
        required=True,
        hint="没有的部门会新建；上下级用 / 隔开，例如 总部/销售部",
        example=("销售部", "总部/客户部"),
    ),
    ImportColumn(
        "post",
        "岗位",
        ("职位", "职务", "岗位名称"),
        required=True,
        example=("客户经理", "客户总监"),
    ),
    ImportColumn(
        "superior",
        "直属上级",
        ("上级", "上级领导", "直接上级", "主管"),
        hint="上级的工号，或姓名（没有同名的人时）；可以是本文件里的人",
        example=("G002", ""),
    ),
    ImportColumn(
        "hired_on",
        "入职日期",
        ("入职时间", "入职", "到岗日期"),
        hint="例如 2025-01-05",
        example=("2024-03-01", "2020-01-06"),
    ),
    ImportColumn(
        "left_on",
        "离职日期",
        ("最后在岗日", "离职时间", "离职"),
        hint="最后在岗的一天；在职的人空着",
        example=("", ""),
    ),
)
