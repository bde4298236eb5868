"""Which personal data may be erased on request, and which the law keeps: PIPL art. 47, APL art. 47 (全过程记录归档)."""

from __future__ import annotations

from collections.abc import Mapping

GROUNDS_ARTICLE = "个人信息保护法第四十七条第一款"
GROUNDS = {
    "PIPL-47-1-1": "处理目的已实现、无法实现，或者信息不再必要",
    "PIPL-47-1-2": "不再提供有关服务，或者保存期限已届满",
    "PIPL-47-1-3": "个人撤回同意",
    "PIPL-47-1-4": "违反法律、行政法规或者约定收集、处理",
    "PIPL-47-1-5": "法律、行政法规规定的其他情形",
}
"""Grounds for deletion, Personal Information Protection Law art. 47 para. 1 items 1 to 5."""

CASE_FILE = frozenset(
    {
        "case",
        "act",
        "proposal",
        "proposal_step",
        "deliberation",
        "vote",
        "supervised_step",
        "dispute",
        "instrument_approval",
        "instrument_correction",
        "instrument_number",
        "evidence_file",
        "custody_entry",
        "evidence_mark",
    }
)
EVIDENCE_RESULTS = frozenset({"case_opened", "transferred"})

_FILE = (
    "这一项属于行政处罚案卷。执法全过程记录应当归档保存（行政处罚法第四十七条）；法律、行政法规规定的保存期限没有届满的，"
    "不删除，只停止保存和安全保护以外的处理（个人信息保护法第四十七条第二款）。本系统没有这个案卷已经鉴定销毁的记录，"
    "所以不能删除。内容有错的，请承办人按案件记录的更正办理；已公示的，请从公示中撤下。"
)
_EVIDENCE = (
    "这次检查已经立案或者移送，检查记录是案件的证据，随案卷保存（行政处罚法第四十七条、个人信息保护法第四十七条第二款），"
    "不能删除。内容有错的，请按记录的更正办理。"
)
_OFFICER = (
    "执法人员的姓名要与其执法行为对应（行政处罚法第四十二条），在其经办的案卷保存期间保留，不能删除。"
    "姓名有错的，请在人员名册中更正。"
)
_ACTIVE = "这个账号还在使用，登录名和姓名是使用账号所必需的。请系统管理员先停用账号，再申请删除。"


def kept_because(table: str, column: str, facts: Mapping[str, object]) -> str:
    """Why the law keeps a personal value; empty where it may be erased.

    `facts`: for an instrument whether it is a `draft`, for an inspection its `result`, for a person whether `in_files` names him, for an account `is_active`.
    """
    if table in CASE_FILE:
        return _FILE
    if table == "instrument":
        return "" if facts["draft"] else _FILE
    if table == "inspection":
        return _EVIDENCE if facts["result"] in EVIDENCE_RESULTS else ""
    if table == "person":
        return _OFFICER if column == "name" and facts["in_files"] else ""
    if table == "account":
        return _ACTIVE if facts["is_active"] else ""
    return ""
