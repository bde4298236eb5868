"""The codes of the access log in words."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from yifa.listing.registry import UnknownList, get

TYPES = {
    "viewed": gettext_noop("查看"),
    "downloaded": gettext_noop("下载"),
    "exported": gettext_noop("导出名单"),
    "refused": gettext_noop("被拒绝"),
    "logged_in": gettext_noop("登录"),
    "logged_out": gettext_noop("退出"),
    "login_failed": gettext_noop("登录失败"),
    "heartbeat": gettext_noop("后台任务进程正常（每十分钟）"),
    "recording_opened": gettext_noop("开始记录（服务启动）"),
    "recording_closed": gettext_noop("结束记录（服务停止）"),
    "anchor.in": gettext_noop("写入当日公开数值"),
    "accesses_lost": gettext_noop("数据库长时间写不进去，有查阅没有记下"),
}
TABLES = {
    "case": gettext_noop("案件"),
    "proposal": gettext_noop("送审"),
    "deliberation": gettext_noop("集体讨论提请"),
    "supervised_handling": gettext_noop("督办"),
    "account": gettext_noop("账号"),
    "erasure_request": gettext_noop("删除个人信息的申请"),
    "import": gettext_noop("导入"),
    "report": gettext_noop("年度报告"),
    "access": gettext_noop("查阅记录"),
    "anchor": gettext_noop("公开数值"),
    "server": gettext_noop("服务进程"),
    "list": gettext_noop("名单"),
}
SECTIONS = {
    "accounts": gettext_noop("账号"),
    "access": gettext_noop("查阅记录"),
    "erasures": gettext_noop("删除个人信息"),
    "reports": gettext_noop("报告"),
    "search": gettext_noop("查找"),
}
PAGES = {
    "case": "",
    "case-bundle": gettext_noop("证明包"),
    "case-clocks": gettext_noop("期限"),
    "case-discretion": gettext_noop("裁量"),
    "case-do": gettext_noop("办理"),
    "case-evaluation": gettext_noop("案卷评查"),
    "case-evaluation-csv": gettext_noop("案卷评查"),
    "case-evaluation-json": gettext_noop("案卷评查"),
    "case-new": gettext_noop("登记线索"),
    "case-proof": gettext_noop("与日志核对"),
    "case-propose": gettext_noop("提交审批"),
    "case-supervise": gettext_noop("督办"),
    "documents": gettext_noop("文书"),
    "document": gettext_noop("文书"),
    "document-preview": gettext_noop("文书预览"),
    "document-pdf": gettext_noop("文书 PDF"),
    "document-docx": gettext_noop("文书 DOCX"),
    "document-receipt": gettext_noop("存证回执"),
    "figure-passport": gettext_noop("指标的记录"),
    "import-problems": gettext_noop("导入的问题清单"),
    "access-of-case": gettext_noop("查阅记录"),
}
"""By the name of the address; of one that is not here the name itself is shown."""


def page_words(code: str, table: str) -> tuple[str, str]:
    """What page of it: in words, and what is said besides, such as the number of a paper."""
    name, _, more = code.partition("|")
    if name == "page" or name == table or name.startswith("list-"):
        return "", more
    return PAGES.get(name, name), more


def section_words(slug: str) -> str:
    """A register by its title, another section of the desk by its name."""
    try:
        return str(get(slug).title)
    except UnknownList:
        return SECTIONS.get(slug, slug)
