"""To which record a page belongs: only where its code fits that record's hash is it filed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection

from kpidesk.codec import canonical_json, content_hash, from_json
from kpidesk.core.appraisal import Appraisal, AppraisalId, Interview
from kpidesk.core.contract import Contract, ContractId, ContractState
from kpidesk.core.errors import InvalidValueError
from kpidesk.core.filing import MOST_PAGES, Paper, PaperKind, Slot, paper_of
from kpidesk.core.page_code import PageCode, read_code
from kpidesk.core.people import PersonId
from kpidesk.core.period import Period
from kpidesk.core.review.steps import Calibrated
from kpidesk.store import audit
from kpidesk.store.appraisals import load_appraisal
from kpidesk.store.contracts import load_contract, load_paper
from kpidesk.store.pay_runs import Kept, kept_run
from kpidesk.store.results import recorded_hashes
from kpidesk.store.reviews import steps_of
from kpidesk.store.scans import filed_pages
from kpidesk.usecases.appraisals.printing import interview_hash, printed_early
from kpidesk.usecases.contracts.listing import details_of, terms_on
from kpidesk.usecases.contracts.printing import PRINTED, preview
from kpidesk.usecases.issuing import issued
from kpidesk.usecases.reviewed import calibration_of
from kpidesk.usecases.session import Company

_OTHER_FILE = "校验值与这里的记录不符：可能属于另一个公司文件，或打印后内容已改动"


@dataclass(frozen=True, slots=True)
class Match:
    """Where a page belongs; with a `reason`, it is for the officer to say.

    A `note` keeps nothing from being filed.
    """

    slot: Slot | None
    reason: str = ""
    note: str = ""


@dataclass(slots=True)
class Matcher:
    """Matches pages within one transaction; what it has looked up once it remembers."""

    company: Company
    connection: Connection
    _totals: dict[Paper, int] = field(default_factory=dict)
    _runs: dict[int, Kept | None] = field(default_factory=dict)

    def match(self, text: str) -> Match:
        """The place that a code names, once it fits the record."""
        code = read_code(text)
        if code is None:
            return Match(None, f"识别码内容不完整或被改动：{text[:40]}")
        paper = paper_of(code.stamp, code.copy)
        if paper is None:
            return Match(None, "这类文件不需要归档（例如考核方案、证据包），请单独保存")
        if not 1 <= code.page <= code.total <= MOST_PAGES:
            return Match(None, f"页码不合理：第 {code.page} 页，共 {code.total} 页")
        slot = Slot(paper, code.page, code.total)
        reason = self._refused(code, paper)
        if reason is None:
            return Match(None, f"本公司文件里没有这份文件（编号 {paper.document_id}）")
        if not reason and (total := self.total(paper)) not in (None, code.total):
            reason = f"页数不符：识别码写共 {code.total} 页，这份文件共 {total} 页"
        return Match(slot, reason, "" if reason else self._note(paper))

    def _note(self, paper: Paper) -> str:
        """What to know of a page that is filed."""
        early = printed_early(self.connection, paper) if paper.kind.is_sheet else None
        return f"定分前（{early[0]}）打印的一份，按当时的数据归档" if early else ""

    def _refused(self, code: PageCode, paper: Paper) -> str | None:
        """Why a page is not filed by itself; None when there is no such paper."""
        if paper.kind is PaperKind.CONTRACT:
            return self._contract(code, paper)
        if paper.kind.is_sheet:
            return self._sheet(code, paper)
        if paper.document_id == 0:
            return "这一页是试打印的，没有对应的存档，不归档"
        if paper.kind is PaperKind.PAY:
            return self._pay(code, paper)
        return self._issued(code, paper)

    def _issued(self, code: PageCode, paper: Paper) -> str | None:
        """A paper of a period: what it said when it went out is in the log."""
        one = issued(self.connection, paper.document_id)
        if one is None or one.paper.kind is not paper.kind:
            return None
        plain = (paper.revision, paper.copy, paper.stage) == (1, None, "")
        return "" if plain and _fits(code, one.paper.sha256) else _OTHER_FILE

    def _pay(self, code: PageCode, paper: Paper) -> str | None:
        """A pay statement: of a settlement that stands, and of somebody who was paid by it."""
        if paper.document_id not in self._runs:
            self._runs[paper.document_id] = kept_run(self.connection, paper.document_id)
        run = self._runs[paper.document_id]
        if run is None:
            return None
        if not _fits(code, run.sha256) or (paper.revision, paper.copy) != (1, None):
            return _OTHER_FILE
        if not paper.stage:
            return "识别码没有写明是谁的（早先版本打印的薪酬结算单），请对着图像选择本人"
        if not paper.stage.isdigit() or PersonId(int(paper.stage)) not in run.people:
            return _OTHER_FILE
        return "这次结算已经冲销，请核对是否用重新结算后的薪酬结算单" if run.is_reversed else ""

    def total(self, paper: Paper) -> int | None:
        """How many pages a paper has: those printed, or as the pages filed before say."""
        if paper not in self._totals and (known := self._counted(paper)):
            self._totals[paper] = known
        return self._totals.get(paper)

    def _counted(self, paper: Paper) -> int:
        if paper.kind is PaperKind.CONTRACT and paper.copy:
            contract = self._loaded(ContractId(paper.document_id))
            if contract and contract.revision == paper.revision:
                pdf = load_paper(self.connection, contract, paper.copy, self.company.path)
                if pdf is not None:
                    with preview(pdf) as pages:
                        return pages.page_count
        filed = filed_pages(self.connection, paper)
        return filed[0].slot.total if filed and filed[0].slot else 0

    def _loaded(self, contract: ContractId) -> Contract | None:
        found = load_contract(self.connection, contract, self.company.path)
        return found[0] if found else None

    def _contract(self, code: PageCode, paper: Paper) -> str | None:
        """Why a contract's page is not filed by itself; None when there is no such contract."""
        found = load_contract(self.connection, ContractId(paper.document_id), self.company.path)
        if found is None:
            return None
        contract, digest = found
        if not _fits(code, digest) or paper.revision != contract.revision:
            is_older = paper.revision < contract.revision
            if is_older and any(_fits(code, one) for one in self._printed_before(contract)):
                return (
                    f"过期版本：这是第 {paper.revision} 版，现在是第 {contract.revision} 版，"
                    "请用新版重新签署"
                )
            return _OTHER_FILE
        match contract.state:
            case ContractState.VOID:
                return f"{contract.title} 已作废"
            case ContractState.DRAFT:
                return f"{contract.title} 还是草稿，这一页是试打印的"
            case ContractState.PRINTED | ContractState.SIGNED if paper.copy is None:
                return "没有“甲方存”“乙方存”的标记，这一页是试打印的"
            case _:
                return ""

    def _printed_before(self, contract: Contract) -> Iterator[str]:
        """The hashes of what was ever printed of a contract."""
        for _, line in audit.read(self.connection, f"contract:{contract.id}"):
            if line.action == PRINTED and line.after:
                yield str(json.loads(line.after).get("sha256", ""))

    def _sheet(self, code: PageCode, paper: Paper) -> str | None:
        """Why a sheet's page is not filed by itself; None when there is no such sheet."""
        appraisal = load_appraisal(self.connection, AppraisalId(paper.document_id))
        if appraisal is None:
            return None
        if paper.copy is not None or not _is_stage(paper.stage, appraisal.cycle):
            return _OTHER_FILE
        if paper.kind is PaperKind.BLANK_SHEET:
            return self._blank(code, paper, appraisal)
        if early := printed_early(self.connection, paper):
            return "" if _fits(code, early[1]) else _OTHER_FILE
        recorded = recorded_hashes(self.connection, appraisal.id)
        fitting = [
            number
            for number, one in enumerate(recorded, 1)
            if any(_fits(code, digest) for digest in self._printed_of(paper.kind, appraisal, one))
        ]
        open_now = content_hash(canonical_json(appraisal, Appraisal))
        if paper.revision in fitting:
            if paper.revision == len(recorded):
                return self._calibrated_since(code, paper, appraisal, recorded[-1])
            return (
                f"过期版本：这是第 {paper.revision} 次定分时打印的，"
                f"之后又定分到第 {len(recorded)} 次"
            )
        if _fits(code, open_now) and paper.revision == max(len(recorded), 1):
            return ""
        return _OTHER_FILE

    def _calibrated_since(
        self, code: PageCode, paper: Paper, appraisal: Appraisal, recorded: str
    ) -> str:
        """Why a report of the last recording is not filed by itself: it was calibrated since."""
        if paper.kind is not PaperKind.REPORT:
            return ""
        now = calibration_of(self.connection, appraisal, self.company.path)
        said = self._interviews(appraisal)
        if any(_fits(code, interview_hash(recorded, one, now)) for one in said):
            return ""
        total = f"总分 {now.new_total:f} {now.new_grade}".rstrip() if now else "恢复为定分时的结果"
        return f"过期版本：打印以后又校准过（{total}），请用校准后重新打印的签字"

    def _blank(self, code: PageCode, paper: Paper, appraisal: Appraisal) -> str:
        """Why a sheet to write on is not filed by itself: it rests on the terms of its cycle."""
        day = appraisal.cycle.last_day
        terms = terms_on(self.company, self.connection, appraisal.contract, day)
        if paper.revision != terms.contract.revision:
            return _OTHER_FILE
        if _fits(code, terms.sha256):
            return ""
        if _fits(code, details_of(self.company, self.connection, appraisal.contract).sha256):
            return "过期版本：这张评分表是补充协议生效前打印的，请核对目标是否已改"
        return _OTHER_FILE

    def _printed_of(self, kind: PaperKind, appraisal: Appraisal, recorded: str) -> Iterator[str]:
        """The hashes that papers of a recorded score carry: with each interview and calibration."""
        if kind not in (PaperKind.REPORT, PaperKind.INTERVIEW):
            yield recorded
            return
        steps = steps_of(self.connection, appraisal.id, self.company.path)
        moves = [one.step for one in steps if isinstance(one.step, Calibrated)]
        for interview in self._interviews(appraisal):
            for moved in (None, *moves):
                yield interview_hash(recorded, interview, moved)

    def _interviews(self, appraisal: Appraisal) -> list[Interview]:
        """Every interview that the log knows of a sheet, and none."""
        said = [Interview(), appraisal.interview]
        for _, line in audit.read(self.connection, f"appraisal:{appraisal.id}"):
            if line.action == "appraisal.interview":
                said += [from_json(one, Interview) for one in (line.before, line.after) if one]
        return said


def _is_stage(stage: str, cycle: Period) -> bool:
    """Whether a sheet may rate it: the cycle itself, or a period within."""
    if not stage:
        return True
    try:
        period = Period.parse(stage)
    except InvalidValueError:
        return False
    return cycle.start <= period.start and period.end <= cycle.end


def _fits(code: PageCode, digest: str) -> bool:
    return digest[:8].upper() == code.stamp.short_hash.upper()
