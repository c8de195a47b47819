from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics

from kpidesk.documents.fonts import FOLDER, Face, MissingGlyphError, glyph, runs, width

STANDARD = Path(__file__).parents[2] / "packaging" / "fonts" / "general-standard-8105.txt"


@pytest.mark.parametrize("face", Face)
def test_the_common_part_of_every_face_has_all_characters_of_the_standard_table(
    face: Face,
) -> None:
    characters = "".join(STANDARD.read_text(encoding="utf-8").split())
    assert len(characters) == 8105
    assert {glyph(one, face).font for one in characters} == {face.value[0]}


@pytest.mark.parametrize("face", Face)
def test_rare_names_are_found_in_some_font_of_every_face(face: Face) -> None:
    assert [run.font for run in runs("张𠮷", face)] == [face.value[0], "RareHan-Regular"]
    assert "".join(run.text for run in runs("䶮㛃𫖯𬭎𠮷𨭎", face)) == "䶮㛃𫖯𬭎𠮷𨭎"


def test_a_character_outside_the_common_part_comes_from_the_rest_of_the_same_design() -> None:
    assert glyph("㐂", Face.SONG).font == "NotoSerifSC-Rest"
    assert glyph("㐂", Face.HEI_BOLD).font == "NotoSansSC-Rest"


@pytest.mark.parametrize(("character", "code"), [("😀", "U+1F600"), ("\ue000", "U+E000")])
def test_a_character_that_no_font_has_is_an_error_that_names_it(character: str, code: str) -> None:
    with pytest.raises(MissingGlyphError, match=code.replace("+", r"\+")) as caught:
        width(f"张{character}三", Face.SONG, 10)
    assert caught.value.character == character


def test_a_chinese_character_is_as_wide_as_its_size() -> None:
    assert width("绩效考核", Face.SONG, 10.5) == pytest.approx(42)


def test_every_font_brings_its_licence() -> None:
    for path in FOLDER.glob("*.ttf"):
        licence = FOLDER / f"{path.stem.split('-')[0]}-LICENSE.txt"
        assert "SIL OPEN FONT LICENSE" in licence.read_text(encoding="utf-8").upper()


def test_the_font_cut_from_another_design_does_not_bear_its_reserved_name() -> None:
    glyph("𠮷", Face.SONG)
    face = pdfmetrics.getFont("RareHan-Regular").face
    assert (face.name, face.familyName) == (b"RareHan-Regular", b"Rare Han")
