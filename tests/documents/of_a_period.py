"""Documents of a whole period, made from small records: as the tests of each of them do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.documents import test_annual, test_approval, test_archive, test_decomposition

OF_A_PERIOD: Mapping[str, Callable[[], bytes]] = {
    "targets": test_decomposition.made,
    "approval": test_approval.pdf,
    "annual": test_annual.made,
    "certificate": test_archive.certificate,
    "archive": test_archive.archive,
}
