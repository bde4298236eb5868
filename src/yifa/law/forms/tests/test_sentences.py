"""The remedies a paper tells follow its date."""

from datetime import date

import pytest

from yifa.law.forms.sentences import NotSet, payment, sentence
from yifa.law.packs import pack

SAMPLE = "120199"


def test_a_parameter_the_organ_has_not_set_is_named():
    with pytest.raises(NotSet, match="行政复议机关"):
        sentence("remedies", date(2024, 5, 6), pack("120115"))


def test_before_2024_the_superior_department_may_be_asked_too():
    assert "上一级主管部门" in sentence("remedies", date(2023, 12, 31), pack(SAMPLE))
    assert "上一级主管部门" not in sentence("remedies", date(2024, 1, 1), pack(SAMPLE))


def test_a_decision_on_the_spot_leads_to_reconsideration_first_from_2024():
    assert "先向" not in sentence("summary_remedies", date(2023, 12, 31), pack(SAMPLE))
    told = sentence("summary_remedies", date(2024, 1, 1), pack(SAMPLE))
    assert "先向" in told and "15日" in told


def test_payment_names_bank_period_surcharge_and_amount():
    told = payment(date(2024, 5, 6), pack(SAMPLE), 20000)
    assert "200元（人民币贰佰元整）" in told and "15日" in told and "百分之3" in told
