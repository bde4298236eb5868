"""The nightly verification: a damaged entry far back stops all writing, is seen by administrators, outlives a restart."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from yifa.casework.cases.models import Act
from yifa.intake.workbook.actions import organ_to_found, take_in
from yifa.intake.workbook.tests.factories import sheets, write
from yifa.jobs.models import Job, State
from yifa.jobs.worker import Worker
from yifa.ledger import mode, protection
from yifa.ledger.actions import Actor
from yifa.ledger.boot import check_at_start
from yifa.registry.organs.models import Organ
from yifa.site.accounts.models import User
from yifa.site.accounts.opening import enter_account
from yifa.site.cli.main import run
from yifa.site.jobs.verifying import VERIFY, every_night

CLERK = Actor("system:import")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(tmp_path, settings):
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path
    book = write(tmp_path / "book.xlsx", sheets())
    assert take_in(path=book, organ=organ_to_found("120115"), actor=CLERK).problems == []


@pytest.fixture
def unprotected():
    with connection.schema_editor() as editor:
        protection.switch_off(editor)
    yield
    with connection.schema_editor() as editor:
        protection.switch_on(editor)


def a_night() -> Job:
    every_night()
    assert Worker().step()
    return Job.objects.filter(kind=VERIFY).latest("pk")


def desk() -> str:
    browser = Client()
    browser.force_login(User.objects.get(username="管理"))
    answer = browser.get("/desk/jobs/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_altered_row_fails_the_job_stops_writing_and_outlives_a_restart(unprotected):
    enter_account(User(username="管理", organ=Organ.objects.get(), roles="|system_admin|"), actor=CLERK)
    act = Act.objects.first()
    Act.objects.filter(pk=act.pk).update(kind="closed")
    job = a_night()
    assert job.state == State.FAILED and act.case_id in job.words
    assert "暂停写入" in mode.reason() and act.case_id in mode.reason()
    text = desk()
    assert 'class="band bad"' in text and "只读：暂停写入" in text and "全面核验日志与台账" in text
    with pytest.raises(mode.IntegrityBroken):
        enter_account(User(username="不该有", organ=Organ.objects.get()), actor=CLERK)
    assert check_at_start() == mode.reason() != ""
    assert run(["verify", "state"]) == 1 and mode.reason() != ""
    Act.objects.filter(pk=act.pk).update(kind=act.kind)
    assert run(["verify", "log"]) == 0 and mode.reason() != "", "only the whole verification lifts it"
    assert run(["verify", "state"]) == 0 and mode.reason() == ""
    enter_account(User(username="又可以写", organ=Organ.objects.get()), actor=CLERK)
    assert 'class="band bad"' not in desk()


def test_where_everything_agrees_the_job_says_so():
    job = a_night()
    assert (job.state, mode.reason()) == (State.DONE, "") and "全部一致" in job.words
