"""Documents of one kind share the parts of fonts that hold what they all say."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from kpidesk.core.contract import Contract, Copy
from kpidesk.documents import contract as contracts
from kpidesk.documents.contract import contract_pdf
from kpidesk.documents.fonts import MissingGlyphError
from tests.documents.samples import MANAGER, STAMP, manager_contract


def _made(contract: Contract) -> bytes:
    return contract_pdf(contract, MANAGER, copy=Copy.PARTY_A, stamp=STAMP)


def _of(name: str, number: str = "QM0042") -> Contract:
    contract = manager_contract()
    party = replace(contract.party_b, name=name, number=number, department="酿酒车间")
    return replace(contract, number=f"酿酒车间-2026-{number}", party_b=party)


def _fonts(pdf: bytes) -> set[bytes]:
    found = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        fonts = cast("DictionaryObject", page["/Resources"])["/Font"]
        for one in cast("DictionaryObject", fonts.get_object()).values():
            font = cast("DictionaryObject", one.get_object())
            descriptor = cast("DictionaryObject", font["/FontDescriptor"])
            found.add(cast("StreamObject", descriptor["/FontFile2"]).get_data())
    return found


def test_contracts_of_a_scheme_share_the_fonts_of_what_all_of_them_say() -> None:
    one, other = _fonts(_made(_of("欧阳翀"))), _fonts(_made(_of("龚鑫淼", "88")))
    shared = one & other
    assert sum(map(len, shared)) > 2 * sum(map(len, one - shared))


def test_what_was_made_before_leaves_no_trace_in_the_bytes() -> None:
    contract = _of("欧阳翀")
    contracts._common.cache_clear()
    alone = _made(contract)
    contracts._common.cache_clear()
    others = [_made(_of(name)) for name in ("龚鑫淼", "王一", "𠮷田")]
    assert _made(contract) == alone
    assert len({alone, *others}) == 1 + len(others)


def test_names_and_figures_of_the_person_are_in_the_text() -> None:
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(_made(_of("龚鑫淼")))).pages)
    assert "龚鑫淼" in text
    assert "酿酒车间-2026-QM0042" in text


def test_a_character_without_a_glyph_is_still_refused() -> None:
    _made(_of("王一"))
    with pytest.raises(MissingGlyphError):
        _made(_of("王\U0003134a"))
