"""Trying a scheme on figures in a file; touches no company data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kpidesk.codec import content_hash
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.results import Evaluation
from kpidesk.core.scheme import Scheme
from kpidesk.core.trial import Trial, differences, run
from kpidesk.exchange.trial_file import locate, read_trial
from kpidesk.exchange.trial_reader import TrialFileError
from kpidesk.exchange.trial_template import trial_template


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """One file tried: what came out, and how it differs from what the file expects."""

    path: Path
    trial: Trial
    scheme: Scheme
    evaluation: Evaluation
    differences: tuple[str, ...]


def trial_pdf(outcome: TrialOutcome) -> bytes:
    """The results of a trial on paper, every number with its derivation."""
    from kpidesk.documents.stamp import Stamp
    from kpidesk.documents.trial import trial_pdf as render

    digest = content_hash(outcome.path.read_bytes().decode("utf-8", "replace"))
    stamp = Stamp("T", 0, 1, digest[:8])
    return render(outcome.trial, outcome.scheme, outcome.evaluation, stamp=stamp)


def blank_trial(scheme: Scheme, today: date) -> bytes:
    """A trial file to fill in: what a scheme asks for, each name with its meaning."""
    return trial_template(scheme, today.year).encode()


def try_file(path: Path) -> TrialOutcome:
    """Compute a trial file. KpiDeskError when the file cannot be read as a trial."""
    trial, scheme = read_trial(path)
    try:
        outcome = run(trial, scheme)
    except InvalidValueError as problem:  # days before the first year or after the last
        msg = f"{path.name}：{problem}"
        raise TrialFileError(msg) from None
    located = tuple(locate(trial, finding) for finding in outcome.findings)
    evaluation = replace(outcome, findings=located)
    return TrialOutcome(
        path, trial, scheme, evaluation, tuple(differences(trial.expectation, evaluation))
    )
