"""`kpidesk verify`: every hash in a company file, taken anew."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kpidesk.cli.commands import REFUSED, UNREADABLE, Commands
from kpidesk.cli.unlocking import unlock_for
from kpidesk.core.errors import KpiDeskError


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    verify = commands.add_parser("verify", help="检查数据库：找出被改动过的责任书、打印件和记录")
    verify.add_argument("file", type=Path, metavar="FILE", help="公司文件")
    verify.add_argument(
        "--head", default="", metavar="日志号", help="纸质件页脚的日志号，如 128-1a2b3c4d"
    )
    verify.set_defaults(run=_verify)


def _verify(chosen: argparse.Namespace) -> int:
    """0 when all is whole, 1 when something is broken, 2 when the file cannot be opened."""
    from kpidesk.usecases.verifying import verify_file

    try:
        unlock = unlock_for(chosen.file)
        proof = verify_file(chosen.file, head=chosen.head, unlock=unlock)
    except KpiDeskError as problem:
        print(problem, file=sys.stderr)
        return UNREADABLE
    if proof.checked:
        print(f"核对了 {proof.summary}")
    for one in proof.broken:
        print(f"  ✗ {one.text}")
    print(f"发现 {len(proof.broken)} 处被改动" if proof.broken else "全部完好")
    return REFUSED if proof.broken else 0
