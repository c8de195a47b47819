"""Make the fonts in resources/fonts from the published ones; run by hand when a font is updated.

Sources (all under the SIL Open Font License 1.1):

- Noto Serif SC and Noto Sans SC, static TrueType, from the npm packages
  `@expo-google-fonts/noto-serif-sc` and `@expo-google-fonts/noto-sans-sc` (0.4.3);
- LXGW WenKai 1.250 from the Debian package `fonts-lxgw-wenkai`.

    pip install fonttools
    npm pack @expo-google-fonts/noto-serif-sc@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3
    python packaging/fonts/cut_fonts.py SERIF_FOLDER SANS_FOLDER LXGWWenKai-Regular.ttf

`general-standard-8105.txt` is the field kTGH of the Unihan database, in the order of the table.

Each Noto face is cut in two: the *common* part holds what nearly every document needs (the
8,105 characters of 通用规范汉字表, GB 2312, ASCII, punctuation, symbols) and loads fast;
the *rest* holds every other character and is loaded only when one occurs. The bold faces have no
rest of their own: the regular rest stands in. `RareHan` holds the characters that both Noto fonts
lack; it is a part of LXGW WenKai and bears another name, because that font's licence reserves its
own.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "resources" / "fonts"
# Outlines only: no layout features are used by the PDF writer, no hints needed on paper or on
# today's screens.
DROPPED = ("BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx", "DSIG", "STAT", "meta")


def common_characters() -> frozenset[int]:
    """The code points of the common part."""
    standard = (HERE / "general-standard-8105.txt").read_text(encoding="utf-8").split()
    characters = set(map(ord, "".join(standard)))
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            text = bytes([row, cell]).decode("gb2312", errors="ignore")
            characters.update(map(ord, text))
    for first, last in ((0x20, 0x17F), (0x2000, 0x2FFF), (0x3000, 0x33FF), (0xFF00, 0xFFEF)):
        characters.update(range(first, last + 1))
    return frozenset(characters)


def code_points(font: Path) -> frozenset[int]:
    """What a font can print."""
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def cut(source: Path, name: str, characters: Iterable[int]) -> None:
    """Write the part of a font that holds some characters, under its own family name."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += DROPPED
    font = subset.load_font(source, options)
    font.recalcTimestamp = False  # the same sources give the same bytes
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    path = TARGET / f"{name}.ttf"
    subset.save_font(font, path, options)
    print(f"{path.name}: {len(font.getBestCmap())} characters, {path.stat().st_size:,} bytes")


def rename(name: str, family: str) -> None:
    """Give a font file its own family name, so that a window can list it after the common part."""
    path = TARGET / f"{name}.ttf"
    with TTFont(path, recalcTimestamp=False) as font:
        for record in font["name"].names:
            match record.nameID:
                case 1 | 3 | 4 | 16:
                    record.string = family
                case 6:
                    record.string = family.replace(" ", "") + "-Regular"
                case 2 | 17:
                    record.string = "Regular"
        font.save(path)


def main() -> None:
    """Cut all fonts and copy the licences."""
    arguments = argparse.ArgumentParser(description="Cut the fonts of resources/fonts.")
    for folder in ("serif", "sans", "wenkai"):
        arguments.add_argument(folder, type=Path)
    given = arguments.parse_args()
    serif = given.serif / "400Regular" / "NotoSerifSC_400Regular.ttf"
    sans = given.sans / "400Regular" / "NotoSansSC_400Regular.ttf"
    common = common_characters()
    cut(serif, "NotoSerifSC-Regular", common)
    cut(given.serif / "700Bold" / "NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold", common)
    cut(sans, "NotoSansSC-Regular", common)
    cut(given.sans / "700Bold" / "NotoSansSC_700Bold.ttf", "NotoSansSC-Bold", common)
    in_serif, in_sans = code_points(serif), code_points(sans)
    cut(serif, "NotoSerifSC-Rest", in_serif - common)
    cut(sans, "NotoSansSC-Rest", in_sans - common)
    cut(given.wenkai, "RareHan-Regular", _beyond(code_points(given.wenkai), in_serif & in_sans))
    rename("NotoSerifSC-Rest", "Noto Serif SC Rest")
    rename("NotoSansSC-Rest", "Noto Sans SC Rest")
    rename("RareHan-Regular", "Rare Han")
    shutil.copy(given.serif / "LICENSE_FONT", TARGET / "NotoSerifSC-LICENSE.txt")
    shutil.copy(given.sans / "LICENSE_FONT", TARGET / "NotoSansSC-LICENSE.txt")


def _beyond(font: AbstractSet[int], others: AbstractSet[int]) -> frozenset[int]:
    """The Han characters of a font that other fonts lack."""
    han = (range(0x3400, 0xA000), range(0x20000, 0x32000))
    return frozenset(c for c in font - others if any(c in part for part in han))


if __name__ == "__main__":
    main()
