"""Who may do what: every use case that reads or changes a company file, and the roles it is for.

This table is all there is. `Company.read` and `Company.change` refuse what is not in it, the
window shows what it allows, and a test looks that no use case is missing. It holds once a company
file has users; without any, whoever sits at the computer is the officer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpidesk.core.errors import KpiDeskError
from kpidesk.core.users import Role

_EVERYBODY: Final = frozenset(Role)
_OFFICER: Final = frozenset({Role.OFFICER})
_APPROVERS: Final = frozenset({Role.OFFICER, Role.MANAGER})
_ALL_PEOPLE: Final = frozenset({Role.OFFICER, Role.MANAGER, Role.READER})
"""Who sees the whole company: not the heads, who see their own people."""
_RATERS: Final = frozenset({Role.OFFICER, Role.HEAD})

_TABLE: Final = (
    ("actuals.completeness", _ALL_PEOPLE, "what_is_missing"),
    ("actuals.entering", _OFFICER, "enter_actuals"),
    ("actuals.history", _ALL_PEOPLE, "load_history"),
    ("actuals.lines", _ALL_PEOPLE, "load_lines"),
    ("actuals.reading", _ALL_PEOPLE, "list_books load_book"),
    ("appraisals.checking", _EVERYBODY, "look_at"),
    ("appraisals.checking", _OFFICER, "enter_second settle_difference"),
    ("appraisals.entering", _RATERS, "enter enter_all"),
    ("appraisals.entering", _OFFICER, "override restore_rule"),
    ("appraisals.exempting", _OFFICER, "exempt appraise_again"),
    ("appraisals.finishing", _OFFICER, "finish_scoring reopen"),
    ("appraisals.interviewing", _EVERYBODY, "plan_of carried_on"),
    ("appraisals.interviewing", _OFFICER, "record_interview record_look"),
    ("appraisals.leading", _OFFICER, "rater_choices"),
    ("appraisals.listing", _EVERYBODY, "load_sheet"),
    ("appraisals.naming", _OFFICER, "name_raters"),
    ("appraisals.naming_many", _OFFICER, "name_raters_of rater_sheets"),
    ("appraisals.printing", _EVERYBODY, "blank_sheet_pdf blank_sheets_pdf filled_sheet_pdf"),
    ("company", _EVERYBODY, "company_profile officer_of backup_now"),
    ("company", _ALL_PEOPLE, "first_broken_audit_line"),
    ("company", _OFFICER, "save_profile"),
    ("contracts.amending", _OFFICER, "draw_up_amendment"),
    ("contracts.batches", _EVERYBODY, "contracts_pdf contracts_file"),
    ("contracts.batches", _OFFICER, "handout_pdf"),
    ("contracts.copies", _OFFICER, "move_copies"),
    ("contracts.drafting", _OFFICER, "draw_up edit_contract"),
    ("contracts.earlier", _OFFICER, "earlier_settings"),
    ("contracts.following", _EVERYBODY, "course_of"),
    ("contracts.listing", _EVERYBODY, "load_contract"),
    ("contracts.planned", _OFFICER, "planned_figures"),
    ("contracts.printing", _EVERYBODY, "contract_pdf"),
    ("contracts.states", _OFFICER, "mark_printed return_to_draft sign void"),
    ("damage", _EVERYBODY, "damage_behind"),
    ("editing", _ALL_PEOPLE, "list_drafts load_draft differences"),
    ("editing", _EVERYBODY, "version_changes"),
    ("editing", _OFFICER, "begin import_draft save publish discard"),
    ("filing.deciding", _ALL_PEOPLE, "total_pages"),
    ("filing.deciding", _OFFICER, "file_page discard_pages take_back"),
    ("filing.intake", _OFFICER, "receive_scans check_new file_scan"),
    ("filing.listing", _ALL_PEOPLE, "filing_view recent_filing paper_choices"),
    ("filing.pictures", _ALL_PEOPLE, "page_picture filed_pictures"),
    ("filing.pictures", _EVERYBODY, "sheet_scan contract_pictures"),
    ("home", _EVERYBODY, "overview"),
    ("importing.destinations", _OFFICER, "list_destinations"),
    ("importing.papers", _OFFICER, "template"),
    ("importing.running", _OFFICER, "offer check carry_out"),
    ("incidents", _EVERYBODY, "list_incidents attachment"),
    ("incidents", _OFFICER, "write_incident strike_incident"),
    ("inspection_report", _ALL_PEOPLE, "report_pdf"),
    ("inspecting", _ALL_PEOPLE, "inspect"),
    ("inspection_report", _ALL_PEOPLE, "report_pdf"),
    ("inspecting", _OFFICER, "mend"),
    ("issuing", _APPROVERS, "issue"),
    ("keeping.archiving", _OFFICER, "export_archive"),
    ("keeping.comparing", _OFFICER, "compare"),
    ("keeping.listing", _EVERYBODY, "list_backups second_place check_backups heads_noted"),
    ("keeping.making", _EVERYBODY, "set_places keep_before keep close_company newest_kept"),
    ("keeping.restoring", _OFFICER, "restore"),
    ("keeping.restoring", _EVERYBODY, "note_recovery"),
    ("leaving", _OFFICER, "ties_of"),
    ("legal", _ALL_PEOPLE, "load_legal"),
    ("legal", _OFFICER, "save_legal"),
    ("lists", _EVERYBODY, "list_contracts list_documents list_appraisals list_results"),
    ("locking.changing", _OFFICER, "encrypt change_password replace_password renew_code decrypt"),
    ("locking.checking", _EVERYBODY, "check_secret how_locked"),
    ("locking.codes", _OFFICER, "recovery_sheet sheet_of_code"),
    ("locking.copies", _OFFICER, "plain_copies encrypt_copies"),
    ("mending", _EVERYBODY, "check_up_of"),
    ("mending", _OFFICER, "adopt_fix"),
    ("moving.doing", _OFFICER, "held_contracts try_move move_person"),
    ("pay.entering", _OFFICER, "enter_facts enter_line enter_lines strike_line"),
    ("pay.line_files", _OFFICER, "enter_line_with_files"),
    ("pay.payroll_table", _ALL_PEOPLE, "payroll_workbook"),
    ("pay.printing", _ALL_PEOPLE, "statements_pdf"),
    ("pay.settling", _OFFICER, "settle_period reverse_settlement"),
    ("pay.viewing", _ALL_PEOPLE, "list_groups find_statement load_pay"),
    ("pay.what_if", _ALL_PEOPLE, "trial_groups load_situation"),
    ("people", _EVERYBODY, "list_departments list_people"),
    ("people", _OFFICER, "add_department edit_department remove_department"),
    ("people", _OFFICER, "add_person edit_person leave_person"),
    ("postings", _EVERYBODY, "list_postings"),
    ("records", _ALL_PEOPLE, "list_records records_pdf"),
    ("replaying", _ALL_PEOPLE, "replay"),
    ("retention", _OFFICER, "save_retention list_left anonymise"),
    ("results", _EVERYBODY, "report_pdf interview_pdf reports_pdf"),
    ("reviewing.afterwards", _OFFICER, "confirm confirm_as_said appeal hear withdraw"),
    ("reviewing.afterwards", _APPROVERS, "uphold dismiss"),
    ("reviewing.afterwards", _OFFICER, "signed_opinions"),
    ("reviewing.batches", _OFFICER, "submit publish"),
    ("reviewing.batches", _ALL_PEOPLE, "list_batches"),
    ("reviewing.batches", _APPROVERS, "decide"),
    ("reviewing.calibrating", _OFFICER, "calibrate sitting"),
    ("reviewing.cycles", _ALL_PEOPLE, "list_cycles"),
    ("reviewing.cycles", _OFFICER, "close_cycle reopen_cycle"),
    ("reviewing.history", _EVERYBODY, "history"),
    ("reviewing.printing", _ALL_PEOPLE, "batch_pdf"),
    ("reviewing.rules", _EVERYBODY, "review_rules"),
    ("reviewing.rules", _ALL_PEOPLE, "scheme_approvals"),
    ("reviewing.rules", _OFFICER, "save_review_rules"),
    ("schemes", _EVERYBODY, "list_schemes scheme_details grade_names"),
    ("searching.entries", _EVERYBODY, "entries_of"),
    ("targets.choosing", _ALL_PEOPLE, "list_choices"),
    ("targets.loading", _ALL_PEOPLE, "load_view last_year"),
    ("targets.printing", _ALL_PEOPLE, "plan_pdf"),
    ("targets.working", _ALL_PEOPLE, "season history"),
    ("targets.working", _OFFICER, "save_season save_plan publish bring_drafts give_up"),
    ("unsettled", _ALL_PEOPLE, "pay_to_settle"),
    ("users.listing", _OFFICER, "list_users"),
    ("users.managing", _OFFICER, "add_user edit_user reset_password give_up_users"),
    ("users.listing", _EVERYBODY, "who_may_sign_in"),
    ("users.signing", _EVERYBODY, "sign_in sign_in_by_name unlock change_password"),
    ("verifying", _ALL_PEOPLE, "verify"),
    ("verifying", _EVERYBODY, "look_after_opening"),
    ("yearbook.annual", _EVERYBODY, "annual_pdf annual_record"),
    ("yearbook.approval", _ALL_PEOPLE, "approval_pdf"),
    ("yearbook.archive", _ALL_PEOPLE, "files certificate_pdf list_pdf"),
    ("yearbook.charts", _EVERYBODY, "report_years report_year"),
    ("yearbook.decomposition", _ALL_PEOPLE, "decomposition_pdf"),
    ("yearbook.dossier", _ALL_PEOPLE, "dossier_of"),
    ("yearbook.evidence", _ALL_PEOPLE, "evidence_pdf"),
    ("yearbook.offers", _EVERYBODY, "offer"),
    ("yearbook.papers", _ALL_PEOPLE, "paper_pdf papers_in_folder"),
    ("yearbook.parts", _EVERYBODY, "scheme_text_pdf"),
    ("yearbook.records", _ALL_PEOPLE, "left_out"),
    ("years", _EVERYBODY, "sheet_years sheets_of_cycle sheets_beside sheets_to_score"),
    ("years", _EVERYBODY, "results_of_year latest_results"),
)

ACCESS: Final[Mapping[str, frozenset[Role]]] = {
    f"{module}.{name}": roles for module, roles, names in _TABLE for name in names.split()
}
"""Use case, by module and function → the roles that it is for. What is not here, nobody may do."""

BEFORE_SIGNING_IN: Final = frozenset(
    {
        "company.officer_of",
        "keeping.restoring.note_recovery",
        "locking.changing.replace_password",
        "locking.checking.check_secret",
        "locking.checking.how_locked",
        "users.listing.who_may_sign_in",
        "users.signing.sign_in",
        "users.signing.sign_in_by_name",
        "verifying.verify_file",
    }
)
"""What needs no user: signing in, the password of the file, whether it is whole, a recovery."""


class NotYourRoleError(KpiDeskError):
    """The role of whoever is signed in does not include the action."""


def may(role: Role | None, case: str) -> bool:
    """Whether a use case is for a role; for nobody in particular, those before signing in."""
    return case in BEFORE_SIGNING_IN if role is None else role in ACCESS.get(case, frozenset())


def refuse(role: Role | None, case: str) -> None:
    """Refuse what is not for a role."""
    if may(role, case):
        return
    if role is None:
        msg = "还没有登录，请先选择用户并输入密码"
        raise NotYourRoleError(msg)
    whom = "请由人事专员来做" if case in ACCESS else "这项操作还没有登记给任何角色"
    msg = f"您的角色“{role.text}”不能做这项操作，{whom}"
    raise NotYourRoleError(msg)
