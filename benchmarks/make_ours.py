"""Contender: contracts made by the program. Arguments: FOLDER FIRST COUNT files|one."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.child import peak_megabytes
from benchmarks.staff import job
from kpidesk.core.contract import Copy
from kpidesk.documents.contract import contract_pdf
from kpidesk.usecases.printout import joined


def main(folder: Path, first: int, count: int, how: str) -> None:
    pdfs: list[bytes] = []
    for number in range(first, first + count):
        one = job(number)
        pdf = contract_pdf(one.contract, one.scheme, copy=Copy.PARTY_A, stamp=one.stamp)
        if how == "one":
            pdfs.append(pdf)
        else:
            (folder / f"{number:05d}.pdf").write_bytes(pdf)
    if how == "one":
        (folder / "all.pdf").write_bytes(joined(pdfs))
    print(time.process_time(), peak_megabytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
