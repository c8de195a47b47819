"""How a name is spelt in pinyin, so that it is found by its letters."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_SURNAMES: Final = {
    "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "单于": ("chan", "yu"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "单": ("shan",), "曾": ("zeng",), "仇": ("qiu",), "解": ("xie",),
    "查": ("zha",), "朴": ("piao",), "区": ("ou",), "覃": ("qin",), "任": ("ren",), "盖": ("ge",),
    "乐": ("yue",), "缪": ("miao",), "折": ("she",), "员": ("yun",), "黑": ("he",), "冼": ("xian",),
    "洗": ("xian",), "繁": ("po",), "种": ("chong",), "秘": ("bi",), "翟": ("zhai",),
    "燕": ("yan",), "纪": ("ji",), "牟": ("mou",), "那": ("na",), "華": ("hua",), "召": ("shao",),
    "晟": ("cheng",), "幺": ("yao",), "贠": ("yun",), "郇": ("xun",), "郗": ("xi",), "宓": ("mi",),
}  # fmt: skip
"""Surnames that are read otherwise than the same character elsewhere, longest first."""


def spellings(name: str) -> tuple[str, str]:
    """A name's full pinyin and its initials: 曾小贤 → zengxiaoxian, zxx; other letters stay."""
    surname = next((one for one in (name[:2], name[:1]) if one in _SURNAMES), "")
    syllables = [*_SURNAMES.get(surname, ()), *map(_spelt, name[len(surname) :])]
    letters = [one.casefold().strip() for one in syllables if one.strip()]
    return "".join(letters), "".join(one[0] for one in letters)


@lru_cache(maxsize=8192)
def _spelt(character: str) -> str:
    """How one character is spelt: names of many people share few."""
    import pypinyin

    return "".join(pypinyin.lazy_pinyin(character))
