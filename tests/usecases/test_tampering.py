"""What was kept for good is held to its hash: a change behind our back is found when it is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kpidesk.core.contract import Copy
from kpidesk.store.errors import DamagedFileError
from kpidesk.usecases import appraisals, contracts, results
from tests.usecases.office import Office

Look = Callable[[Office], object]


def _paper(office: Office) -> object:
    (row,) = contracts.list_contracts(office.company)
    return contracts.contract_pdf(office.company, row.id, Copy.PARTY_A)


def _contract(office: Office) -> object:
    (row,) = contracts.list_contracts(office.company)
    return contracts.load_contract(office.company, row.id)


def _report(office: Office) -> object:
    sheet = appraisals.list_appraisals(office.company)[0]
    return results.report_pdf(office.company, sheet.id)


@pytest.mark.parametrize(
    ("guard", "sql", "look", "said"),
    [
        (
            "frozen_no_update",
            "UPDATE frozen SET body = replace(body, '1200', '1100')",
            _paper,
            "的存档与校验值不符",
        ),
        ("papers_no_update", "UPDATE papers SET pdf = x'255044'", _paper, "打印存档与校验值不符"),
        (
            "contracts_closed",
            "UPDATE contracts SET person_name = '李四'",
            _contract,
            "登记与内容不符",
        ),
        (
            "schemes_no_update",
            "UPDATE schemes SET body = replace(body, '85', '95')",
            _contract,
            "考核方案 .* 的内容与校验值不符",
        ),
        (
            "results_no_update",
            "UPDATE results SET body = replace(body, '66', '96')",
            _report,
            "定分记录与校验值不符",
        ),
    ],
)
def test_what_was_signed_and_scored_is_found_when_it_was_changed(
    office: Office, guard: str, sql: str, look: Look, said: str
) -> None:
    (sheet, *_) = office.sign(office.draft())
    office.complete(sheet)
    appraisals.finish_scoring(office.company, sheet, **office.who)
    look(office)
    with office.company.change("王芳") as work:
        work.connection.exec_driver_sql(f"DROP TRIGGER {guard}")
        assert work.connection.exec_driver_sql(sql).rowcount
    office.company.schemes.clear()  # as after the next start
    with pytest.raises(DamagedFileError, match=said):
        look(office)
