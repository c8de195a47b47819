"""What people type in fields → values; the messages are Chinese."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kpidesk.core.period import parse_day

if TYPE_CHECKING:
    from datetime import date

_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


def parse_typed_day(text: str) -> date:
    """A day in one of the ways people write it: 2026-2-28, 2026/2/28, 2026年2月28日, 20260228."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if found := _DIGITS.fullmatch(plain):
        return parse_day("-".join(found.groups()))
    return parse_day(re.sub(r"[年月/.]", "-", plain).removesuffix("日"))


def clean_text(text: str) -> str:
    """Text without blanks at its ends, composed (NFC), so that equal names are equal."""
    return unicodedata.normalize("NFC", text).strip()
