"""任职记录: in which department and post a person was, and under whom, from which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpidesk.core.errors import InvalidValueError
from kpidesk.core.people import PersonId


@dataclass(frozen=True, slots=True)
class Posting:
    """What held from a day on, in the words of that time; `since` None: nobody knows."""

    since: date | None
    department: str
    post: str
    superior: str = ""


@dataclass(frozen=True, slots=True)
class WrittenPosting:
    """A posting as it was written down; one that `corrects` stands in place of the one before."""

    id: int
    person: PersonId
    posting: Posting
    corrects: bool = False


def history(written: Sequence[WrittenPosting]) -> tuple[Posting, ...]:
    """The postings of one person that count, the earliest first."""
    counting: list[Posting] = []
    for one in written:
        if one.corrects:
            counting.pop()
        counting.append(one.posting)
    return tuple(counting)


def changed(
    past: Sequence[Posting], before: Posting, after: Posting, *, moves: bool
) -> tuple[tuple[Posting, bool], ...]:
    """What to write down where a person's posting changes, and whether each is a correction.

    `past` is the history so far, empty while nothing was ever written: then `before` is all there
    was. What holds from the same day corrects the last posting; so does another day alone, when
    nobody `moves`.
    """
    since = past[-1].since if past else before.since
    is_same_day = after.since == since
    if is_same_day and not (moves and past):
        return ()  # nothing changed, or the register of the person says it all
    if is_same_day or not moves:
        _check_order(past[-2].since if len(past) > 1 else None, after.since)
        return ((after, bool(past)),)
    _check_order(since, after.since)
    return ((after, False),) if past else ((before, False), (after, False))


def _check_order(earlier: date | None, since: date | None) -> None:
    if earlier is not None and (since is None or since <= earlier):
        said = "没有填写" if since is None else f"({since})"
        msg = f"任职起始日{said}，应晚于上一段任职的起始日({earlier})"
        raise InvalidValueError(msg)
