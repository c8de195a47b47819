"""Money in capital Chinese numerals (大写金额), as cheques and pay papers write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kpidesk.core.money import Money

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
_WAN: Final = 10_000
_YI: Final = 100_000_000


def capital_amount(money: Money) -> str:
    """人民币壹佰元零伍分; what is taken back reads 扣回人民币….

    整 ends whole yuan and is left out after 角 and 分. Zeros in a row are one 零; none is written
    where the rule leaves it open (¥1,680.32 → 壹仟陆佰捌拾元叁角贰分).
    Source: 支付结算办法附件一《正确填写票据和结算凭证的基本规定》.
    """
    sign = "扣回" if money.fen < 0 else ""
    yuan, rest = divmod(abs(money.fen), 100)
    jiao, fen = divmod(rest, 10)
    text = f"{_whole(yuan)}元" if yuan else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif yuan and fen:
        text += "零"
    if fen:
        text += f"{_DIGITS[fen]}分"
    if not rest:
        text = f"{text or '零元'}整"
    return f"{sign}人民币{text}"


def _whole(number: int) -> str:
    if number >= _YI:
        return _joined(number, _YI, "亿")
    if number >= _WAN:
        return _joined(number, _WAN, "万")
    text, gap = "", False
    for place, name in _PLACES:
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = not digit
    return text


def _joined(number: int, size: int, name: str) -> str:
    high, low = divmod(number, size)
    gap = "零" if 0 < low < size // 10 else ""
    return f"{_whole(high)}{name}{gap}{_whole(low)}"
