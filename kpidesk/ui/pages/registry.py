"""The pages of an open company: key, name, icon, and how each is made on its first visit.

Page modules import use cases, hence SQLAlchemy; so they are imported here inside functions, when
a company has been opened (the worker has long imported it by then) and not while the window
starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from kpidesk.ui.desk import Desk
    from kpidesk.ui.pages.base import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A line of the navigation; `home` is module:Class.

    `commands` are what can be done there, by the words of its buttons and menus: the search finds
    them before the page was ever made.
    """

    key: str
    name: str
    icon: str
    home: str
    commands: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """What is imported for it."""
        return self.home.partition(":")[0]

    def load(self) -> ModuleType:
        """Import the page; on the window's thread, as it makes classes of Qt's."""
        with LOADING:
            return import_module(self.module)

    @property
    def needs(self) -> str:
        """The use case that it shows: those whom it is for see the page."""
        return _NEEDS[self.key]

    def make(self, desk: Desk) -> Page:
        """Import the page and build it."""
        name = self.home.partition(":")[2]
        return cast("Page", getattr(self.load(), name)(desk))


LOADING: Final = RLock()
"""Held while modules are loaded that others load, too: two threads that load a ring of modules
from both ends would each see the other's half made."""


PAGES = (
    PageEntry(
        "home",
        "首页",
        "home",
        "kpidesk.ui.pages.home:HomePage",
        (
            "目标分解表",
            "考核结果审批表",
            "年度考核报告",
            "证据包",
            "归档证明",
            "归档清单",
        ),
    ),
    PageEntry(
        "people",
        "人员",
        "people",
        "kpidesk.ui.pages.people:PeoplePage",
        (
            "导入",
            "新增人员",
            "新增部门",
            "拟定责任书",
            "调岗",
        ),
    ),
    PageEntry(
        "schemes",
        "方案",
        "scheme",
        "kpidesk.ui.pages.schemes:SchemesPage",
        (
            "打开试算文件",
            "保存空白试算文件",
            "修改为新版本",
            "复制为新方案",
            "导出为文件",
            "用此方案拟定责任书",
            "空白方案",
            "导入方案文件",
        ),
    ),
    PageEntry(
        "targets",
        "目标",
        "target",
        "kpidesk.ui.pages.targets:TargetsPage",
        (
            "导入",
            "目标计划分解表",
            "责任书目标分解表",
            "复制去年的目标",
            "季节比例",
            "添加人员",
            "更新责任书草稿",
            "修订记录",
            "放弃未发布的改动",
            "分解",
            "发布",
        ),
    ),
    PageEntry(
        "contracts",
        "责任书",
        "contract",
        "kpidesk.ui.pages.contracts:ContractsPage",
        (
            "导入",
            "拟定责任书",
            "打印",
            "登记签署",
            "PDF：甲乙双方各一份",
            "PDF：合成一个文件",
            "PDF：每份一个文件",
            "发放、回收登记表",
            "登记纸质件",
            "补充协议",
            "提前终止",
            "退回草稿",
            "作废",
            "目标分解表",
        ),
    ),
    PageEntry(
        "actuals",
        "实绩",
        "actuals",
        "kpidesk.ui.pages.actuals:ActualsPage",
        (
            "导入",
            "记一件事",
        ),
    ),
    PageEntry(
        "scoring",
        "评分",
        "scoring",
        "kpidesk.ui.pages.scoring:ScoringPage",
        (
            "导入",
            "对照扫描件填写",
            "二次录入",
            "考核人",
            "批量登记考核人",
            "空白评分表",
            "列表中所有人的空白评分表",
            "已填评分表",
            "重新打开",
            "定分",
        ),
    ),
    PageEntry(
        "results",
        "结果",
        "results",
        "kpidesk.ui.pages.results:ResultsPage",
        (
            "校准",
            "各部门等级分布",
            "提交总经理审批",
            "审批批次、登记审批意见与公示",
            "登记员工确认",
            "关闭或重新打开考核周期",
            "考核规则（审批、等级分布、申诉）",
            "考核报告：打印列表中的",
            "考核报告：列表中的每人一个文件",
            "考核结果审批表",
            "年度考核报告",
            "证据包",
            "归档证明",
            "归档清单",
        ),
    ),
    PageEntry(
        "reports",
        "报表",
        "report",
        "kpidesk.ui.pages.reports:ReportsPage",
        (
            "年度考核报告",
            "考核结果审批表",
            "复制图片",
            "存为图片",
        ),
    ),
    PageEntry(
        "pay",
        "薪酬",
        "pay",
        "kpidesk.ui.pages.pay:PayPage",
        (
            "导入",
            "核算",
            "结算本期",
            "冲销结算",
            "测算",
            "本期核对",
            "打印薪酬结算单：所选的人",
            "打印薪酬结算单：这一期所有的人",
            "薪酬结算单每人各存一份",
            "工资表",
        ),
    ),
    PageEntry(
        "filing",
        "归档",
        "filing",
        "kpidesk.ui.pages.filing:FilingPage",
        ("选择扫描文件",),
    ),
    PageEntry(
        "settings",
        "设置",
        "settings",
        "kpidesk.ui.pages.settings:SettingsPage",
        (
            "选择扫描文件夹",
            "工作地点",
        ),
    ),
)

_NEEDS = {
    "home": "home.overview",
    "people": "people.list_people",
    "schemes": "editing.list_drafts",
    "targets": "targets.choosing.list_choices",
    "contracts": "lists.list_documents",
    "actuals": "actuals.reading.list_books",
    "scoring": "appraisals.listing.load_sheet",
    "results": "lists.list_results",
    "reports": "yearbook.charts.report_years",
    "pay": "pay.viewing.list_groups",
    "filing": "filing.listing.filing_view",
    "settings": "company.company_profile",
}


def page_named(key: str) -> PageEntry:
    """The line of a page."""
    return next(one for one in PAGES if one.key == key)


IMPORTING = "importing.running.carry_out"
"""The use case behind every way to import a workbook."""
