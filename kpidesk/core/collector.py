"""Collects what comes up in one evaluation: findings, each once and in order; by-products."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kpidesk.core.facts import Subject
from kpidesk.core.figure import Figure
from kpidesk.core.findings import Code, Effect, Finding
from kpidesk.core.scheme import Aspect


@dataclass(slots=True)
class Collector:
    """What came up so far; `aspects` and `emitted` in the score under way."""

    aspects: set[Aspect] = field(init=False, default_factory=set)
    emitted: dict[str, Figure] = field(init=False, default_factory=dict)
    _findings: dict[Finding, None] = field(init=False, default_factory=dict)

    def emit(self, name: str, figure: Figure) -> None:
        """Give a by-product of a rule (attainment, required days) a name among the results."""
        self.emitted[name] = figure

    def touch(self, aspect: Aspect) -> None:
        """Note that something came up on which an ambiguous clause may turn."""
        self.aspects.add(aspect)

    def report(
        self,
        code: Code,
        effect: Effect,
        message: str,
        *,
        subject: Subject = "",
        name: str = "",
        period: str = "",
    ) -> None:
        """Note a finding, once."""
        self._findings[Finding(code, effect, message, subject, name, period)] = None

    def block(self, code: Code, message: str, **where: str) -> None:
        """Note a finding that keeps every result from being produced."""
        self.report(code, Effect.BLOCKS, message, **where)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noted, in the order in which it came up."""
        return tuple(self._findings)

    @contextmanager
    def unasked(self, *codes: Code) -> Iterator[None]:
        """Forget findings of these codes that come up meanwhile (of every code: none given).

        For what is computed only in case it is there, so that its lack is nobody's concern.
        """
        before = len(self._findings)
        yield
        kept = []
        while len(self._findings) > before:
            finding, _ = self._findings.popitem()
            if codes and finding.code not in codes:
                kept.append(finding)
        self._findings.update(dict.fromkeys(reversed(kept)))
