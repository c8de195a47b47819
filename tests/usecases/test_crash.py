"""The program is killed while scores are entered: all that was confirmed is there again."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from kpidesk.usecases import appraisals
from kpidesk.usecases.company import first_broken_audit_line, open_company
from tests.usecases.office import Office

ROOT = Path(__file__).parents[2]
ENTER_FOREVER = """
import sys
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from kpidesk.usecases import appraisals
from kpidesk.usecases.company import open_company
company = open_company(Path(sys.argv[1]))
sheet = appraisals.list_appraisals(company)[0].id
for number in count(1):
    appraisals.enter(company, sheet, name="sales", value=Decimal(number), actor="王芳",
                     today=date(2026, 3, 2))
    print(number, flush=True)
"""


def test_what_was_confirmed_before_a_kill_is_there_on_the_next_start(office: Office) -> None:
    (sheet, *_) = office.sign(office.draft())
    office.company.close()
    chance = random.Random(11)  # noqa: S311 - a seed, not a secret
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", ENTER_FOREVER, str(office.company.path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randint(1, 25))]
        process.kill()
        lines += process.stdout.readlines()
        process.communicate()
        confirmed = int(lines[-1] if lines[-1].endswith("\n") else lines[-2])
        company = open_company(office.company.path)
        (entry,) = appraisals.load_sheet(company, sheet).appraisal.entries
        assert entry.value in (Decimal(confirmed), Decimal(confirmed + 1))
        assert entry.entered_on == date(2026, 3, 2)
        assert first_broken_audit_line(company) is None
        company.close()
