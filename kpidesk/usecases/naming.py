"""File names by a pattern of the officer: {编号}_{姓名} and the like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.file_name import safe_name

_PLACE: Final = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")


class FileNames:
    """Names for files of one batch: what Windows forbids becomes “_”, names that recur get numbers.

    Raises InvalidValueError for a pattern with a place that is not among `known`.
    """

    def __init__(self, pattern: str, known: tuple[str, ...]) -> None:
        self._pattern = pattern.strip()
        self._used: set[str] = set()
        places = "".join(f"{{{one}}}" for one in known)
        if not self._pattern:
            msg = f"请填写文件名的格式，可以用：{places}"
            raise InvalidValueError(msg)
        for found in _PLACE.findall(self._pattern):
            if found.strip() not in known:
                msg = f"文件名里的“{{{found}}}”不认识，可以用：{places}"
                raise InvalidValueError(msg)
        if re.search(r"[{}｛｝]", _PLACE.sub("", self._pattern)):
            msg = f"文件名里的花括号没有成对，请写成这样：{places}"
            raise InvalidValueError(msg)

    def name(self, values: Mapping[str, str]) -> str:
        """The next name, without its ending."""
        text = _PLACE.sub(lambda found: values[found[1].strip()], self._pattern)
        first = safe_name(text)
        name, count = first, 1
        while name.casefold() in self._used:
            count += 1
            name = f"{first}（{count}）"
        self._used.add(name.casefold())
        return name
