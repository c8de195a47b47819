"""What every part of the check has: the machine, the places, and a way to say what held."""

from __future__ import annotations

from pathlib import Path

from machine import Machine

NAME = "绩效考核台"
COMPANY = "启明"  # a part of the sample company's name, which stands in the title


class Part:
    """A part of one run over an installer."""

    def __init__(self, machine: Machine, setup: Path, seen: Path) -> None:
        self.machine, self.setup, self.seen = machine, setup, seen
        self.program = machine.user / "AppData" / "Local" / "Programs" / "KpiDesk"
        self.exe = self.program / "KpiDesk.exe"
        self.papers = Path(machine.env["HOME"]) / "Documents"
        self.menu = (
            machine.user / f"AppData/Roaming/Microsoft/Windows/Start Menu/Programs/{NAME}.lnk"
        )
        self.desktop = machine.user / "Desktop" / f"{NAME}.lnk"
        self.failed = 0

    def that(self, words: str, holds: object, figure: str = "") -> None:
        """Say whether something holds."""
        self.failed += not holds
        print(
            f"{'ok  ' if holds else 'FAIL'} {words}{f'（{figure}）' if figure else ''}", flush=True
        )

    def drive(self, name: str) -> Path:
        """A place on the disk of the test machine."""
        return self.machine.drive / name
