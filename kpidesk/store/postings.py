"""任职记录, to and from rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from kpidesk.core.people import PersonId
from kpidesk.core.postings import Posting, WrittenPosting
from kpidesk.store.ids import next_id
from kpidesk.store.rows import POSTINGS


def written_postings(
    connection: Connection, person: PersonId | None = None
) -> dict[PersonId, list[WrittenPosting]]:
    """What was written down of everybody, or of one person, in that order."""
    query = select(POSTINGS).order_by(POSTINGS.c.id)
    if person is not None:
        query = query.where(POSTINGS.c.person_id == person)
    found: dict[PersonId, list[WrittenPosting]] = {}
    for id_, whose, since, department, post, superior, corrects in connection.execute(query):
        posting = Posting(since, department, post, superior)
        found.setdefault(PersonId(whose), []).append(
            WrittenPosting(id_, PersonId(whose), posting, corrects)
        )
    return found


def add_postings(
    connection: Connection, person: PersonId, postings: Sequence[tuple[Posting, bool]]
) -> list[WrittenPosting]:
    """Write postings of a person down, each with whether it corrects the one before."""
    first = next_id(connection, POSTINGS)
    written = [
        WrittenPosting(first + number, person, posting, corrects)
        for number, (posting, corrects) in enumerate(postings)
    ]
    for one in written:
        posting = one.posting
        connection.execute(
            insert(POSTINGS),
            {
                "id": one.id,
                "person_id": person,
                "since": posting.since,
                "department": posting.department,
                "post": posting.post,
                "superior": posting.superior,
                "corrects": one.corrects,
            },
        )
    return written
