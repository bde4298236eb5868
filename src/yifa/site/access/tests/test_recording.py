"""What is noted and what is not; and that notes wait for a database that does not take them."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yifa.casework.cases.tests import factories as make
from yifa.ledger import access
from yifa.ledger.access import Recorder, Seen, recorder
from yifa.ledger.models import Event, Head
from yifa.ledger.verify import Verification
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def recording():
    recorder.on = True
    yield
    recorder.on = False
    recorder._waiting.clear()


def noted() -> list[dict]:
    recorder.flush()
    return bodies()


def bodies() -> list[dict]:
    rows = Event.objects.filter(log="access").order_by("idx").values_list("body", flat=True)
    return [json.loads(bytes(row)) for row in rows]


@pytest.fixture
def browser():
    reader = factories.account("reader", "head")
    client = factories.as_user(reader)
    recorder._waiting.clear()
    return client


def short(body: dict) -> tuple[str, str, str]:
    return body["type"], f"{body['object']['type']}:{body['object']['id']}", body["reason_code"]


def test_a_case_its_bundle_a_list_and_its_file_are_noted_with_who_and_where_from(browser):
    case = make.case_with(make.lead())
    for address in ("", "bundle.json", "proof/"):
        assert browser.get(f"/desk/cases/{case.no}/{address}").status_code == 200
    assert browser.get("/desk/people/").status_code == 200
    list(browser.get("/desk/people/list.csv").streaming_content)
    assert browser.get(f"/en/desk/cases/{case.no}/").status_code == 200
    about = f"case:{case.no}"
    found = noted()
    assert [short(one) for one in found] == [
        ("viewed", about, "case"), ("downloaded", about, "case-bundle"), ("viewed", about, "case-proof"),
        ("viewed", "list:people", "list-people"), ("exported", "list:people", "page"),
    ]  # fmt: skip
    first = found[0]
    assert (first["actor_role"], first["agency"]) == ("head", case.organ_id)
    assert first["actor"].startswith("user:") and first["log"] == "access" and first["after"] == {}
    assert re.fullmatch("[0-9a-f]{16}", first["client"]["ip_hash"])
    assert "127.0.0.1" not in json.dumps(first)


def test_refusals_are_noted_and_what_somebody_typed_is_not(browser):
    assert browser.get("/desk/cases/张三的案件/").status_code == 404
    assert browser.get("/desk/accounts/").status_code == 403
    found = noted()
    assert [one["type"] for one in found] == ["refused", "refused"]
    assert "张三" not in json.dumps(found, ensure_ascii=False) and "%E5" not in json.dumps(found)
    assert len(found[0]["object"]["id"]) == 16


@pytest.mark.parametrize(
    "address", ["/desk/", "/desk/account/", "/desk/jobs/", "/desk/laws/", "/proof/", "/"]
)
def test_pages_without_a_case_or_a_person_are_not_noted(browser, address):
    assert browser.get(address).status_code == 200
    assert noted() == []


def test_a_request_the_page_makes_by_itself_is_not_noted(browser):
    case = make.case_with(make.lead())
    assert browser.get(f"/desk/cases/{case.no}/", headers={"X-Yifa-Poll": "1"}).status_code == 200
    assert noted() == []


def test_log_in_failure_and_log_out_are_noted_without_the_name_as_typed():
    reader = factories.account("reader", "head")
    client = Client()
    factories.log_in("reader", "wrong", client=client)
    factories.log_in("nobody-such", "secret", client=client)
    factories.log_in("reader", client=client)
    client.post("/logout/")
    found = noted()
    mine = f"account:{reader.pk}"
    assert [short(one)[:2] for one in found] == [
        ("login_failed", mine), ("login_failed", "account:unknown"), ("logged_in", mine), ("logged_out", mine),
    ]  # fmt: skip
    assert "nobody-such" not in json.dumps(found) and "reader" not in json.dumps(found)


def test_a_page_costs_no_statement_more(browser):
    case = make.case_with(make.lead())
    address = f"/desk/cases/{case.no}/"
    browser.get(address)
    with CaptureQueriesContext(connection) as recorded:
        browser.get(address)
    recorder.on = False
    with CaptureQueriesContext(connection) as unrecorded:
        browser.get(address)
    assert len(recorded) == len(unrecorded) > 0


def test_alike_accesses_of_one_batch_are_one_entry_and_of_two_batches_two(browser):
    case = make.case_with(make.lead())
    for _ in range(3):
        browser.get(f"/desk/cases/{case.no}/")
    assert len(noted()) == 1
    browser.get(f"/desk/cases/{case.no}/")
    assert len(noted()) == 2


def test_what_the_database_does_not_take_waits_and_what_is_too_much_is_counted(monkeypatch):
    own = Recorder()
    own.on = True
    monkeypatch.setattr(access, "LIMIT", 3)
    for number in range(5):
        own.note(Seen("viewed", "user:1", f"case:2021-{number:04d}"))

    def refused(entries):
        raise DatabaseError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(access, "append", refused)
        with pytest.raises(DatabaseError):
            own.flush()
    assert bodies() == [] and own.flush() == 4
    found = bodies()
    assert [one["object"]["id"] for one in found[:3]] == ["2021-0000", "2021-0001", "2021-0002"]
    assert (found[3]["type"], found[3]["reason_code"]) == ("accesses_lost", "2")


@pytest.mark.django_db(transaction=True)
def test_the_log_of_accesses_is_verified_and_a_changed_entry_named(browser):
    case = make.case_with(make.lead())
    browser.get(f"/desk/cases/{case.no}/")
    noted()
    assert list(Verification(log="access", tables=()).faults()) == []
    row = Event.objects.get(log="access", idx=0)
    with changeable():
        Event.objects.filter(pk=row.pk).update(body=bytes(row.body).replace(b"viewed", b"erased"))
    found = list(Verification(log="access", tables=()).faults())
    assert [(fault.code, fault.idx) for fault in found if fault.code == "leaf"] == [("leaf", 0)]
    assert list(Verification().faults()) == [], "the log of the cases is another"


def test_leaves_of_like_accesses_differ_so_that_nobody_outside_can_guess_at_them():
    for _ in range(2):
        access.write([Seen("viewed", "user:1", "case:2021-0001")])
    one, other = bodies()
    assert one["request_id"] != other["request_id"] and len(one["request_id"]) == 32
    assert Head.objects.get(log="access").size == 2


@contextmanager
def changeable():
    from yifa.ledger import protection

    with connection.schema_editor() as editor:
        protection.switch_off(editor)
    yield
    with connection.schema_editor() as editor:
        protection.switch_on(editor)
