"""What stands in a cell → numbers, days, texts; what is not one is refused, in Chinese."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.numerals import parse_decimal
from kpidesk.core.typed import clean_text, parse_typed_day
from kpidesk.exchange.workbook.found import RawValue

_ERRORS: Final = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!"}
)
_EXACT_BELOW: Final = 10**15  # Excel keeps 15 digits; what is beyond has lost its end
_FIRST_SERIAL: Final = 10_000  # 1927-05-18
_LAST_SERIAL: Final = 80_000  # 2119-01-10
_SERIAL_ZERO: Final = date(1899, 12, 30)
_LEAST_DIGITS: Final = 10**7  # 20250105 is a day in digits
_TEN_THOUSANDS: Final = "万"
_YES: Final = frozenset({"是", "有", "对", "√", "✓", "y", "yes", "1", "true"})
_NO: Final = frozenset({"否", "无", "没有", "×", "x", "n", "no", "0", "false"})


def is_empty(value: RawValue) -> bool:
    """Whether nothing stands in a cell: blanks are nothing, a zero is something."""
    return isinstance(value, str) and not value.strip()


def number_of(value: RawValue) -> Decimal:
    """The number in a cell, exactly as Excel shows it (15 digits); 95% is 0.95."""
    match value:
        case bool():
            msg = f"“{'TRUE' if value else 'FALSE'}”不是数字，请填写数字"
            raise InvalidValueError(msg)
        case int() | float():
            return _plain(value)
        case str():
            _refuse_error(value)
            return parse_decimal(value)
        case _:
            msg = f"“{_shown(value)}”是日期或时间，不是数字，请填写数字"
            raise InvalidValueError(msg)


def percent_of(value: RawValue, *, is_percent: bool | None) -> Decimal:
    """A figure in percent: 95% and 95 are both ninety-five.

    `is_percent`: the cell shows a %. Where nobody knows (None), 0.95 may be either, and is refused.
    """
    number = number_of(value)
    if isinstance(value, str):
        shows = value.rstrip().endswith(("%", "％"))
    elif is_percent is None and 0 < abs(number) <= 1:
        msg = (
            f"旧格式(.xls)看不出 {number:f} 是 {number:f}% 还是 {number * 100:f}%，"
            "请另存为 .xlsx 后再导入，或把这一格写成带 % 的文本"
        )
        raise InvalidValueError(msg)
    else:
        shows = bool(is_percent)
    return number.scaleb(2) if shows else number


def figure_of(raw: RawValue, unit: str, *, is_percent: bool | None = False) -> Decimal:
    """The number in a cell of a column with a unit, which may be written in the cell too."""
    if unit == "%":
        return percent_of(raw, is_percent=is_percent)
    if isinstance(raw, str) and unit:
        bare = raw.strip().removesuffix(unit)
        if unit.startswith(_TEN_THOUSANDS):  # 120万 in a column of 万元 are a hundred and twenty
            bare = bare.rstrip().removesuffix(_TEN_THOUSANDS)
        return number_of(bare)
    return number_of(raw)


def day_of(value: RawValue) -> date:
    """The day in a cell: a date of Excel's, its serial number, or as people write it."""
    match value:
        case datetime():
            return value.date()
        case date():
            return value
        case bool() | time() | timedelta():
            msg = f"“{_shown(value)}”不是日期，请写成 2026-02-28"
            raise InvalidValueError(msg)
        case int() | float():
            return _day_of_number(value)
        case str():
            _refuse_error(value)
            return parse_typed_day(value)


def text_of(value: RawValue) -> str:
    """The text in a cell; a whole number is its digits. Long numbers have lost their end."""
    match value:
        case str():
            _refuse_error(value)
            return clean_text(value)
        case bool():
            msg = f"“{'TRUE' if value else 'FALSE'}”不是文字，请填写文字"
            raise InvalidValueError(msg)
        case int() | float():
            number = _plain(value)
            return f"{number:f}"
        case _:
            msg = f"“{_shown(value)}”是日期或时间，不是文字，请把这一格设为文本后重填"
            raise InvalidValueError(msg)


def flag_of(value: RawValue) -> bool:
    """Whether a cell says yes: 是, 有, √, 1; 否, 无, ×, 0 say no."""
    if isinstance(value, bool):
        return value
    word = text_of(value).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    msg = f"“{word}”看不出是或否，请填“是”或“否”"
    raise InvalidValueError(msg)


def shown(value: RawValue) -> str:
    """A cell as the preview shows it."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return f"{Decimal(format(value, '.15g')):f}"
        case str():
            return " ".join(value.split())
        case _:
            return _shown(value)


def _plain(value: float) -> Decimal:
    if abs(value) >= _EXACT_BELOW:
        msg = (
            "超过 15 位的数字在表格里会丢失末尾几位；如果是证件号、账号等号码，"
            "请把这一列设为“文本”后重填"
        )
        raise InvalidValueError(msg)
    number = Decimal(format(value, ".15g"))
    return Decimal(f"{number:f}") if number else Decimal(0)


def _day_of_number(value: float) -> date:
    if value == int(value) and value >= _LEAST_DIGITS:
        return parse_typed_day(str(int(value)))
    if _FIRST_SERIAL <= value < _LAST_SERIAL:
        return _SERIAL_ZERO + timedelta(days=int(value))
    msg = f"“{shown(value)}”不是日期，请写成 2026-02-28"
    raise InvalidValueError(msg)


def _shown(value: RawValue) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def _refuse_error(text: str) -> None:
    if text.strip().upper() in _ERRORS:
        msg = f"“{text.strip()}”是公式算错的结果，请在表格里改正公式"
        raise InvalidValueError(msg)
