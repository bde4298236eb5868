"""Which waiver of the statement still stands when the court is asked. ACL art. 55, APL art. 45."""

from __future__ import annotations

import pytest

from yifa.law.execution.papers import COURT_MATERIALS, TOLD, waiver

NOTICE, MADE, WAIVED = "prior_notice_served", "statement_made", "statement_waived"


@pytest.mark.parametrize("kinds", [[], [NOTICE], [NOTICE, WAIVED, MADE], [NOTICE, WAIVED, NOTICE]])
def test_no_waiver_stands(kinds):
    assert waiver(kinds) is None


def test_the_waiver_after_the_last_notice_stands_whatever_followed():
    assert waiver([NOTICE, MADE, NOTICE, WAIVED, "decision_made"]) == 3


def test_what_has_no_form_is_told_by_the_record():
    assert all(one.forms or one.told in TOLD for one in COURT_MATERIALS)
