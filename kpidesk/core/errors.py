"""The family of errors whose message may be shown to the officer as it stands."""

from __future__ import annotations


class KpiDeskError(Exception):
    """An action was refused; the message says in Chinese what, where, and how to mend it."""


class InvalidValueError(KpiDeskError, ValueError):
    """A value that cannot exist (30 February, a negative weight) was asked for."""


class NotAllowedError(KpiDeskError):
    """The state of a record forbids the action (editing a signed contract, say)."""
