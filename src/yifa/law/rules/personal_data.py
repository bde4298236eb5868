"""Is there personal data in the public text? Found by scan. APL art. 50."""

from __future__ import annotations

import re

from yifa.law.facts import Facts
from yifa.law.findings import Breach, Gap
from yifa.law.record.model import Event
from yifa.law.rules.rule import Rule, register

PATTERNS = {
    "身份证号码": re.compile(
        r"(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
    ),
    "手机号码": re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    "车牌号码": re.compile(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
    ),
    "银行卡号": re.compile(r"(?<!\d)(?:62|[345])\d{14,17}(?!\d)"),
}


def guard(facts: Facts, step: Event) -> Breach | Gap | None:
    if step.bare:
        return None
    text = step.get("text")
    if text is None:
        return Gap("key_absent", "没有记入公示的文本（text），不能检查个人信息")
    found = [name for name, pattern in PATTERNS.items() if pattern.search(text)]
    if not found:
        return None
    return Breach(f"公示文本中含有{'、'.join(found)}", "撤回该文本，隐去个人信息后重新审核公示")


register(
    Rule(
        id="PUB-03",
        title="公示文本不含个人信息",
        article="行政处罚法第五十条",
        article_before="行政处罚法（2017年修正）第四条",
        guard=guard,
    )
)
