"""Yardstick: the same pages by the writer's canvas alone, tuned, without any layout of its own.

What stands where comes from finished pages (`pages.json`, made beforehand): for each page the
lines of text with font, size and place, the rules, and the filled boxes. Cut fonts, each table of
a font copied once, one text object per page. Arguments: PAGES.json FOLDER COUNT files|one.
"""

from __future__ import annotations

import json
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.child import ROOT, peak_megabytes

_INITIAL = "NotoSerifSC-Regular"


def load_fonts(names: set[str]) -> None:
    rl_config.useA85 = 0
    for name in {*names, _INITIAL}:
        font = TTFont(name, ROOT / "resources/fonts" / f"{name}.ttf", shapable=False)
        font.face.get_table = cache(font.face.get_table)
        pdfmetrics.registerFont(font)


def draw(canvas: Canvas, page: dict[str, Any]) -> None:
    for gray, boxes in page["fills"]:
        canvas.setFillGray(gray)
        path = canvas.beginPath()
        for box in boxes:
            path.rect(*box)
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.lines(page["rules"])
    text = canvas.beginText()
    current = None
    for font, size, x, y, gap, words in page["texts"]:
        if current != (font, size):
            text.setFont(font, size)
            current = (font, size)
        text.setCharSpace(gap)
        text.setTextOrigin(x, y)
        text.textOut(words)
    canvas.drawText(text)
    canvas.showPage()


def new_canvas(path: Path) -> Canvas:
    return Canvas(
        str(path),
        pagesize=(595.2756, 841.8898),
        initialFontName=_INITIAL,
        invariant=1,
        pageCompression=1,
    )


def main(pages: Path, folder: Path, count: int, how: str) -> None:
    documents = json.loads(pages.read_text(encoding="utf-8"))
    load_fonts({text[0] for pages in documents for page in pages for text in page["texts"]})
    whole = new_canvas(folder / "all.pdf")
    for number in range(count):
        canvas = whole if how == "one" else new_canvas(folder / f"{number:05d}.pdf")
        for page in documents[number % len(documents)]:
            draw(canvas, page)
        if how != "one":
            canvas.save()
    if how == "one":
        whole.save()
    print(time.process_time(), peak_megabytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
