"""Looking for words among everything of 300 people and ten years, at every key."""

from __future__ import annotations

from functools import partial

from benchmarks.measure import Plan, Row, ratio, seconds, take_turns, timed
from benchmarks.staff import job
from kpidesk.core.people import PersonId
from kpidesk.usecases.pinyin import spellings
from kpidesk.usecases.searching import Entry, Index, Sort

TITLE = "Searching everywhere (against a bare loop of `word in text` over the same texts)"
_FRAME = 1 / 60
_TYPED = ("w", "wang", "2019年7月", "王 评分表", "没有这个人")
"""Letters that nearly all, many, some, and none hold: what a key costs hangs on that."""


def run(plan: Plan) -> list[Row]:
    """One key is one look through all of it."""
    people, years = plan.size(300, 5), plan.size(10, 1)
    index = Index(dict(_parts(people, years)))
    hays = [one.hay for part in index.parts.values() for one in part]

    def bare() -> None:
        for text in _TYPED:
            words = text.split()
            _ = [hay for hay in hays if all(word in hay for word in words)]

    def ours() -> None:
        for text in _TYPED:
            index.find(text)

    ours()
    times = take_turns({"ours": timed(ours), "bare": timed(bare)}, plan.rounds)
    key = [one / len(_TYPED) for one in times["ours"]]
    worst = max(_TYPED, key=lambda text: timed(partial(index.find, text))())
    slowest = [timed(partial(index.find, worst))() for _ in range(plan.rounds)]
    return [
        Row(
            f"a key among {len(hays)} entries",
            ratio(times["ours"], times["bare"]),
            f"ours {seconds(key)}, bare {seconds([one / len(_TYPED) for one in times['bare']])}",
            most=1,
        ),
        Row(
            "the dearest key, against a picture of the screen (1/60 s)",
            ratio(slowest, [_FRAME] * plan.rounds),
            seconds(slowest),
            most=1,
        ),
    ]


def _parts(people: int, years: int) -> list[tuple[Sort, tuple[Entry, ...]]]:
    parties = [job(number).contract.party_b for number in range(1, people + 1)]
    persons, sheets, statements, contracts = [], [], [], []
    for number, one in enumerate(parties):
        words = (one.name, one.number, *spellings(one.name), one.department)
        who = PersonId(number)
        names = tuple(word.casefold() for word in words[:4])
        persons.append(_entry(Sort.PERSON, f"{number}", (*words, one.post), names, who))
        for year in range(2026 - years, 2026):
            no = f"{one.department}-{year}-{number:03}"
            key = f"{number}-{year}"
            contracts.append(
                _entry(Sort.CONTRACT, key, (*words, no, "责任书"), (no.casefold(),), who)
            )
            for month in range(1, 13):
                when = f"{year}年{month}月"
                place = f"{key}-{month}"
                sheets.append(_entry(Sort.SHEET, place, (*words, f"{when}评分表", no), (), who))
                statements.append(
                    _entry(Sort.STATEMENT, place, (*words, f"{when}薪酬结算单"), (), who)
                )
    return [
        (Sort.PERSON, tuple(persons)),
        (Sort.CONTRACT, tuple(contracts)),
        (Sort.SHEET, tuple(sheets)),
        (Sort.STATEMENT, tuple(statements)),
    ]


def _entry(
    sort: Sort, key: str, words: tuple[str, ...], names: tuple[str, ...], who: PersonId
) -> Entry:
    return Entry(sort, key, words[0], "", "\n".join(words).casefold(), key, names, who)
