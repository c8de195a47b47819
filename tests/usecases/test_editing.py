"""The company's own schemes: begun, edited, published, compared, written to files and read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpidesk.codec import canonical_json, content_hash
from kpidesk.core.editing.weights import weighed
from kpidesk.core.errors import NotAllowedError
from kpidesk.core.scheme import Scheme
from kpidesk.exchange.builtin import builtin_ids, builtin_scheme
from kpidesk.exchange.scheme_file import SchemeFileError, read_scheme
from kpidesk.store import audit
from kpidesk.usecases import contracts, editing, schemes, verifying
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.company import open_company
from kpidesk.usecases.session import NotFoundError
from kpidesk.usecases.verifying import Part
from tests.usecases.office import Office

POINTS = "account-manager-kpi"
WEIGHTED = "key-account-weighted"


def reworked(office: Office, who: dict[str, Any], base: str = WEIGHTED) -> int:
    """A draft of a scheme with two weights changed."""
    draft = editing.begin(office.company, base=base, **who).draft
    after = weighed(weighed(draft.scheme, "销售额", Decimal(40)), "新客户开发", Decimal(15))
    editing.save(office.company, draft.id, scheme=after, **who)
    return draft.id


def test_a_draft_is_kept_until_it_is_published(office: Office, who: dict[str, Any]) -> None:
    draft = reworked(office, who)
    office.company.close()
    again = open_company(office.company.path)
    [row] = editing.list_drafts(again)
    assert (row.id, row.family, row.saved_by) == (draft, WEIGHTED, "王芳")
    kept = editing.load_draft(again, draft)
    assert [one.worth for one in kept.scheme.leaves()][:2] == [Decimal(40), Decimal(15)]
    made = editing.publish(again, draft, **who)
    assert made.changes == Changes.SCHEMES
    assert (made.scheme.id, made.scheme.version) == (f"{WEIGHTED}+1", 1)
    assert made.scheme.title.endswith("（本公司第 1 版）")
    assert editing.list_drafts(again) == ()
    listed = {one.id for one in schemes.list_schemes(again)}
    assert made.scheme.id in listed
    with pytest.raises(NotFoundError, match="方案草稿"):
        editing.load_draft(again, draft)
    again.close()


def test_what_was_published_never_changes(office: Office, who: dict[str, Any]) -> None:
    first = editing.publish(office.company, reworked(office, who), **who).scheme
    draft = editing.begin(office.company, base=first.id, **who).draft
    assert draft.scheme.title == builtin_scheme(WEIGHTED).title
    after = weighed(weighed(draft.scheme, "销售额", Decimal(45)), "新客户开发", Decimal(10))
    editing.save(office.company, draft.id, scheme=after, **who)
    second = editing.publish(office.company, draft.id, **who).scheme
    assert second.id == f"{WEIGHTED}+2"
    assert schemes.scheme_details(first.id, company=office.company).scheme == first
    told = [one.text for one in editing.version_changes(office.company, second.id)]
    assert told == ["“销售额”的权重：40% → 45%", "“新客户开发”的权重：15% → 10%"]
    assert [one.after for one in editing.version_changes(office.company, first.id)] == [
        "40%",
        "15%",
    ]
    assert editing.version_changes(office.company, WEIGHTED) == ()
    assert verifying.verify(office.company).broken == ()


def test_contracts_keep_the_version_they_were_drawn_up_by(
    office: Office, who: dict[str, Any]
) -> None:
    first = editing.publish(office.company, reworked(office, who), **who).scheme
    contract = office.draft(scheme=first.id, role=first.roles[0].name, settings={}, targets=[])
    draft = editing.begin(office.company, base=first.id, **who).draft
    editing.save(
        office.company, draft.id, scheme=replace(draft.scheme, contract_title="新的"), **who
    )
    editing.publish(office.company, draft.id, **who)
    assert contracts.load_contract(office.company, contract).scheme == first


def test_the_log_says_in_words_what_changed(office: Office, who: dict[str, Any]) -> None:
    draft = reworked(office, who)
    made = editing.publish(office.company, draft, **who).scheme
    with office.company.read() as connection:
        lines = [line for _, line in audit.read(connection, f"scheme_draft:{draft}")]
        [published] = [line for _, line in audit.read(connection, f"scheme:{made.id}@1")]
    assert [line.action for line in lines] == ["scheme.begin", "scheme.draft"]
    words = "“销售额”的权重：30% → 40%；“新客户开发”的权重：25% → 15%"
    assert lines[1].reason == words
    assert published.action == "scheme.publish"
    assert published.reason == words
    assert published.after == canonical_json(made, Scheme)


def test_saving_the_same_again_writes_nothing(office: Office, who: dict[str, Any]) -> None:
    draft = editing.begin(office.company, base=POINTS, **who).draft
    assert editing.save(office.company, draft.id, scheme=draft.scheme, **who).draft == draft
    with office.company.read() as connection:
        assert len(list(audit.read(connection, f"scheme_draft:{draft.id}"))) == 1


def test_a_new_scheme_is_a_family_of_its_own(office: Office, who: dict[str, Any]) -> None:
    one = editing.begin(office.company, title=" 销售部  方案 ", **who).draft
    two = editing.begin(office.company, base=POINTS, title="市场部方案", **who).draft
    assert (one.family, two.family) == ("own-1", "own-2")
    assert one.scheme.title == "销售部 方案"
    assert editing.differences(office.company, one.id) == ()
    assert editing.differences(office.company, two.id) == ()
    made = editing.publish(office.company, one.id, **who).scheme
    assert made.id == "own-1+1"
    assert editing.version_changes(office.company, made.id) == ()
    third = editing.begin(office.company, title="人事部方案", **who).draft
    assert third.family == "own-3"
    contract = office.draft(scheme=made.id, role="role_1", settings={}, targets=[])
    assert contracts.load_contract(office.company, contract).scheme == made


@pytest.mark.parametrize(
    ("title", "match"),
    [("", "起一个名称"), ("大客户经理/专员绩效考核指标", "已经有名为")],
)
def test_a_title_is_needed_and_taken_once(
    office: Office, who: dict[str, Any], title: str, match: str
) -> None:
    with pytest.raises(NotAllowedError, match=match):
        editing.begin(office.company, title=title, **who)
    assert editing.list_drafts(office.company) == ()


def test_a_scheme_whose_source_is_lost_cannot_be_the_base(
    office: Office, who: dict[str, Any]
) -> None:
    lost = next(one for one in builtin_ids() if builtin_scheme(one).lost)
    with pytest.raises(NotAllowedError, match="原文不全"):
        editing.begin(office.company, base=lost, **who)


def test_what_cannot_be_computed_is_not_published(office: Office, who: dict[str, Any]) -> None:
    draft = editing.begin(office.company, base=WEIGHTED, **who).draft
    wrong = weighed(draft.scheme, "销售额", Decimal(90))
    editing.save(office.company, draft.id, scheme=wrong, **who)
    with pytest.raises(NotAllowedError, match="还有 1 处错误"):
        editing.publish(office.company, draft.id, **who)
    assert len(editing.list_drafts(office.company)) == 1


def test_every_scheme_can_be_copied_and_published(office: Office, who: dict[str, Any]) -> None:
    for base in (one for one in builtin_ids() if not builtin_scheme(one).lost):
        draft = editing.begin(office.company, base=base, title=f"照抄 {base}", **who).draft
        made = editing.publish(office.company, draft.id, **who).scheme
        assert replace(made, id=base, title=builtin_scheme(base).title) == builtin_scheme(base)


def test_a_draft_may_be_given_up(office: Office, who: dict[str, Any]) -> None:
    draft = reworked(office, who)
    assert editing.discard(office.company, draft, **who) == Changes.SCHEMES
    assert editing.list_drafts(office.company) == ()
    with office.company.read() as connection:
        last = [line for _, line in audit.read(connection, f"scheme_draft:{draft}")][-1]
    assert last.action == "scheme.discard"
    assert last.before is not None


@pytest.mark.parametrize("scheme", builtin_ids())
def test_a_scheme_file_reads_back_as_the_same_scheme(tmp_path: Path, scheme: str) -> None:
    own = builtin_scheme(scheme)
    path = tmp_path / "方案.toml"
    path.write_text(editing.toml_of(own), encoding="utf-8")
    assert read_scheme(path) == own


def test_a_file_becomes_a_draft(office: Office, who: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "方案.toml"
    path.write_text(editing.toml_of(builtin_scheme(POINTS)), encoding="utf-8")
    first = editing.import_draft(office.company, path, **who).draft
    second = editing.import_draft(office.company, path, **who).draft
    title = builtin_scheme(POINTS).title
    assert [first.scheme.title, second.scheme.title] == [f"{title} 2", f"{title} 3"]
    assert first.scheme.indicators == builtin_scheme(POINTS).indicators
    path.write_text("id = 3\n", encoding="utf-8")
    with pytest.raises(SchemeFileError, match="缺少"):
        editing.import_draft(office.company, path, **who)


def test_a_published_version_is_held_to_the_log(office: Office, who: dict[str, Any]) -> None:
    made = editing.publish(office.company, reworked(office, who), **who).scheme
    forged = canonical_json(weighed(made, "销售额", Decimal(45)), Scheme)
    with office.company.change("王芳") as work:
        work.connection.exec_driver_sql("DROP TRIGGER schemes_no_update")
        work.connection.exec_driver_sql(
            "UPDATE schemes SET body = ?, sha256 = ? WHERE id = ?",
            (forged, content_hash(forged), made.id),
        )
    [broken] = verifying.verify(office.company).broken
    assert (broken.part, broken.problem) == (Part.SCHEME, "与操作日志不符")
    with office.company.change("王芳") as work:
        work.connection.exec_driver_sql("DROP TRIGGER schemes_no_delete")
        work.connection.exec_driver_sql("DELETE FROM schemes WHERE id = ?", (made.id,))
    [broken] = verifying.verify(office.company).broken
    assert broken.problem == "这一份不见了"
