"""The digest of a row is what the specification says, whoever computes it, before saving and after."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission

from yifa.ledger.digest import fold, moment, renewed, row_digest, row_name
from yifa.ledger.tests.factories import act, case, organ
from yifa.proof.canon import canon, canon_stored


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_model_that_is_not_bound_is_refused():
    with pytest.raises(LookupError, match="not bound"):
        row_digest(Permission())


@pytest.mark.django_db
@pytest.mark.parametrize("value", [{"fee": 1.5}, {"when": date(2021, 1, 1)}, {"n": 2**60}])
def test_a_value_without_canonical_form_is_refused_by_column_and_path(value):
    one = act(case(1, organ()), 1)
    one.data = value
    with pytest.raises(ValueError, match=r"Act\.data: \$\."):
        row_digest(one)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2021, 1, 1))  # noqa: DTZ001


def test_a_moment_is_utc_to_the_millisecond_and_never_rounded_up():
    east = timezone(timedelta(hours=8))
    assert moment(datetime(2021, 3, 2, 0, 0, 0, 999_999, east)) == "2021-03-01T16:00:00.999Z"
    assert moment(datetime(2021, 3, 1, tzinfo=UTC)) == "2021-03-01T00:00:00.000Z"


@pytest.mark.django_db
def test_a_digest_renewed_for_the_columns_that_changed_is_the_digest_made_anew():
    one = case(7, organ())
    known = row_digest(one)
    one.serial, one.no = 8, "2021-0008"
    assert renewed(one, known, ("serial", "no")) == row_digest(one) != known


@pytest.mark.django_db
def test_the_digest_can_be_made_by_hand_from_the_specification():
    one = act(case(7, organ()), 3)
    one.salts = {"words": "11" * 32}
    found = row_digest(one)
    columns = {
        "organ_id": sha(b'"120115"'),
        "case_id": sha(b'"2021-0007"'),
        "seq": sha(b"3"),
        "at": sha(b'"2021-03-04T01:30:00.000Z"'),
        "at_is_date": sha(b"false"),
        "kind": sha(b'"prior_notice_served"'),
        "by": sha(b'["120115001"]'),
        "data": sha(canon({"place": "南关大街", "pages": 3})),
        "entered_late": sha(b"false"),
        "entered_by": sha(b'""'),
        "words": hmac.digest(b"\x11" * 32, canon_stored({"note": "当事人陈述\n“无异议”"}), "sha256").hex(),
    }
    assert found.columns == columns
    assert found.digest == sha(canon({"model": "act", "pk": "2021-0007/3", "version": 1, "columns": columns}))
    assert found.commits == [{"field": "words", "digest": columns["words"]}]


@pytest.mark.parametrize("key", ["2021-0007", '津"宝\\〔2021〕1号\n', "a b"])
def test_folding_equals_the_canonical_form_for_every_key(key):
    columns = {"b": "00" * 32, "a": "ff" * 32}
    body = {"model": "case", "pk": key, "version": 2, "columns": columns}
    assert fold("case", key, 2, columns) == sha(canon_stored(body))


@pytest.mark.django_db
def test_the_digest_before_saving_is_the_digest_after_reading_back():
    owner = organ()
    one = case(1, owner)
    one.opened_on, one.fine_fen, one.entered_late = "2021-03-01", True, 1
    one.save()
    step = act(one, 1)
    before = [row_digest(one), row_digest(step)]
    one.save()
    step.save()
    stored = [apps.get_model("cases", "Case").objects.get(), apps.get_model("cases", "Act").objects.get()]
    assert [row_digest(row) for row in stored] == before


@pytest.mark.django_db
def test_equal_personal_values_of_two_rows_have_different_commitments():
    owner = organ()
    first, second = row_digest(case(1, owner)), row_digest(case(2, owner))
    assert first.columns["party_name"] != second.columns["party_name"]
    assert sha('"张某"'.encode()) not in first.columns.values()


def test_a_row_name_is_printable_ascii_and_never_ambiguous():
    names = [row_name("draw", key) for key in ("a/1", "a/号", "a/%E5%8F%B7", "a/\n", "a b")]
    assert names[:2] == ["draw:a/1", "draw:a/%E5%8F%B7"]
    assert len(set(names)) == 5
    assert all(name.isascii() and name.isprintable() for name in names)
