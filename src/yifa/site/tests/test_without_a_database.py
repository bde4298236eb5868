"""When the database does not answer: 503 with what to do, nothing half written, and well again by itself."""

from __future__ import annotations

import errno

import pytest
from django.db import OperationalError, connection
from django.test import Client

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import factories as make
from yifa.ledger.queries import event_count
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk() -> Client:
    client = factories.as_user(factories.account("someone", "head"))
    client.raise_request_exception = False
    return client


def down(execute, sql, params, many, context):
    """The server is gone: every statement fails, as psycopg says it."""
    raise OperationalError("server closed the connection unexpectedly")


def full(execute, sql, params, many, context):
    """Reading goes on; whatever is to be written finds no room."""
    if sql.lstrip().upper().startswith(("INSERT", "UPDATE")):
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


def disk_full() -> OperationalError:
    """As PostgreSQL says it through psycopg."""
    error, cause = OperationalError("could not extend file"), Exception("could not extend file")
    cause.sqlstate = "53100"  # type: ignore[attr-defined]
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("address", ["/desk/", "/desk/cases/", "/desk/account/", "/desk/erasures/"])
def test_no_page_shows_a_fault_of_the_program(desk, address):
    with connection.execute_wrapper(down):
        answer = desk.get(address)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "数据库暂时没有应答" in page and "后退键" in page and "server closed" not in page
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_the_next_request_is_answered_again(desk):
    with connection.execute_wrapper(down):
        assert desk.get("/desk/cases/").status_code == 503
    assert desk.get("/desk/cases/").status_code == 200


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database or disk is full"),
        OSError(errno.ENOSPC, "No space left on device"),
        disk_full(),
    ],
)
def test_a_full_disk_is_called_by_its_name(desk, monkeypatch, error):
    from yifa.site import views

    def work(*given, **more):
        raise error

    monkeypatch.setattr(views, "work", work)
    answer = desk.get("/desk/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "磁盘没有空间" in page and "没有保存" in page and "后退键" in page and "disk is full" not in page


def test_any_other_fault_is_still_500(desk, monkeypatch):
    from yifa.site import views

    monkeypatch.setattr(views, "work", lambda *given, **more: 1 // 0)
    assert desk.get("/desk/").status_code == 500


def test_without_room_to_write_nothing_is_half_written(desk):
    cases, entries = Case.objects.count(), event_count()
    with connection.execute_wrapper(full), pytest.raises(OperationalError):
        make.case_with(make.lead(), number="满")
    assert (Case.objects.count(), event_count()) == (cases, entries)
    make.case_with(make.lead(), number="又有空间了")
    assert Case.objects.count() == cases + 1
