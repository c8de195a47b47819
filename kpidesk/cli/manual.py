"""`kpidesk manual`: the manual as one PDF."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kpidesk.cli.commands import REFUSED, Commands
from kpidesk.core.errors import KpiDeskError


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    manual = commands.add_parser("manual", help="把手册存为一个 PDF")
    manual.add_argument("file", type=Path, metavar="FILE", help="要写的 PDF 文件")
    manual.set_defaults(run=_manual)


def _manual(chosen: argparse.Namespace) -> int:
    from kpidesk.usecases.files import write_whole
    from kpidesk.usecases.manual import manual_pdf

    try:
        write_whole(chosen.file, manual_pdf())
    except KpiDeskError as problem:
        print(problem, file=sys.stderr)
        return REFUSED
    print(f"手册：{chosen.file}")
    return 0
