from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import hashlib
from kpidesk.core.sheet import make_sheet
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.report import report_pdf
from tests.documents.samples import *

contract, appraisal = manager_contract(), manager_appraisal()
sheet = make_sheet(MANAGER, contract, appraisal)
for pdf in (
    contract_pdf(contract, MANAGER, copy=None, stamp=STAMP),
    report_pdf(sheet, appraisal, contract, MANAGER, stamp=STAMP),
):
    print(hashlib.sha256(pdf).hexdigest())
"""


def test_other_processes_and_time_zones_make_the_same_bytes() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York"))
    }
    assert len(made) == 1
