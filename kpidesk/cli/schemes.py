"""`kpidesk schemes`: the built-in schemes."""

from __future__ import annotations

import argparse

from kpidesk.cli.commands import Commands


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    schemes = commands.add_parser("schemes", help="列出内置的考核方案")
    schemes.set_defaults(run=_schemes)


def _schemes(_: argparse.Namespace) -> int:
    """One scheme a line, its columns divided by tabs."""
    from kpidesk.usecases.schemes import list_schemes

    for row in list_schemes():
        lines = f"原文第 {row.source_lines} 行"
        print(f"{row.id}\t{row.title}\t{lines}\t{row.computed}")
    return 0
