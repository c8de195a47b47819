"""What may lie on the clipboard when somebody presses Ctrl+V, by mistake or by malice."""

from __future__ import annotations

from typing import Final

HOSTILE_BLOCKS: Final = {
    "50 MB": "1\t" * 25_000_000,
    "a million lines": "1\n" * 1_000_000,
    "as many lines as are read": "1\n" * 499_000,
    "half a million columns": "1\t" * 499_000,
    "many rows and columns": "\n".join("\t".join(["1"] * 95) for _ in range(5000)),
    "one long number": "9" * 999_999,
    "a long cell": "9" * 100_000,
    "quotes": '"' * 999_999,
    "a page of the web": "<table><tr><td>1</td></tr></table><script>x()</script>",
    "control characters": "\x01\x02\x1b[31m1",
    "formulas": '=1+1\t=HYPERLINK("http://x","1")',
    "a command": "=cmd|' /C calc'!A0",
    "turned around": "\u200f12\u202e34",
    "half a character": "\ud800",
    "braces": "{0}\t{姓名}\t%s",
}
