"""The program is killed at the real window, in the middle of a number; then it is started again.

    python -m tests.walk.killed FOLDER

wants what the walk wants. What was confirmed by Enter must be there, what was half typed not.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.walk.company import NAME, make_company
from tests.walk.hands import click, press, strike
from tests.walk.matter import PEOPLE
from tests.walk.officer import Officer, at_window

CONFIRMED = ("86.45", "210.5", "243.25", "4", "9.5")
HALF_TYPED = "8.7"


def enter(officer: Officer) -> None:
    """Enter the first figures of a sheet, begin the next one, and be killed."""
    officer.eyes.told("已打开")
    officer.go("scoring")
    officer.eyes.button("还缺 11 项")
    click(*officer.eyes.cell(PEOPLE[0].name))
    press("Return")
    for figure in CONFIRMED:
        strike(figure)
        press("Return")
    strike(HALF_TYPED)
    officer.eyes.button(f"还缺 {11 - len(CONFIRMED)} 项")
    officer.see("before")
    os.kill(os.getpid(), signal.SIGKILL)


def look_again(officer: Officer) -> None:
    """Start once more: the last file opens by itself, and everything confirmed is there."""
    officer.eyes.told("已打开")
    officer.go("scoring")
    officer.eyes.button(f"还缺 {11 - len(CONFIRMED)} 项")
    officer.see("again")
    press("alt+F4")


def check_file(path: Path) -> list[str]:
    """What the file holds otherwise than it was confirmed."""
    from kpidesk.usecases import appraisals
    from kpidesk.usecases.company import first_broken_audit_line, open_company

    company = open_company(path)
    try:
        begun = [one for one in appraisals.list_appraisals(company) if one.missing < 11]
        sheets = [appraisals.load_sheet(company, one.id) for one in begun]
        found = sorted(str(entry.value) for one in sheets for entry in one.appraisal.entries)
        broken = first_broken_audit_line(company)
    finally:
        company.close()
    wanted = sorted(str(Decimal(text)) for text in CONFIRMED)
    problems = [] if found == wanted else [f"the file holds {found} instead of {wanted}"]
    return problems if broken is None else [*problems, f"the audit chain breaks at {broken}"]


def main() -> int:
    """Be killed in a process of its own, then look."""
    folder = Path(sys.argv[1]).resolve()
    path = folder / NAME
    if sys.argv[2:] == ["enter"]:
        print(*at_window(folder, path, enter), sep="\n")  # noqa: T201
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    make_company(path, date.today())  # noqa: DTZ011 - as at the window
    words = [sys.executable, "-m", "tests.walk.killed", str(folder), "enter"]
    code = subprocess.run(words, check=False).returncode
    problems = [] if code == -signal.SIGKILL else [f"it was not killed, it ended with {code}"]
    problems += check_file(path)
    problems += at_window(folder, None, look_again)
    print(*problems, sep="\n")  # noqa: T201
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
