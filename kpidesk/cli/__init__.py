"""`kpidesk`: the program from a command line, for scripts and tests."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from kpidesk.cli import demo, lint, manual, schemes, trial, verify
from kpidesk.cli.commands import REFUSED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="kpidesk", description="绩效考核台的命令行工具")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for command in (trial, lint, schemes, demo, verify, manual):
        command.add(commands)
    chosen = parser.parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough: kpidesk … | head
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until exit
        return REFUSED
    return status
