"""`kpidesk lint`: the check-up of a scheme."""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal
from typing import Any, Final

from kpidesk.cli.commands import UNREADABLE, Commands
from kpidesk.cli.plain import plain_digits
from kpidesk.core.errors import InvalidValueError, KpiDeskError
from kpidesk.core.lint.check_up import CheckUp
from kpidesk.core.lint.fixes import fix_text
from kpidesk.core.lint.flaw import Flaw, Severity
from kpidesk.core.numerals import parse_decimal
from kpidesk.core.scheme import Scheme
from kpidesk.usecases.check_up import check_scheme

HAS_ERRORS = 1
_TITLES: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    lint = commands.add_parser("lint", help="体检：查出方案里的矛盾、缺漏和错误")
    lint.add_argument("scheme", metavar="SCHEME", help="内置方案的编号，或方案文件(TOML)")
    lint.add_argument("--json", action="store_true", help="以 JSON 输出")
    lint.add_argument(
        "--minimum-wage",
        type=_amount,
        metavar="元",
        help="当地月最低工资：查出可能使工资低于它的条款",
    )
    lint.set_defaults(run=_lint)


def _amount(text: str) -> Decimal:
    try:
        return parse_decimal(text)
    except InvalidValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _lint(chosen: argparse.Namespace) -> int:
    try:
        scheme, found = check_scheme(chosen.scheme, minimum_wage=chosen.minimum_wage)
    except KpiDeskError as problem:
        print(problem, file=sys.stderr)
        return UNREADABLE
    if chosen.json:
        print(json.dumps(_plain(scheme, found), ensure_ascii=False, indent=2))
    else:
        _print(scheme, found)
    return HAS_ERRORS if found.of(Severity.ERROR) else 0


def _print(scheme: Scheme, found: CheckUp) -> None:
    counts = "，".join(f"{_TITLES[one]} {len(found.of(one))}" for one in Severity)
    print(f"{scheme.title}（{scheme.id}）：{counts}")
    for severity in Severity:
        if flaws := found.of(severity):
            print(f"\n{_TITLES[severity]}")
        for flaw in flaws:
            _print_flaw(flaw)
    if found.lines:
        print("\n界值表（每个界和它的上下各一步）")
    for line in found.lines:
        clause = f"〔{line.clause}〕" if line.clause else ""
        print(f"  {line.title}{clause}")
        for point in line.points:
            print(f"    {point.value} → {point.applies}")


def _print_flaw(flaw: Flaw) -> None:
    clause = f"〔{flaw.clause}〕" if flaw.clause else ""
    print(f"  ［{flaw.title}］{clause}{flaw.message}")
    if flaw.phrase:
        print(f"      原文：{flaw.phrase}")
    if flaw.fix is not None:
        print(f"      可以这样改：{fix_text(flaw.fix)}")


def _plain(scheme: Scheme, found: CheckUp) -> dict[str, Any]:
    return {
        "scheme": scheme.id,
        "title": scheme.title,
        "flaws": [
            {
                "severity": flaw.severity.value,
                "kind": flaw.kind.value,
                "clause": flaw.clause,
                "phrase": flaw.phrase,
                "name": flaw.name,
                "message": plain_digits(flaw.message),
                "fix": plain_digits(fix_text(flaw.fix)) if flaw.fix else "",
            }
            for flaw in found.flaws
        ],
        "lines": [
            {
                "title": line.title,
                "clause": line.clause,
                "points": [
                    {"value": plain_digits(one.value), "applies": one.applies}
                    for one in line.points
                ],
            }
            for line in found.lines
        ],
    }
