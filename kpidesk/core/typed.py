"""What people type in fields and cells → values; the messages are Chinese."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.period import parse_day

_DIGITS: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WITHOUT_YEAR: Final = re.compile(r"\d{1,2}(月\d{1,2}|[-/]\d{1,2})日?")


LONGEST_REASON: Final = 2000
"""Characters: a reason is read again, in a log that keeps it for good."""


def parse_typed_day(text: str) -> date:
    """A day in one of the ways people write it: 2026-2-28, 2026/2/28, 2026年2月28日, 20260228."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if found := _DIGITS.fullmatch(plain):
        return parse_day("-".join(found.groups()))
    if _WITHOUT_YEAR.fullmatch(plain):
        msg = f"“{text.strip()}”没有写年份，请写成 2026-02-28"
        raise InvalidValueError(msg)
    return parse_day(re.sub(r"[年月/.]", "-", plain).removesuffix("日"))


def clean_text(text: str) -> str:
    """Text without blanks at its ends, composed (NFC), so that equal names are equal."""
    return unicodedata.normalize("NFC", text).strip()
