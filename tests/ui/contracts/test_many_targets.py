"""The grid of many targets: names are read in full, and nothing scrolls sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt

from kpidesk.core.people import PersonId
from kpidesk.ui.pages.contracts import ContractsPage
from tests.ui.contracts.driver import Settle, type_into


def test_long_names_of_many_targets_stand_in_several_lines(
    page: ContractsPage, people: tuple[PersonId, ...], settle: Settle
) -> None:
    dialog = page.draw_up(people=people[:1], scheme="key-account-metrics")
    settle(page.desk)
    dialog.accept()
    assert dialog.terms.parameters is not None
    dialog.terms.parameters.fields["weighting"].set_value("equal")
    dialog.accept()
    settle(page.desk)
    panel = dialog.terms.targets
    assert panel.model is not None
    assert panel.table is not None
    header = panel.table.horizontalHeader()
    across = Qt.Orientation.Horizontal
    headings = [panel.model.headerData(n, across) for n in range(1, panel.model.columnCount())]
    assert "销售增长\n率目标\n（%）" in headings
    metrics = header.fontMetrics()
    for place, heading in enumerate(headings, start=1):
        lines = heading.split("\n")
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        assert widest <= header.sectionSize(place)
        assert len(lines) * metrics.lineSpacing() <= header.height()
    assert panel.table.horizontalScrollBar().maximum() == 0
    assert [column.title for column in panel.model.columns][2] == "销售增长率目标（%）"
    type_into(panel, 0, 1, "1200")
    assert panel._targets[0].total == 1200
    dialog.done(0)
