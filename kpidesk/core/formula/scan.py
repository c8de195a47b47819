"""The text of a formula → tokens: numbers, names, operators, as people type them.

Half and full width are the same; a name that is known is found even where it holds a word that
is an operator elsewhere (“高于目标的天数”); any other such name goes into quotes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from kpidesk.core.formula.tree import FormulaError
from kpidesk.core.formula.vocabulary import FUNCTIONS, SYMBOLS, WORDS, Kind, Number, TokenValue

MOST_CHARACTERS: Final = 2000
_MOST_DIGITS: Final = 28


@dataclass(frozen=True, slots=True)
class Token:
    """One token: what it is, what it means, and where it stands in the text."""

    kind: Kind
    value: TokenValue
    at: int
    end: int


_QUOTES: Final = {"“": "”", '"': '"', "「": "」", "『": "』", "【": "】", "《": "》"}
_SAME: Final = str.maketrans({"−": "-", "–": "-", "—": "-", "≧": "≥", "≦": "≤", "、": ","})
_PLAIN: Final = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?")
_SUFFIX: Final = re.compile(r"\s*([万亿])?(元)?(\s*%)?")
_FACTORS: Final = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_HINTS: Final = {
    "^": "没有乘方，请用 × 连乘",
    "[": "请用圆括号，名称请用引号“ ”",
    "{": "请用圆括号",
    ":": "这里不能用冒号",
    "&": "“并且”请写 且",
    "|": "“或者”请写 或",
    "!": "“不等于”请写 ≠，否定请写 非(…)",
    "$": "金额请只写数字或 600元",
    "¥": "金额请只写数字或 600元",
}


def normal(text: str) -> str:
    """The text with every character in its plain form; no character is added or lost."""
    plain = (unicodedata.normalize("NFKC", one) for one in text)
    same = "".join(new if len(new) == 1 else old for old, new in zip(text, plain, strict=True))
    return same.translate(_SAME)


def scan(text: str, names: Iterable[str] = ()) -> tuple[Token, ...]:
    """The tokens of a formula; FormulaError says where and what is wrong.

    `names` are those that are known, in their normal form.
    """
    if len(text) > MOST_CHARACTERS:
        problem = f"公式有 {len(text)} 个字，太长了，最多 {MOST_CHARACTERS} 个；请分成几项来算"
        raise FormulaError(0, problem)
    if not text.strip():
        raise FormulaError(0, "公式是空的，请写出怎样计算")
    return tuple(_Scanner(normal(text), text, sorted(set(names), key=len, reverse=True)).tokens())


@dataclass(slots=True)
class _Scanner:
    text: str
    typed: str
    names: Sequence[str]
    at: int = 0
    open: list[bool] = field(default_factory=list)  # for each bracket: whether a function's

    def tokens(self) -> Iterator[Token]:
        called = False
        while self._skip_spaces():
            token = self._next()
            if token.kind is Kind.LEFT:
                self.open.append(called)
            elif token.kind is Kind.RIGHT and self.open:
                self.open.pop()
            called = token.kind is Kind.FUNCTION
            self.at = token.end
            yield token

    def _skip_spaces(self) -> bool:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    def _next(self) -> Token:
        first = self.text[self.at]
        if first in _QUOTES:
            return self._quoted(_QUOTES[first])
        if first.isdecimal() or (first == "." and self.text[self.at + 1 : self.at + 2].isdecimal()):
            return self._number()
        return self._function() or self._known() or self._operator() or self._name()

    def _token(self, kind: Kind, value: TokenValue, end: int) -> Token:
        return Token(kind, value, self.at, end)

    def _quoted(self, closing: str) -> Token:
        end = self.text.find(closing, self.at + 1)
        if end < 0:
            raise FormulaError(self.at, f"引号没有成对，缺少“{closing}”")
        name = self.text[self.at + 1 : end].strip()
        if not name:
            raise FormulaError(self.at, "引号里是空的，请写名称")
        return self._token(Kind.NAME, name, end + 1)

    def _number(self) -> Token:
        in_call = bool(self.open) and self.open[-1]
        found = _GROUPED.match(self.text, self.at)
        if found and in_call:
            if "," in self.typed[self.at : found.end()]:
                typed = self.typed[self.at : found.end()]
                plain, apart = typed.replace(",", ""), typed.replace(",", "，")
                problem = f"函数里的“{typed}”是一个数还是几个？请写 {plain}，或分开写 {apart}"
                raise FormulaError(self.at, problem)
            found = None
        found = found or _PLAIN.match(self.text, self.at)
        if found is None or len(found[0]) > _MOST_DIGITS:
            raise FormulaError(self.at, f"数字太长，最多 {_MOST_DIGITS} 位")
        suffix = _SUFFIX.match(self.text, found.end())
        big, yuan, percent = suffix.groups() if suffix else (None, None, None)
        end = suffix.end() if suffix and suffix[0].strip() else found.end()
        self._check_end(end, in_call=in_call)
        value = Decimal(found[0].replace(",", "")) * _FACTORS.get(big or "", Decimal(1))
        unit = "%" if percent else (yuan or "")
        return self._token(Kind.NUMBER, Number(value, unit, bool(big)), end)

    def _check_end(self, end: int, *, in_call: bool) -> None:
        """Refuse what sticks to a number and would change it silently."""
        rest = self.text[end : end + 2]
        if rest[:1] == "." or (rest[:1] == "," and rest[1:].isdecimal() and not in_call):
            typed = re.match(r"[\d,.]*", self.text[self.at :])
            problem = f"“{typed[0] if typed else rest}”不是数字，请写成 1234.5 或 1,234.5"
            raise FormulaError(self.at, problem)
        if rest[:1] and _is_name(rest[0]) and not self._word_at(end):
            problem = "数字后面只能接 万、亿、元、% 或运算符；相乘请写 ×"
            raise FormulaError(end, problem)

    def _function(self) -> Token | None:
        for word, function in FUNCTIONS.items():
            end = self.at + len(word)
            if self.text[self.at : end].lower() == word and self._opens(end):
                return self._token(Kind.FUNCTION, function, end)
        if self.text[self.at] == "非" and not _is_name(self.text[self.at + 1 : self.at + 2]):
            return self._token(Kind.NOT, "非", self.at + 1)
        return None

    def _opens(self, end: int) -> bool:
        return self.text[end:].lstrip()[:1] == "("

    def _known(self) -> Token | None:
        for name in self.names:
            end = self.at + len(name)
            if self.text.startswith(name, self.at) and (
                not _is_name(self.text[end : end + 1])
                or not _is_name(name[-1])
                or self._word_at(end) is not None
            ):
                return self._token(Kind.NAME, name, end)
        return None

    def _operator(self) -> Token | None:
        for symbol, (kind, value) in SYMBOLS.items():
            if self.text.startswith(symbol, self.at):
                return self._token(kind, value, self.at + len(symbol))
        if word := self._word_at(self.at):
            kind, value = WORDS[word]
            return self._token(kind, value, self.at + len(word))
        return None

    def _word_at(self, at: int) -> str | None:
        """The operator in words that stands at a place."""
        here = [one for one in WORDS if self.text[at : at + len(one)].lower() == one]
        word = max(here, key=len, default=None)
        if word and word.isascii() and _is_name(self.text[at + len(word) : at + len(word) + 1]):
            return None
        return word

    def _name(self) -> Token:
        end = self.at
        while end < len(self.text) and _is_name(self.text[end]):
            word = self._word_at(end)
            if end > self.at and word and not word.isascii():
                break
            end += 1
        if end == self.at:
            sign = self.typed[self.at]
            raise FormulaError(self.at, _HINTS.get(self.text[self.at], f"看不懂“{sign}”，请删去"))
        return self._token(Kind.NAME, self.text[self.at : end], end)


def _is_name(character: str) -> bool:
    """Whether a character can be in a name: a letter, a Chinese character, a digit, _ or a dot."""
    return character.isalnum() or character in {"_", "."}
