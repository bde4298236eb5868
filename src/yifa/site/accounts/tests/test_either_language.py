"""What an account may not do, it may not do in English either: every rule about addresses, on both twins."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.registry.people.models import Person
from yifa.site.accounts import idle
from yifa.site.accounts.addresses import address_of
from yifa.site.accounts.models import KeptTyping
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db
OTHER = "120199-other"
TWINS = pytest.mark.parametrize("twin", ["", "/en"])
PAGES = ("/desk/", "/desk/cases/", "/desk/people/list.csv", "/desk/search/?q=示例", "/desk/reports/")


@pytest.fixture
def case() -> Case:
    return make.case_with(make.lead(), make.opening())


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/desk/cases/", "/desk/cases/"),
        ("/en/desk/cases/", "/desk/cases/"),
        ("/en/en/desk/", "/en/desk/"),
        ("/energy/desk/", "/energy/desk/"),
        ("/zh-hans/desk/", "/desk/"),
        ("/", "/"),
    ],
)
def test_the_language_is_no_part_of_the_address_rules_read(asked, address):
    assert address_of(RequestFactory().get(asked)) == address


def test_nor_is_the_place_below_which_a_server_has_us():
    assert address_of(RequestFactory().get("/en/desk/", SCRIPT_NAME="/yifa")) == "/desk/"


@TWINS
def test_an_own_password_comes_before_everything(twin):
    client = factories.as_user(factories.account("new", "head", must_change_password=True))
    for page in PAGES:
        assert client.get(f"{twin}{page}")["Location"] == f"{twin}/desk/account/password/"
    assert client.get(f"{twin}/desk/account/password/").status_code == 200


@TWINS
def test_a_second_factor_comes_before_everything_where_it_is_required(twin, settings):
    settings.SECOND_FACTOR = "required"
    client = factories.as_user(factories.account("new", "head"))
    for page in PAGES:
        assert client.get(f"{twin}{page}")["Location"] == f"{twin}/desk/account/second-factor/"


@TWINS
@pytest.mark.parametrize("who", list(factories.ADMINISTRATORS))
def test_administrators_see_and_do_no_casework(twin, who, case):
    client = factories.as_administrator(who)
    assert client.get(f"{twin}/desk/")["Location"] == f"{twin}/desk/accounts/"
    one = f"/desk/cases/{case.no}/"
    for page in (*PAGES[1:], one, f"{one}bundle.json", f"{one}do/scene-recorded/", "/desk/imports/new/"):
        answer = client.get(f"{twin}{page}")
        assert answer.status_code == 403 and "示例当事人" not in answer.content.decode()
    assert client.post(f"{twin}{one}do/scene-recorded/").status_code == 403


@TWINS
def test_counsel_sees_what_was_asked_and_nothing_else(twin, case):
    Person.objects.create(organ=case.organ, staff_no="0901", name="顾问", roles="|counsel|")
    client = factories.as_user(factories.account("adviser", "counsel", staff_no="0901", reach="assigned"))
    for page in PAGES[2:]:
        assert client.get(f"{twin}{page}").status_code == 403
    assert client.get(f"{twin}/desk/cases/{case.no}/").status_code == 404


@TWINS
@pytest.mark.parametrize(
    "path", ["", "bundle.json", "clocks/", "discretion/", "do/scene-recorded/", "supervise/"]
)
def test_a_case_of_another_unit_is_unknown(twin, path, case):
    Person.objects.filter(staff_no="0201").update(unit="二队")
    client = factories.as_user(factories.account("far", staff_no="0201", reach="unit"))
    answer = client.get(f"{twin}/desk/cases/{case.no}/{path}")
    assert answer.status_code == 404 and "示例当事人" not in answer.content.decode()


@TWINS
def test_who_looks_at_another_organ_only_looks(twin):
    other = make.organ(OTHER)
    case = make.case_with(make.lead(), code=OTHER)
    user = factories.account("eye", "supervisor", staff_no="0101", seen_organs=f"|{other.code}|")
    client = factories.as_user(user)
    turned = client.post(f"{twin}/desk/account/organ/", {"organ": OTHER})
    assert turned.status_code == 303 and turned["Location"] == f"{twin}/desk/"
    assert client.get(f"{twin}/desk/cases/{case.no}/").status_code == 200
    for page in (f"cases/{case.no}/do/scene-recorded/", "cases/new/", "jobs/recheck/", "cases/views/"):
        assert client.post(f"{twin}/desk/{page}", {"expected": "1"}).status_code == 403
    assert Act.objects.count() == 1


def late_form(twin: str, case: Case, monkeypatch) -> tuple[Client, str]:
    """Somebody whose half hour ends while the form is open."""
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")
    now = idle.seconds()
    monkeypatch.setattr(idle, "seconds", lambda: now)
    factories.account("late", staff_no="0101")
    client, address = Client(), f"{twin}{desk.address(case, 'scene-recorded')}"
    factories.log_in("late", client=client)
    assert client.get(address).status_code == 200
    monkeypatch.setattr(idle, "seconds", lambda: now + idle.IDLE_SECONDS)
    return client, address


@TWINS
def test_what_was_typed_too_late_is_kept_and_comes_back_in_either_language(twin, case, monkeypatch):
    client, address = late_form(twin, case, monkeypatch)
    late = client.post(address, {"note": "人行道上", "expected": "2"})
    assert late.status_code == 303 and late["Location"].startswith(f"{twin}/login/?next=")
    assert KeptTyping.objects.count() == 1 and Act.objects.count() == 2
    back = factories.log_in("late", client=client, typed={"next": address})
    assert back["Location"] == address
    for page in (address, desk.address(case, "scene-recorded"), f"/en{desk.address(case, 'scene-recorded')}"):
        assert "人行道上" in desk.main_of(client.get(page))


@TWINS
@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-Yifa-Poll": "1"}])
def test_a_job_that_asks_for_itself_keeps_nobody_logged_in(twin, headers, monkeypatch):
    moved = [idle.seconds()]
    monkeypatch.setattr(idle, "seconds", lambda: moved[0])
    factories.account("away", "head", staff_no="0301")
    client = Client()
    factories.log_in("away", client=client)
    for _ in range(3):
        moved[0] += 10 * 60
        client.get(f"{twin}/desk/jobs/1/", headers=headers)
    assert client.get(f"{twin}/desk/")["Location"].startswith(f"{twin}/login/")
