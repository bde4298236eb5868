"""The two evaluators of the summary tables, Python and JavaScript, say the same word for word on every record there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from yifa.law.check import last_moment
from yifa.law.facts import Facts
from yifa.law.record import parse
from yifa.law.rules import RULES
from yifa.law.summary import evaluator
from yifa.law.summary.bundle import bundle
from yifa.law.summary.tests.test_tables_and_rules_agree import RECORDS

pytestmark = pytest.mark.journey
SCRIPT = evaluator.FILE.with_name("evaluator.js")
JUDGE = "([record, steps]) => steps.map(([index, name]) => yifaSummary.judge(record, index, bundles[name]))"


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """An empty page with the script and nothing else: no server, no network."""
    page = browser.new_page()
    page.context.set_offline(True)
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    page.evaluate("() => { window.bundles = {} }")
    yield page
    page.close()


def by_python(data: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """Findings of each act, as evaluator.js writes them."""
    record = parse(data)
    facts = Facts(record, last_moment(record))
    answer = []
    for step in facts.events:
        found = []
        for name, row in sorted(evaluator.conditions().items()):
            rule = RULES[name]
            if step.kind not in row["at"] or (rule.since and step.day < rule.since):
                continue
            breach = evaluator.judge(name, facts, step)
            if breach is not None:
                found.append(
                    {"rule": name, "article": rule.article_on(step.day), "severity": rule.severity_on(step.day),
                     "event": step.index, "message": breach.message, "remedy": breach.remedy}
                )  # fmt: skip
        answer.append(found)
    return answer


def by_javascript(phone: Page, data: dict[str, Any], sent: set[str]) -> list[list[dict[str, Any]]]:
    """The same asked of the browser; the bundle of a day is sent once."""
    record, steps = parse(data), []
    for step in record.events:
        name = f"{record.agency.territory} {step.day}"
        if name not in sent:
            sent.add(name)
            phone.evaluate(
                "([name, one]) => { bundles[name] = one }", [name, bundle(record.agency.territory, step.day)]
            )
        steps.append([step.index, name])
    plain = json.loads(json.dumps(data, default=lambda at: at.isoformat()))
    found: list[list[dict[str, Any]]] = phone.evaluate(JUDGE, [plain, steps])
    return found


def test_both_evaluators_say_the_same_on_every_record(phone: Page) -> None:
    sent: set[str] = set()
    spoke: set[str] = set()
    for title, data in RECORDS:
        expected = by_python(data)
        assert by_javascript(phone, data, sent) == expected, title
        spoke |= {one["rule"] for found in expected for one in found}
    assert spoke == set(evaluator.conditions())


def test_every_scenario_of_the_summary_procedure_is_among_them() -> None:
    summary = [
        title
        for title, data in RECORDS
        if any(one["kind"] == "summary_decision_made" for one in data["events"])
    ]
    assert len(summary) >= 40
