"""Raters: who scores an indicator, and how much each kind of rater counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.exact import ZERO
from kpidesk.core.settings import Ref, SettingValue


@dataclass(frozen=True, slots=True)
class Rater:
    """A kind of rater (self, peer, superior) and the parameter that holds its share in percent."""

    name: str
    label: str
    share: Ref


@dataclass(frozen=True, slots=True)
class RaterNames:
    """Who the raters of a kind are on one sheet; an empty kind: who scores where kinds do not."""

    rater: str
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a rater without a name, and one named twice."""
        if not all(one.strip() for one in self.names):
            msg = "考核人的姓名不能为空"
            raise InvalidValueError(msg)
        if twice := [one for one in self.names if self.names.count(one) > 1]:
            msg = f"考核人“{twice[0]}”填了两次，请去掉一个"
            raise InvalidValueError(msg)


def asked_raters(
    raters: Sequence[Rater], settings: Mapping[str, SettingValue]
) -> tuple[Rater, ...]:
    """The kinds whose shares the company set; none where scores do not come by rater."""
    shares = [settings.get(one.share.parameter) for one in raters]
    if not any(isinstance(one, Decimal) for one in shares):
        return ()
    return tuple(one for one, share in zip(raters, shares, strict=True) if share != ZERO)
