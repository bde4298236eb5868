"""The head of a beginning of the log: the same bytes however far the log has grown since."""

from __future__ import annotations

import pytest
from django.db import connection

from yifa.casework.cases.models import Act
from yifa.casework.cases.tests import factories as make
from yifa.ledger import protection
from yifa.ledger.bundle import settled_bundle
from yifa.ledger.checkpoints import SigningRefused, head_at, sign
from yifa.ledger.models import Event
from yifa.ledger.queries import head

pytestmark = pytest.mark.django_db


def test_no_head_is_given_beyond_the_log():
    make.case_with(make.lead())
    with pytest.raises(SigningRefused, match="没有前 99 条"):
        head_at(99)
    with pytest.raises(SigningRefused, match="没有前 0 条"):
        head_at(0)


def test_no_head_is_given_where_a_leaf_was_altered():
    make.case_with(make.lead(), make.opening(), make.interview())
    sign()
    with connection.cursor() as cursor:
        off = {"sqlite": protection.SQLITE_OFF, "postgresql": protection.POSTGRESQL_OFF}
        for statement in off[connection.vendor]:
            cursor.execute(statement)
    Event.objects.filter(idx=0).update(leaf_sha256=b"\0" * 32)
    with pytest.raises(SigningRefused, match="不符"):
        head_at(2)


def test_a_bundle_keeps_its_head_and_its_bytes_while_the_log_grows():
    case = make.case_with(make.lead(), make.opening())
    rows = [case, *Act.objects.filter(case=case)]
    first, size = settled_bundle("case:x", rows)
    assert size == head().size
    make.case_with(make.lead(), number="津示城管罚立字〔2021〕第002号")
    again, same = settled_bundle("case:x", rows)
    assert (again, same) == (first, size) and head().size > size


def test_rows_the_log_never_recorded_have_no_settled_bundle():
    case = make.case_with(make.lead())
    case.no = "1999-0001"
    with pytest.raises(LookupError):
        settled_bundle("case:1999-0001", [case])
