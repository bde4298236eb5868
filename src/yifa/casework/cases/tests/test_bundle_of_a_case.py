"""The bundle at the desk: only of a case one may see; checked by the stand-alone file with the public key."""

from __future__ import annotations

import pytest

from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.ledger.checkpoints import verifier_keys
from yifa.proof import verify

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_case_nobody_knows_has_no_bundle(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    assert desk.login("0101").get("/desk/cases/2021-9999/bundle.json").status_code == 404


def test_the_bundle_of_a_case_is_downloaded_and_holds(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    case = make.case_with(make.lead(), make.opening())
    answer = desk.login("0101").get(f"/desk/cases/{case.no}/bundle.json")
    assert answer.status_code == 200 and case.no in answer["Content-Disposition"]
    file = tmp_path / "bundle.json"
    file.write_bytes(answer.content)
    assert verify.main(["bundle", str(file), "--key", verifier_keys()[0]]) == 0
