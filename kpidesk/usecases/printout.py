"""What a batch of documents comes to, and several PDFs as one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kpidesk.usecases.files import FileNotWrittenError


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
    from kpidesk.documents.batch import join

    return join(pdfs)


class OneFile:
    """A batch of our PDFs written into one file, each under a bookmark. Use it in a `with`.

    The file is there whole, or as it was before: after an error, and after `give_up`.
    FileNotWrittenError when the place cannot be written to.
    """

    def __init__(self, path: Path, title: str, author: str, *, duplex: bool = False) -> None:
        """`duplex`: each document begins on a new sheet of paper."""
        from kpidesk.documents.archival import About

        self._path = path
        self._draft = path.with_name(f"{path.name}.part")
        self._about = About(title, author, title, "")
        self._duplex = duplex
        self._keeps = True

    def __enter__(self) -> Self:
        from kpidesk.documents.batch import Joiner

        try:
            self._file = self._draft.open("wb")
        except OSError as error:
            raise FileNotWrittenError(self._path, error) from error
        self._joiner = Joiner(self._file, self._about, duplex=self._duplex)
        return self

    def add(self, title: str, pdf: bytes) -> None:
        """One document more."""
        try:
            self._joiner.add(title, pdf)
        except OSError as error:
            raise FileNotWrittenError(self._path, error) from error

    def give_up(self) -> None:
        """Leave everything as it was."""
        self._keeps = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: object
    ) -> None:
        try:
            if error is None and self._keeps:
                self._joiner.finish()
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self._draft.replace(self._path)
        except OSError as failure:
            raise FileNotWrittenError(self._path, failure) from failure
        finally:
            self._file.close()
            self._draft.unlink(missing_ok=True)
