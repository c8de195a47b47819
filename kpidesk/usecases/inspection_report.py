"""What 检查数据库 found, on paper: for whoever is asked for help, and for the file."""

from __future__ import annotations

from kpidesk.usecases.inspecting import Inspection, State
from kpidesk.usecases.session import Company

WORDS = {State.GOOD: "完好", State.NOTE: "可以修复", State.BAD: "有问题"}


def report_pdf(company: Company, found: Inspection) -> bytes:
    """The report: every step, what was found, and where."""
    from kpidesk.documents.table_report import TableReport, table_report_pdf

    rows = tuple(
        (one.name, WORDS[one.state], "\n".join((one.said, *one.details))) for one in found.steps
    )
    verdict = "全部完好" if found.is_sound else "有问题，请不要继续使用，并用备份核对"
    return table_report_pdf(
        TableReport(
            title="数据库检查报告",
            company=company.name,
            label=f"{found.file}　{found.at}",
            lines=(f"检查时间 {found.at}，审计号 {found.head}，结论：{verdict}。",),
            columns=("检查的内容", "结果", "说明"),
            shares=(22, 12, 66),
            rows=rows,
        )
    )
