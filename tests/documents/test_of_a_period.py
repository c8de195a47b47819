"""Documents of a period with the longest and the most hostile content that can be entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pdfplumber
import pytest

from kpidesk.core.approval import Approval, Change
from kpidesk.core.contract import PartyA, PartyB
from kpidesk.core.decomposition import decompose
from kpidesk.core.dossier import Archive, Dossier, Filed, Item, Kind
from kpidesk.core.people import PersonId
from kpidesk.documents.annual import annual_pdf
from kpidesk.documents.approval import approval_pdf
from kpidesk.documents.archive import certificate_pdf, list_pdf
from kpidesk.documents.decomposition import decomposition_pdf
from kpidesk.documents.evidence import Part, evidence_pdf
from kpidesk.documents.stamp import Stamp
from tests.documents import test_annual, test_approval, test_archive, test_decomposition
from tests.documents.samples import MM, text_of

LONG = "特别长的名字" * 10
TAGS = '<font color="red">甲</font>&<img src="file:///etc/passwd">'
STAMP = Stamp("T", 202601, 1, "0a1b2c3d")


def targets(text: str) -> bytes:
    made = test_decomposition.person("甲")
    target = replace(made.targets[0], label=text)
    party = PartyB(PersonId(1), text, text, text, text, text)
    contract = replace(
        made, number=text, party_a=PartyA(text[:60]), party_b=party, targets=(target,)
    )
    return decomposition_pdf(decompose([contract] * 3, without=[text] * 40), stamp=STAMP)


def approval(text: str) -> bytes:
    line = replace(
        test_approval.LINE,
        name=text,
        number=text,
        department=text,
        post=text,
        scheme=text,
        grade=text,
        changes=(Change(text, text * 80, text, date(2026, 4, 4)),) * 2,
        warnings=(text * 10,),
    )
    record = Approval(text, text, test_approval.CYCLE, (line,) * 5, (text,) * 40)
    return approval_pdf(record, stamp=STAMP)


def annual(text: str) -> bytes:
    one = test_annual.TEAM[0]
    marks = tuple(
        replace(
            mark,
            grade=text,
            dimensions=tuple((f"{text}{n}", score) for n, (_, score) in enumerate(mark.dimensions)),
        )
        for mark in one.marks
    )
    long = replace(
        one, name=text, number=text, department=text, post=text, scheme=text, marks=marks[:9]
    )
    record = replace(
        test_annual.annual(members=(long,) * 4),
        company=text,
        everybody=(long,),
        without=(text,) * 40,
    )
    return annual_pdf(record, stamp=STAMP)


def dossier(text: str) -> Dossier:
    items = tuple(
        Item(kind, text, state, text, "ab" * 32, text)
        for kind in Kind
        for state in (Filed.FILED, Filed.MISSING, Filed.NOT_NEEDED)
    )
    return replace(
        test_archive.ONE,
        company=text, name=text, number=text, department=text, post=text, items=items,
    )  # fmt: skip


def certificate(text: str) -> bytes:
    return certificate_pdf(dossier(text), stamp=STAMP)


def archive(text: str) -> bytes:
    one = dossier(text)
    return list_pdf(Archive(text, text, one.year, (one,) * 3, (text,) * 40), stamp=STAMP)


def evidence(text: str) -> bytes:
    one = dossier(text)
    parts = [Part(item, test_approval.pdf()) for item in one.items if item.state is Filed.FILED]
    return evidence_pdf(one, parts, stamp=STAMP)


MAKERS = [
    pytest.param(make, id=make.__name__)
    for make in (targets, approval, annual, certificate, archive, evidence)
]


@pytest.mark.parametrize("make", MAKERS)
def test_the_longest_names_stay_inside_the_margins(make: test_archive.Make) -> None:
    with pdfplumber.open(BytesIO(make(LONG))) as opened:
        for page in opened.pages:
            for one in page.chars:
                assert one["x0"] > 28 * MM - 1
                assert one["x1"] < page.width - 26 * MM + 1
                assert one["top"] > 10 * MM
                assert one["bottom"] < page.height - 8 * MM


@pytest.mark.parametrize("make", MAKERS)
def test_markup_is_printed_as_it_was_typed(make: test_archive.Make) -> None:
    text = text_of(make(TAGS))
    assert "".join(TAGS.split())[:12] in text


def test_a_figure_of_many_digits_is_set_smaller_not_cut() -> None:
    line = replace(test_approval.LINE, total=Decimal("123456789012.34"), full=Decimal(10**12))
    text = text_of(test_approval.pdf(line))
    assert "123456789012.34" in text
