"""Stacks of printed contracts, spoilt in every way, read as scans: what is read, unread, wrong.

python -m tests.soak.scans 100
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, replace
from random import Random
from time import perf_counter

from PIL import Image

from kpidesk.core.contract import ContractId, Copy
from kpidesk.core.page_code import PREFIX, PageCode, Stamp, code_text
from kpidesk.documents.contract import contract_pdf
from kpidesk.exchange.scan.found import SheetFound
from kpidesk.exchange.scan.reader import ScanReader
from tests.documents.samples import MANAGER, manager_contract
from tests.soak.degrade import (
    as_jpeg,
    as_pdf,
    blurred,
    faint,
    noisy,
    printed_pages,
    skewed,
    stained,
    turned,
    two_up,
)

CONTRACTS = 20
_RESOLUTIONS = (150, 200, 300)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet on the glass and what its codes say, left to right."""

    how: str
    image: Image.Image
    codes: tuple[str, ...]
    dpi: int


def stack(random: Random, contracts: int) -> list[tuple[str, Image.Image, int]]:
    """The shuffled pages of contracts, three each, with what their codes say."""
    pages = []
    for number in range(1, contracts + 1):
        contract = replace(manager_contract(f"员工{number}"), id=ContractId(number))
        stamp = Stamp("C", number, 1, f"{random.getrandbits(32):08X}")
        copy = random.choice(list(Copy))
        dpi = random.choice(_RESOLUTIONS)
        pictures = printed_pages(contract_pdf(contract, MANAGER, copy=copy, stamp=stamp), dpi)
        for page, picture in enumerate(pictures, 1):
            code = PageCode(stamp, copy, page, len(pictures))
            pages.append((code_text(code), picture, dpi))
    random.shuffle(pages)
    return pages


def spoilt(page: Image.Image, dpi: int, random: Random) -> tuple[str, Image.Image]:
    """A page spoilt in one way, or in several at once."""
    at_150 = dpi / 150
    match random.choice(("turned", "skewed", "blurred", "noisy", "faint", "coffee", "all")):
        case "turned":
            return "turned 0-359°", turned(page, random.uniform(0, 360))
        case "skewed":
            upright = turned(page, random.choice((0, 90, 180, 270)))
            return "skewed ±5°", skewed(upright, random.uniform(-5, 5))
        case "blurred":
            return "blurred", blurred(page, random.uniform(0.5, 2) * at_150)
        case "noisy":
            return "noisy", noisy(page, random, random.uniform(10, 40))
        case "faint":
            return "faint", noisy(faint(page, random.randint(80, 200)), random, 5)
        case "coffee":
            return "coffee", stained(page, random, random.randint(50, 150))
        case _:
            aslant = turned(faint(page, random.randint(0, 100)), random.uniform(0, 360))
            soft = stained(blurred(aslant, random.uniform(0, 1.3) * at_150), random, 120)
            return "all at once", noisy(soft, random, random.uniform(0, 15))


def sheets(random: Random, contracts: int) -> list[Sheet]:
    """A stack laid on the glass: most pages alone, some two on a sheet."""
    pages = stack(random, contracts)
    laid = []
    while pages:
        text, picture, dpi = pages.pop()
        if pages and random.random() < 1 / 6:
            other, beside, its_dpi = pages.pop()
            scale = dpi / its_dpi
            beside = beside.resize((round(beside.width * scale), round(beside.height * scale)))
            image = skewed(two_up(picture, beside), random.uniform(-2, 2))
            laid.append(Sheet("two-up", image, (text, other), dpi))
            continue
        how, image = spoilt(picture, dpi, random)
        laid.append(Sheet(how, image, (text,), dpi))
    return laid


def read_round(
    seed: int, reader: ScanReader, tally: Counter[str], contracts: int = CONTRACTS
) -> tuple[int, float]:
    """Spoil, save and read one stack; how many pages and how many seconds reading took."""
    random = Random(seed)  # noqa: S311 - the same stack in every run
    laid = sheets(random, contracts)
    pdf = as_pdf(
        [
            (
                as_jpeg(one.image, random.randint(40, 85), one.dpi),
                one.image.width * 72 / one.dpi,
                one.image.height * 72 / one.dpi,
            )
            for one in laid
        ]
    )
    start = perf_counter()
    found = [one for one in reader.read(pdf) if isinstance(one, SheetFound)]
    seconds = perf_counter() - start
    for sheet, read in zip(laid, found, strict=True):
        got = [text for part in read.parts for text in part.codes]
        for text in sheet.codes:
            tally[f"{sheet.how}: {'read' if text in got else 'unread'}"] += 1
        tally["wrong"] += len(set(got) - set(sheet.codes))
        # Two pages of a sheet must not end up on one another's half.
        tally["wrong"] += len(sheet.codes) == len(got) > 1 and tuple(got) != sheet.codes
    return sum(len(one.codes) for one in laid), seconds


def main(rounds: int) -> int:
    """Read so many stacks of sixty pages and print the figures; 0 when nothing was wrong."""
    tally: Counter[str] = Counter()
    pages, seconds = 0, 0.0
    with ScanReader(PREFIX) as reader:
        for seed in range(rounds):
            more, longer = read_round(seed, reader, tally)
            pages, seconds = pages + more, seconds + longer
    for name in sorted(tally):
        print(f"{name}: {tally[name]}")
    read = sum(count for name, count in tally.items() if name.endswith(": read"))
    print(f"{pages} pages, {read / pages:.2%} read, {tally['wrong']} wrong", end="")
    print(f", {seconds / pages:.3f} s a page")
    return tally["wrong"]


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1])) else 0)
