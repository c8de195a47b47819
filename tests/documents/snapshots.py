"""Text and layout of each document as text files, renewed by `python -m tests.documents.snapshots`.

Look at what changed (`git diff tests/snapshots`) before you commit it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from kpidesk.core.appraisal import Appraisal, Interview
from kpidesk.core.contract import Contract, Copy
from kpidesk.core.scheme import Scheme
from kpidesk.core.sheet import make_sheet
from kpidesk.documents.blank_sheet import blank_sheet_pdf
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.filled_sheet import filled_sheet_pdf
from kpidesk.documents.interview_record import interview_pdf
from kpidesk.documents.report import report_pdf
from kpidesk.documents.stamp import Stamp
from tests.documents.layout import pages_of
from tests.documents.samples import STAMP, schemes

FOLDER = Path(__file__).parents[1] / "snapshots"


def documents() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each document of a scheme with raters (wide sheets) and of one with measured figures."""
    for scheme, contract, appraisal in schemes():
        made = partial(_made, scheme, contract, appraisal)
        kinds = ["contract", "blank", "filled", "report", "interview"]
        if appraisal.interview != Interview():
            kinds.append("interview-form")
        for kind in kinds:
            yield f"{kind}-{scheme.id}", partial(made, kind)


def described(pdf: bytes) -> str:
    """Every piece of text with its box in mm (left, top, right, bottom), every frame, by page."""
    lines = []
    for page in pages_of(pdf):
        lines.append(f"== {page.number}: {round(page.width)} x {round(page.height)}")
        lines += [f"{box.shown}  {text}" for box, text in page.pieces()]
        lines += [f"{box.shown}  []" for box in page.rects]
        lines.append(f"{len(page.rules)} rules")
    return "\n".join(lines) + "\n"


def _made(scheme: Scheme, contract: Contract, appraisal: Appraisal, kind: str) -> bytes:
    sheet = make_sheet(scheme, contract, appraisal)
    stamp = Stamp("R", 2, 1, "0a1b2c3d")
    match kind:
        case "contract":
            return contract_pdf(contract, scheme, copy=Copy.PARTY_A, stamp=STAMP)
        case "blank":
            return blank_sheet_pdf(sheet, contract, scheme, stamp=stamp)
        case "filled":
            return filled_sheet_pdf(sheet, contract, scheme, stamp=stamp)
        case "report":
            return report_pdf(sheet, appraisal, contract, scheme, stamp=stamp)
        case "interview-form":
            appraisal = _before_the_talk(appraisal)
        case _:
            pass
    return interview_pdf(sheet, appraisal, contract, scheme, stamp=stamp)


def _before_the_talk(appraisal: Appraisal) -> Appraisal:

    return replace(appraisal, interview=Interview())


def renew() -> None:
    """Write all files anew."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    for name, make in documents():
        (FOLDER / f"{name}.txt").write_text(described(make()), encoding="utf-8")


if __name__ == "__main__":
    renew()
