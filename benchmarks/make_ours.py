"""Contender: contracts made by the program. Arguments: FOLDER FIRST COUNT files|one."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.child import peak_megabytes
from benchmarks.staff import job
from kpidesk.core.contract import Copy
from kpidesk.documents.contract import contract_pdf
from kpidesk.usecases.printout import OneFile


def made(number: int) -> bytes:
    """The contract of the so manieth employee."""
    one = job(number)
    return contract_pdf(one.contract, one.scheme, copy=Copy.PARTY_A, stamp=one.stamp)


def main(folder: Path, first: int, count: int, how: str) -> None:
    pdfs = (made(number) for number in range(first, first + count))
    if how == "one":
        with OneFile(folder / "all.pdf", "目标责任书", "公司") as file:
            for number, pdf in enumerate(pdfs, first):
                file.add(f"第 {number} 份", pdf)
    else:
        for number, pdf in enumerate(pdfs, first):
            (folder / f"{number:05d}.pdf").write_bytes(pdf)
    print(time.process_time(), peak_megabytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
