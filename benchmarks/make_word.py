"""Yardstick: the same contract from a Word template, turned into PDF by LibreOffice.

Arguments: FOLDER COUNT SOFFICE. LibreOffice given several hundred files in one call stops half-way
without an error: at most 125 a call, and the results are counted.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Pt
from docxtpl import DocxTemplate

from benchmarks.staff import job
from kpidesk.core.clauses import Prose
from kpidesk.core.contract import Contract

_A_CALL = 125


def template(path: Path) -> None:
    """The contract with places to be filled in; what is the same for all stands in it."""
    one = job(1)
    prose = Prose(one.scheme, dict(one.contract.settings))
    document: Any = Document()
    document.styles["Normal"].font.name = "Noto Serif CJK SC"
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_heading(one.scheme.contract_title, 0)
    document.add_paragraph("编号：{{ number }}")
    _table(document, [["甲方", "{{ company }}", "法定代表人", "{{ representative }}"]])
    _table(document, [["乙方", "{{ name }}", "部门", "{{ department }}"]])
    document.add_heading("工作目标", 1)
    document.add_paragraph("计划销售额 {{ sales }} 万元，计划开发新客户 {{ customers }} 户。")
    table = _table(document, [["月份", "计划销售额", "新客户"]])
    for text in ("{%tr for one in months %}", "", "{%tr endfor %}"):
        cells = table.add_row().cells
        if text:
            cells[0].text = text
        else:
            for cell, name in zip(cells, ("month", "sales", "customers"), strict=True):
                cell.text = f"{{{{ one.{name} }}}}"
    document.add_heading("考核指标与评分标准", 1)
    rows = [[x.name, prose.worth(x), "\n".join(prose.rule(x))] for x in one.scheme.leaves()]
    _table(document, [["考核指标", "满分", "评分标准"], *rows])
    for clause in (*prose.aggregation(), *prose.raters()):
        document.add_paragraph(clause)
    document.add_heading("附则", 1)
    document.add_paragraph("本责任书一式两份，甲乙双方各执一份，具有同等效力。")
    _table(document, [["甲方（盖章）\n\n\n日期：", "乙方（签字）\n\n\n日期："]])
    document.save(str(path))


def _table(document: Any, rows: list[list[str]]) -> Any:  # noqa: ANN401 - untyped library
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def values(contract: Contract) -> dict[str, Any]:
    """What is filled in for one person."""
    sales, customers = contract.targets
    return {
        "number": contract.number,
        "company": contract.party_a.name,
        "representative": contract.party_a.representative,
        "name": contract.party_b.name,
        "department": contract.party_b.department,
        "sales": sales.total,
        "customers": customers.total,
        "months": [
            {"month": f"{number} 月", "sales": a, "customers": b}
            for number, (a, b) in enumerate(zip(sales.months, customers.months, strict=True), 1)
        ],
    }


def main(folder: Path, count: int, soffice: str) -> None:
    template(folder / "template.docx")
    files = []
    for number in range(1, count + 1):
        filled = DocxTemplate(str(folder / "template.docx"))
        filled.render(values(job(number).contract))
        files.append(str(folder / f"{number:05d}.docx"))
        filled.save(files[-1])
    profile = (folder / "profile").as_uri()
    for start in range(0, count, _A_CALL):
        subprocess.run(
            [
                soffice, f"-env:UserInstallation={profile}", "--headless",
                "--convert-to", "pdf", "--outdir", str(folder), *files[start : start + _A_CALL],
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
    made = len(list(folder.glob("*.pdf")))
    if made != count:
        raise SystemExit(f"LibreOffice made {made} of {count} files")
    print("0 0")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
