"""`kpidesk demo`: the sample company with all its documents."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kpidesk.cli.commands import REFUSED, Commands
from kpidesk.core.errors import KpiDeskError


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    demo = commands.add_parser("demo", help="生成样例公司和它的全部文件")
    demo.add_argument("folder", type=Path, metavar="DIR", help="存放的文件夹，不存在时新建")
    demo.set_defaults(run=_demo)


def _demo(chosen: argparse.Namespace) -> int:
    from kpidesk.usecases.demo import write_demo

    try:
        demo = write_demo(chosen.folder)
    except KpiDeskError as problem:
        print(problem, file=sys.stderr)
        return REFUSED
    sheets = "，".join(f"{state.value} {count} 张" for state, count in demo.sheets.items())
    print(f"{demo.company}：{demo.path}")
    print(f"  责任书 {demo.contracts} 份；评分表：{sheets}")
    for one in demo.documents:
        print(f"  {one.title}：{one.count} 个文件，在 {one.folder}")
    return 0
