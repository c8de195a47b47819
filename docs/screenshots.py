"""The manual's pictures, made from the sample company: `make screenshots`.

    python docs/screenshots.py [--folder FOLDER] [--theme light|dark]

draws without a screen unless QT_QPA_PLATFORM says otherwise. The day is fixed, so that pictures
change only when the window does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

P = TypeVar("P")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kpidesk.app import Program
    from kpidesk.core.people import PersonId

DAY = date(2026, 1, 20)
"""The sample company's year is over, the next one's contracts are signed."""
SIZE = (1240, 760)
COLOURS = 64
"""Flat colours and grey edges of letters: more would only make the files bigger."""
_PATIENCE = 180.0
_CALM = 0.3


class Album:
    """Shows things in the window and keeps pictures of them."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program, self.window = program, program.window
        self.desk = program.desk
        self.folder = folder

    def settle(self) -> None:
        """Until the worker has answered everything, and the window has drawn it."""
        end, calm = time.monotonic() + _PATIENCE, time.monotonic() + _CALM
        while time.monotonic() < calm:
            self.program.app.processEvents()
            if self.desk.tasks.pending:
                calm = time.monotonic() + _CALM
            if time.monotonic() > end:
                msg = "the worker does not come to an end"
                raise TimeoutError(msg)
            time.sleep(0.01)

    def keep(self, name: str, widget: QWidget | None = None) -> None:
        """A picture of the window, or of a dialog, with few colours."""
        from PIL import Image

        self.settle()
        path = self.folder / f"{name}.png"
        (widget or self.window).grab().save(str(path))
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
        print(f"{path}  {path.stat().st_size // 1024} KB")

    def page(self, key: str, what: object = None) -> None:
        """Go to a page and something on it."""
        self.desk.go(key, what)
        self.settle()

    def shown(self, kind: type[P]) -> P:
        """The page in view, which is of this kind."""
        page = self.window.page
        if not isinstance(page, kind):
            raise TypeError(page)
        return page


def photograph(album: Album) -> None:
    """All pictures, in the order of the manual."""
    window = album.window
    window.show_welcome()
    window.show()
    album.keep("welcome")
    window.files.open_sample(window)
    while album.desk.company is None:
        album.settle()
    album.keep("home")
    person = _people(album)
    _schemes(album)
    _contracts(album, person)
    _scores(album)
    _reports(album)
    _pay(album)
    _filing(album)
    album.page("settings")
    album.keep("settings")


def _people(album: Album) -> PersonId:
    """The page, and the form of a person, whose id it gives back."""
    from kpidesk.ui.pages.people import PeoplePage

    album.page("people")
    album.keep("people")
    page = album.shown(PeoplePage)
    person = next(one for one in page.model.rows() if one.person.post == "大客户经理")
    page.table.opened.emit(person)
    album.settle()
    dialog = album.program.app.activeModalWidget()
    album.keep("person", dialog)
    dialog.close()
    return person.person.id


def _schemes(album: Album) -> None:
    """The page, a check-up and what its fix gives, a draft being edited, the manual's own trial."""
    from PySide6.QtWidgets import QPushButton

    from kpidesk.ui.pages.schemes import SchemesPage
    from kpidesk.ui.pages.schemes.trial import TrialDialog
    from kpidesk.usecases.trials import try_file

    album.page("schemes")
    album.keep("schemes")
    page = album.shown(SchemesPage)
    page.show_item("account-manager-kpi")
    page.view.tabs.choose(next(n for n, one in enumerate(page.view.tabs.texts) if "体检" in one))
    album.keep("check-up")
    buttons: list[QPushButton] = list(page.findChildren(QPushButton))
    next(one for one in buttons if one.text() == "采用").click()
    album.keep("adopted")
    page.show_item(next(one.id for one in page.model.rows() if one.draft is not None))
    album.settle()
    page.draft_view.open_button.click()
    album.settle()
    if page.editor is not None:
        page.editor.show_indicator("新客户开发")
    album.keep("scheme-editor")
    page.close_editor()
    path = album.desk.documents / "试算.toml"
    path.write_text(trial_example(), encoding="utf-8")
    dialog = TrialDialog(album.desk, album.window, try_file(path))
    dialog.open()
    dialog.table.select([("李四", "score.销售完成率", "cycle")])
    album.keep("trial", dialog)
    dialog.reject()


def trial_example() -> str:
    """The trial file that the manual shows."""
    manual = (HERE / "手册.md").read_text(encoding="utf-8")
    return manual.partition("```toml\n")[2].partition("```")[0]


def _contracts(album: Album, person: PersonId) -> None:
    """The plan, the list, a step of drawing up, a contract and an amendment beside their papers."""
    from kpidesk.ui.pages.contracts import ContractsPage

    album.page("targets")
    album.keep("targets")
    album.page("contracts")
    album.keep("contracts")
    page = album.shown(ContractsPage)
    dialog = page.draw_up(people=[person])
    album.settle()
    dialog.accept()
    album.keep("draw-up", dialog)
    dialog.reject()
    album.settle()
    signed = next(one for one in page.model.rows() if one.signed_on is not None)
    page.open_contract(signed.id)
    album.keep("contract")
    amendment = next(one for one in page.model.rows() if one.is_amendment)
    page.open_contract(amendment.id)
    album.keep("amendment")
    page.view.close_contract()


def _scores(album: Album) -> None:
    """A sheet, why its total is what it is, the result, the interview, the report."""
    from kpidesk.ui.pages.results import ResultsPage
    from kpidesk.ui.pages.scoring import ScoringPage
    from kpidesk.usecases.appraisals import SheetState

    album.page("actuals")
    album.keep("actuals")
    album.page("results")
    rows = album.shown(ResultsPage).list.model.rows()
    scored = [one for one in rows if one.state is SheetState.SCORED and one.interviewed][-1]
    album.page("scoring", scored.id)
    album.keep("scoring")
    album.shown(ScoringPage).pane.head.total.click()
    album.keep("why")
    album.page("results", scored.id)
    details = album.shown(ResultsPage).details
    for number, name in enumerate(("results", "interview", "report")):
        details.show_tab(number)
        album.keep(name)
    _approvals(album)


def _approvals(album: Album) -> None:
    """A sitting, the batches, and the way of a result that is appealed against."""
    from kpidesk.ui.pages.results import ResultsPage
    from kpidesk.ui.words import cycle_text
    from kpidesk.usecases.whereabouts import Where

    page = album.shown(ResultsPage)
    for name, do in (("calibration", page.review.calibrate), ("batches", page.review.show_batches)):
        october = next(one for one in page.list.model.rows() if one.cycle.start.month == 10)  # noqa: PLR2004 - of all months, one that waits for nothing
        page.list.cycle.setCurrentText(cycle_text(october.cycle))
        do()
        album.settle()
        dialog = album.program.app.activeModalWidget()
        album.keep(name, dialog)
        dialog.close()
        album.settle()
    album.page("results", ("where", Where.APPEALED))
    page.details.show_tab(3)
    album.keep("approval")


def _reports(album: Album) -> None:
    """The trend of a department beside that of the company."""
    from kpidesk.ui.pages.reports import ReportsPage

    album.page("reports")
    album.shown(ReportsPage).show_item(("department", "大客户部"))
    album.keep("reports")


def _pay(album: Album) -> None:
    """The open quarter, and why somebody is paid what they are."""
    from kpidesk.ui.pages.pay import PayPage
    from kpidesk.ui.pages.pay.details import LINES

    album.page("pay")
    album.keep("pay")
    page = album.shown(PayPage)
    page.periods.setCurrentIndex(2)
    album.settle()
    page.people.table.select([page.people.model.rows()[2].subject])
    page.details.tabs.choose(LINES)
    album.settle()
    album.keep("pay-why")


def _filing(album: Album) -> None:
    """A stack of signed pages that filed themselves, and one page that nobody can read."""
    import pypdfium2

    from kpidesk.core.contract import Copy
    from kpidesk.ui.pages.contracts import ContractsPage
    from kpidesk.ui.pages.filing import FilingPage
    from kpidesk.usecases import contracts

    album.page("contracts")
    signed = [one for one in album.shown(ContractsPage).model.rows() if one.signed_on][:2]
    stack = [Path(tempfile.gettempdir()) / "kpidesk" / f"扫描{number}.pdf" for number in (1, 2)]

    def print_out() -> None:
        company = album.desk.company
        if company is None:
            raise TypeError(company)
        for path, row in zip(stack, signed, strict=True):
            path.write_bytes(contracts.contract_pdf(company, row.id, Copy.PARTY_B))

    album.desk.tasks.run(print_out)
    album.settle()
    stained = stack[0].with_name("扫描3.png")
    with pypdfium2.PdfDocument(stack[0]) as pdf:
        picture = pdf[1].render(scale=2).to_pil()
    picture.paste("#d8c9a8", (80, 30, 240, 190))  # where the code was
    picture.save(stained)
    album.page("filing")
    album.shown(FilingPage).receive([*stack, stained])
    album.keep("filing")


def main() -> None:
    """Make all pictures anew."""
    parser = argparse.ArgumentParser(description="Make the manual's pictures.")
    parser.add_argument("--folder", type=Path, default=HERE / "pictures")
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    from kpidesk.app import Paths, build, load_qt
    from kpidesk.ui.look import Theme

    load_qt()
    place = Path(tempfile.gettempdir()) / "kpidesk"  # always the same: it is in the pictures
    shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir()
        paths = replace(
            Paths.of_user(),
            settings=place / "settings.ini",
            log=place / "kpidesk.log",
            data=place,
            documents=place,
        )
        program = build(paths, today=lambda: DAY)
        program.desk.look.load_rare_fonts()
        program.desk.look.change(program.app, Theme(arguments.theme), 1.0)
        program.window.resize(*SIZE)
        album = Album(program, arguments.folder)
        photograph(album)
        program.window.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
