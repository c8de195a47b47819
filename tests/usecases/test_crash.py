"""The program is killed at its work: all that was confirmed is there again, and nothing half."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from kpidesk.usecases import appraisals
from kpidesk.usecases.company import first_broken_audit_line, open_company
from kpidesk.usecases.verifying import verify
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


ISSUE_FOREVER = """
import sys
from datetime import date
from itertools import count
from pathlib import Path
from kpidesk.usecases import contracts
from kpidesk.usecases.company import open_company
company = open_company(Path(sys.argv[1]))
who = {"actor": "王芳", "today": date(2026, 3, 2)}
(row,) = contracts.list_contracts(company)
if row.printed_on is not None:
    contracts.return_to_draft(company, row.id, reason="改目标", **who)
while True:
    contracts.mark_printed(company, [row.id], **who)
    print(contracts.load_contract(company, row.id).contract.revision, flush=True)
    contracts.return_to_draft(company, row.id, reason="改目标", **who)
"""


def test_a_kill_leaves_no_issue_half_frozen(office: Office) -> None:
    office.draft()
    office.company.close()
    chance = random.Random(12)  # noqa: S311 - a seed, not a secret
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", ISSUE_FOREVER, str(office.company.path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randint(1, 6))]
        process.kill()
        lines += process.stdout.readlines()
        process.communicate()
        confirmed = int(lines[-1] if lines[-1].endswith("\n") else lines[-2])
        company = open_company(office.company.path)
        proof = verify(company)
        assert proof.broken == ()
        issued = dict(proof.checked)["责任书存档"]
        assert issued in (confirmed, confirmed + 1)
        assert dict(proof.checked)["打印件"] == 2 * issued
        company.close()
