"""Thousands of messy and hostile workbooks imported: for an hour, not for every day.

python -c "from tests.soak.workbooks import main; main(10000, 0)"

Not by `-m`: the process that reads each file would load this module first, which takes longer.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from kpidesk.usecases.company import create_company, open_company
from tests.exchange.messy import messy_book
from tests.soak.bounded import bounded
from tests.usecases.messy_imports import outcome


def main(count: int, seed: int) -> int:
    """Import so many files, each into a company of its own; the number of those that failed."""
    day = date(2026, 1, 5)
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "new.kpidesk"
        create_company(new, name="甲公司", actor="王芳", today=day).close()

        def take_in(number: int) -> str:
            with tempfile.TemporaryDirectory() as own:
                place = Path(own)
                company = open_company(Path(shutil.copy(new, place / "a.kpidesk")))
                try:
                    return outcome(company, messy_book(place, number))
                finally:
                    company.close()

        return bounded(take_in, range(seed, seed + count))
