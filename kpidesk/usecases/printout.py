"""What a batch of documents comes to, and several PDFs as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Printout:
    """What a batch made: the files, or one PDF for the printer; `done` documents of them all."""

    done: int
    total: int
    paths: tuple[Path, ...] = ()
    pdf: bytes = b""

    @property
    def cancelled(self) -> bool:
        """Whether it stopped before the end; what was made until then is whole."""
        return self.done < self.total


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Several PDFs as one, pages in order; empty when there are none."""
    if len(pdfs) <= 1:
        return b"".join(pdfs)
    from kpidesk.documents.joining import join

    return join(pdfs)
