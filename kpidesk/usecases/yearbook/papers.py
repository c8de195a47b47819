"""The documents of a period by name: one PDF, or a file for each person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from kpidesk.core.errors import NotAllowedError
from kpidesk.core.file_name import safe_name
from kpidesk.usecases.files import write_whole
from kpidesk.usecases.printout import Printout, joined
from kpidesk.usecases.progress import Progress, Unwatched
from kpidesk.usecases.session import Company
from kpidesk.usecases.yearbook.annual import annual_pdf
from kpidesk.usecases.yearbook.approval import approval_pdf
from kpidesk.usecases.yearbook.archive import File, certificate_pdf, files, list_pdf
from kpidesk.usecases.yearbook.decomposition import decomposition_pdf
from kpidesk.usecases.yearbook.evidence import evidence_pdf
from kpidesk.usecases.yearbook.offers import Paper
from kpidesk.usecases.yearbook.scope import Scope


def paper_pdf(
    company: Company, paper: Paper, scope: Scope, *, progress: Progress | None = None
) -> bytes:
    """The document; b"" when it was cancelled. NothingToPrintError: nothing is in the scope."""
    match paper:
        case Paper.DECOMPOSITION:
            return decomposition_pdf(company, scope)
        case Paper.APPROVAL:
            return approval_pdf(company, scope, progress=progress)
        case Paper.ANNUAL:
            return annual_pdf(company, scope, progress=progress)
        case Paper.ARCHIVE:
            return list_pdf(company, scope, progress=progress)
        case Paper.CERTIFICATE | Paper.EVIDENCE:
            return _together(company, paper, scope, progress or Unwatched())
        case _:
            assert_never(paper)


def _together(company: Company, paper: Paper, scope: Scope, progress: Progress) -> bytes:
    """Everybody's in one PDF; b"" when cancelled. A pack stands alone."""
    pdfs: list[bytes] = []
    for made in _each(company, paper, scope, progress):
        if made is None:
            return b""
        if paper is Paper.EVIDENCE and pdfs:
            msg = (
                "几个人的证据包合成一个文件，目录的页码和所附的原件就对不上了；"
                "请只选一个人，或者每人存为一个文件"
            )
            raise NotAllowedError(msg)
        pdfs.append(made[1])
    return joined(pdfs)


def papers_in_folder(
    company: Company, paper: Paper, scope: Scope, folder: Path, *, progress: Progress | None = None
) -> Printout:
    """A file for each person in a folder; what was written before a cancel is whole."""
    paths: list[Path] = []
    cancelled = False
    for made in _each(company, paper, scope, progress or Unwatched()):
        if made is None:
            cancelled = True
            break
        file, pdf = made
        one = file.dossier
        name = safe_name(f"{one.number}_{one.name}_{paper}_{scope.period.key}")
        write_whole(folder / f"{name}.pdf", pdf)
        paths.append(folder / f"{name}.pdf")
    return Printout(len(paths), len(paths) + cancelled, tuple(paths))


def _each(
    company: Company, paper: Paper, scope: Scope, progress: Progress
) -> Iterator[tuple[File, bytes] | None]:
    """The document of each person one after the other; None ends them when it was cancelled."""
    make = evidence_pdf if paper is Paper.EVIDENCE else certificate_pdf
    every = files(company, scope, progress=progress)
    for done, file in enumerate(every):
        progress.step(done, len(every), f"正在生成{paper} {file.dossier.name}")
        if progress.cancelled:
            break
        yield file, make(company, scope, file)
    else:
        if every:
            progress.step(len(every), len(every))
            return
    yield None
