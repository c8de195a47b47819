"""The sample company: a year of a small company, lived through by the program's own use cases."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kpidesk.store.errors import FileExistsAlreadyError
from kpidesk.store.file import SUFFIX
from kpidesk.usecases.company import create_company, open_company
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.sample.diary import Clock, Diary, SampleCancelledError
from kpidesk.usecases.sample.drafts import Drafts
from kpidesk.usecases.sample.figures import Figures
from kpidesk.usecases.sample.material import read_material
from kpidesk.usecases.sample.pay import Payments
from kpidesk.usecases.sample.reviews import Reviews
from kpidesk.usecases.sample.sheets import Sheets
from kpidesk.usecases.sample.year import Year
from kpidesk.usecases.session import Company

__all__ = ["SampleCancelledError", "begin_sample", "create_sample"]


def create_sample(path: Path, *, progress: Progress | None = None) -> Company:
    """Make the sample company's file and open it. Made whole or not at all."""
    target = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    if target.exists():
        raise FileExistsAlreadyError(target)
    draft = target.with_name(f".{target.stem}-生成中{SUFFIX}")
    draft.unlink(missing_ok=True)
    company, clock, diary = begin_sample(draft)
    try:
        diary.live(company, clock, progress or Unwatched())
        company.close()
        draft.rename(target)
    finally:
        company.close()
        for leftover in (draft, draft.with_name(f"{draft.name}-journal")):
            with suppress(OSError):
                leftover.unlink()
    return open_company(target)


def begin_sample(path: Path) -> tuple[Company, Clock, Diary]:
    """The sample company on its first day, its clock, and all that is still to be done in it."""
    material, words = read_material()
    clock = Clock(material.days.founded)
    company = create_company(
        path,
        name=material.name,
        representative=material.representative,
        actor=material.officer,
        today=material.days.founded,
        clock=clock,
    )
    diary = Diary()
    year = Year(company, Figures(material))
    year.write(diary)
    Sheets(year, words).write(diary)
    Payments(year).write(diary)
    Reviews(year).write(diary)
    Drafts(year).write(diary)
    return company, clock, diary
