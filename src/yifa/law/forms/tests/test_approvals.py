"""Every paper the head or the reviewer signs needs his approval before it is sealed."""

from yifa.law.forms.approvals import approval, correction
from yifa.law.forms.definitions import definitions


def test_whoever_signs_for_the_organ_approves_first():
    for one in definitions().values():
        for role in ("head", "reviewer"):
            if role in one.sign:
                assert approval(one.id) and approval(one.id).by == role, one.id


def test_the_decision_is_approved_by_the_head_and_says_the_penalty_he_decided():
    found = approval("penalty_decision")
    assert (found.by, found.act, found.same) == ("head", "decision_made", ("处罚内容",))


def test_what_only_the_officers_sign_needs_nobody():
    assert approval("onsite_record") is None and approval("service_receipt") is None


def test_a_correction_is_the_heads_and_its_level_is_still_to_be_confirmed():
    assert correction().by == "head" and correction().check
