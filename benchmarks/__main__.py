"""All benchmarks, or some: python -m benchmarks [start] [contracts] [evaluate] [lists] …."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib import import_module

from benchmarks.measure import Plan, print_table

PARTS = ("evaluate", "lists", "search", "start", "contracts", "imports", "scale")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=5, help="how often contenders take turns")
    parser.add_argument("--short", action="store_true", help="show only that everything runs")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    plan = Plan(1 if chosen.short else chosen.rounds, chosen.short)
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(f"{plan.rounds} rounds, medians; ratios count, seconds are of this machine ({system})")
    for name in chosen.parts or PARTS:
        part = import_module(f"benchmarks.{name}")
        print_table(part.TITLE, part.run(plan))
    return 0


if __name__ == "__main__":
    sys.exit(main())
