"""Files of an import that people get: a template to fill in, and the file with its problems."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from kpidesk.exchange.workbook.found import RawValue, column_letters
from kpidesk.exchange.workbook.values import number_of, shown
from kpidesk.exchange.workbook.writing import CellValue, Heading, TableSheet, workbook
from kpidesk.usecases.importing.destinations import receiver
from kpidesk.usecases.importing.figures import ITEM, PERIOD
from kpidesk.usecases.importing.people import PeopleReceiver
from kpidesk.usecases.importing.plan import Destination, ImportColumn, Kind, Order, Preview, Way
from kpidesk.usecases.session import Company

_WAYS = {
    Way.SKIP: "跳过这一行",
    Way.PERSON: "指定是哪个人",
    Way.OVERWRITE: "覆盖",
    Way.KEEP: "保留原来的",
    Way.ADD: "照样新增",
}
_EXACT_BELOW = 10**15
_TITLES = {
    Kind.PEOPLE: "人员",
    Kind.TARGETS: "目标",
    Kind.ACTUALS: "实际数据",
    Kind.LINES: "逐笔事项",
    Kind.SCORES: "评分",
}


def template(company: Company, destination: Destination) -> bytes:
    """A workbook to fill in: headings, two rows as examples, drop-downs, and what to write where.

    The examples of figures are of people who are concerned.
    """
    with company.read() as connection:
        made = receiver(company, connection, destination)
    columns = [one for one in made.columns if not one.key.startswith((ITEM, PERIOD))]
    headings = tuple(
        Heading(
            one.title,
            _note(one),
            one.choices,
            is_text=not one.is_number,
            required=one.required,
        )
        for one in columns
    )
    rows: list[list[CellValue]] = [
        [_example(one, number) for one in columns] for number in range(2)
    ]
    if not isinstance(made, PeopleReceiver):
        for row, person in zip(rows, made.roster.people, strict=False):
            row[0], row[1] = person.number, person.name
    help_rows: list[list[CellValue]] = [
        [one.title, "必填" if one.required else "", one.hint, "、".join(one.choices[:30])]
        for one in made.columns
    ]
    help_rows.insert(0, ["（示例）", "", "前两行是示例，请删去后再填；标题行不要改动", ""])
    return workbook(
        (
            TableSheet(_TITLES[destination.kind], headings, rows, to_fill=True),
            TableSheet(
                "填写说明",
                (Heading("列"), Heading("要求"), Heading("说明"), Heading("可以填写")),
                help_rows,
            ),
        )
    )


def report(order: Order, preview: Preview) -> bytes:
    """The sheet as it was, problems marked red at their cells, and a list of them in front."""
    sheet = order.sheet
    width = max(sheet.width, 1)
    rows = [
        [_cell(sheet.at(row, column)) for column in range(width)] for row in range(len(sheet.rows))
    ]
    # The copy has a row of column letters above, so that its rows are one further down.
    wrong = {(one.place[0] + 1, one.place[1]): one.message for one in preview.problems}
    listed: list[list[CellValue]] = [
        [
            one.address,
            shown(sheet.at(*one.place)),
            one.message,
            "、".join(_WAYS[way] for way in one.ways),
        ]
        for one in preview.problems
    ]
    listed += [["", "", text, ""] for text in preview.general]
    return workbook(
        (
            TableSheet(
                "问题",
                (Heading("单元格"), Heading("内容"), Heading("问题"), Heading("可以怎样处理")),
                listed,
            ),
            TableSheet(
                f"{sheet.name}(标红)",
                tuple(Heading(column_letters(column)) for column in range(width)),
                rows,
                wrong,
            ),
        )
    )


def _note(one: ImportColumn) -> str:
    must = "必填。" if one.required else ""
    return f"{must}{one.hint}"


def _example(one: ImportColumn, number: int) -> CellValue:
    text = one.example[number] if number < len(one.example) else ""
    if not text:
        return None
    return Decimal(text) if one.is_number else text


def _cell(value: RawValue) -> CellValue:
    match value:
        case bool():
            return shown(value)
        case int() | float():
            return number_of(value) if abs(value) < _EXACT_BELOW else shown(value)
        case str():
            return value or None
        case datetime():
            return shown(value)
        case date():
            return value
        case _:
            return shown(value)
