"""Hundreds of messy and hostile workbooks imported: for an hour, not for every day.

python -m tests.soak.workbooks 200 [seed]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from kpidesk.usecases.company import create_company
from tests.exchange.messy import messy_book
from tests.usecases.messy_imports import outcome


def main(count: int, seed: int) -> None:
    """Import so many files, each into a company of its own; an error ends it."""
    outcomes: Counter[str] = Counter()
    for number in range(seed, seed + count):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            day = date(2026, 1, 5)
            company = create_company(place / "a.kpidesk", name="甲公司", actor="王芳", today=day)
            try:
                outcomes[outcome(company, messy_book(place, number))] += 1
            except BaseException:
                print(f"seed {number}")
                raise
            finally:
                company.close()
    print(", ".join(f"{count} {what}" for what, count in outcomes.most_common()))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
