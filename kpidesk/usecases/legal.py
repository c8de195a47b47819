"""Figures of the law as the officer entered them, with their sources, and where people work."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection

from kpidesk.core.payroll.lawful import LegalSettings
from kpidesk.store.settings import load_setting, save_setting
from kpidesk.usecases.changes import Changes
from kpidesk.usecases.session import Company

LEGAL: Final = "legal"
"""The key of these among the settings."""


def legal_settings(connection: Connection) -> LegalSettings:
    """What was entered; nothing is built in."""
    return load_setting(connection, LEGAL, LegalSettings) or LegalSettings()


def load_legal(company: Company) -> LegalSettings:
    """What was entered."""
    with company.read() as connection:
        return legal_settings(connection)


def save_legal(company: Company, settings: LegalSettings, *, actor: str, today: date) -> Changes:
    """Other figures or places; the log keeps what stood there before."""
    del today
    with company.change(actor) as work:
        before = legal_settings(work.connection)
        if before == settings:
            return Changes.NONE
        save_setting(work.connection, LEGAL, settings)
        work.log("legal.edit", "legal", before=before, after=settings)
    return Changes.SETTINGS | Changes.PAY
