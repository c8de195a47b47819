"""What stands where on finished pages, for the yardstick that draws the same ones."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pdfplumber


def pages_of(pdf: bytes) -> list[dict[str, Any]]:
    """Each page as lines of text, rules and filled boxes, in points from the lower left."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [_page(one) for one in document.pages]


def _page(page: Any) -> dict[str, Any]:  # noqa: ANN401 - pdfplumber's page
    fills: dict[float, list[list[float]]] = defaultdict(list)
    rules: list[list[float]] = []
    for one in page.rects:
        box = [one["x0"], one["y0"], one["x1"] - one["x0"], one["y1"] - one["y0"]]
        if one["fill"]:
            fills[0.94 if max(box[2:]) > 20 else 0].append(box)
        else:
            rules += _frame(one["x0"], one["y0"], one["x1"], one["y1"])
    rules += [[x for point in one["pts"] for x in _up(point, page)] for one in page.lines]
    return {"fills": sorted(fills.items()), "rules": rules, "texts": list(_texts(page))}


def _up(point: tuple[float, float], page: Any) -> tuple[float, float]:  # noqa: ANN401
    return point[0], float(page.height) - point[1]


def _frame(x0: float, y0: float, x1: float, y1: float) -> list[list[float]]:
    return [[x0, y0, x1, y0], [x1, y0, x1, y1], [x1, y1, x0, y1], [x0, y1, x0, y0]]


def _texts(page: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401
    """Runs of characters in one font on one line, with the gap that justifies them."""

    def look(char: dict[str, Any]) -> tuple[Any, ...]:
        return char["fontname"].split("+")[-1], round(char["size"], 2), round(char["matrix"][5], 1)

    for (font, size, y), found in groupby(page.chars, look):
        for chars in _unbroken(list(found), size):
            natural = sum(one["adv"] * size for one in chars[:-1])
            gap = (chars[-1]["x0"] - chars[0]["x0"] - natural) / max(len(chars) - 1, 1)
            words = "".join(one["text"] for one in chars)
            yield font, size, chars[0]["x0"], y, round(gap if 0 < gap < size else 0, 3), words


def _unbroken(chars: list[dict[str, Any]], size: float) -> Iterator[list[dict[str, Any]]]:
    """The characters cut where more than half a character's width is left free."""
    start = 0
    for place in range(1, len(chars)):
        if abs(chars[place]["x0"] - chars[place - 1]["x1"]) > size / 2:
            yield chars[start:place]
            start = place
    yield chars[start:]
