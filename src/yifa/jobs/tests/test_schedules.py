"""What comes round: when due, once, and one's fault keeps none of the others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from yifa.casework.cases.tests.factories import organ
from yifa.jobs import housekeeping, places, schedules
from yifa.jobs.actions import enqueue
from yifa.jobs.models import Job, ScheduleRun, State
from yifa.jobs.queries import KEPT
from yifa.jobs.schedules import Schedule, register_schedule, tick
from yifa.jobs.tests import kinds  # noqa: F401 - importing registers them
from yifa.ledger import clock
from yifa.ledger.checkpoints import last_signed
from yifa.ledger.models import Event
from yifa.ledger.tests.factories import histories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, settings) -> None:
    settings.HOME, settings.KEYS = tmp_path, tmp_path / "keys"


@pytest.fixture
def only(monkeypatch) -> dict[str, Schedule]:
    """No schedules but those of the test."""
    own: dict[str, Schedule] = {}
    monkeypatch.setattr(schedules, "_SCHEDULES", own)
    return own


def aged(name: str, by: timedelta) -> None:
    ScheduleRun.objects.filter(name=name).update(taken_at=timezone.now() - by)


def test_a_name_used_twice_is_refused(only):
    register_schedule("one", list)
    with pytest.raises(ValueError, match="twice"):
        register_schedule("one", list)


def test_a_fault_of_one_is_told_and_the_others_run(only, capfd):
    ran = []

    def faulty() -> None:
        raise ValueError("no good")

    register_schedule("faulty", faulty, every=timedelta(minutes=1))
    register_schedule("sound", lambda: ran.append(1), every=timedelta(minutes=1))
    assert tick() == ["faulty", "sound"]
    assert ran == [1]
    assert "faulty" in capfd.readouterr().err


def test_it_runs_when_due_and_not_before(only):
    ran = []
    register_schedule("often", lambda: ran.append(1), every=timedelta(minutes=10))
    assert tick() == ["often"]
    assert tick() == []
    aged("often", timedelta(minutes=9))
    assert tick() == []
    aged("often", timedelta(minutes=10))
    assert tick() == ["often"]
    assert ran == [1, 1]


def test_whoever_moves_the_moment_runs_it_and_nobody_else(only):
    register_schedule("once", list, every=timedelta(minutes=10))
    tick()
    aged("once", timedelta(hours=1))
    seen = ScheduleRun.objects.get(name="once")
    assert tick() == ["once"]
    late = ScheduleRun.objects.filter(name="once", taken_at=seen.taken_at).update(taken_at=timezone.now())
    assert late == 0, "a worker that had seen the old moment comes too late"


def test_a_nightly_one_waits_for_its_hour_in_shanghai():
    nightly = Schedule("nightly", timedelta(days=1), lambda: None, at_hour=2)
    before = datetime(2026, 11, 22, 17, 59, tzinfo=UTC)  # 01:59 in Shanghai
    yesterday = before - timedelta(hours=20)
    assert not nightly.due(yesterday, before)
    assert nightly.due(yesterday, before + timedelta(minutes=1))
    assert not nightly.due(before + timedelta(minutes=1), before + timedelta(minutes=2))


def test_a_nightly_one_does_not_run_because_the_installation_is_new(only):
    register_schedule("nightly", list, at_hour=2)
    assert tick() == []
    aged("nightly", timedelta(days=2))
    assert tick() == ["nightly"]


@pytest.mark.django_db(transaction=True)
def test_a_sign_of_life_is_an_entry_of_the_access_log():
    housekeeping.sign_of_life()
    housekeeping.sign_of_life()
    bodies = [json.loads(bytes(one.body)) for one in Event.objects.filter(log="access").order_by("idx")]
    assert [(one["type"], one["actor"]) for one in bodies] == [("heartbeat", "system:worker")] * 2


def test_the_head_is_signed_where_the_log_moved_and_only_there():
    housekeeping.sign_the_head()
    assert last_signed() is None
    histories(1, 3)
    housekeeping.sign_the_head()
    assert last_signed().size == 3


def test_finished_jobs_are_swept_after_thirty_days_with_their_files():
    old, young, open_ = (enqueue(kind="test_count", organ=organ(), asked_by="甲") for _ in range(3))
    for job, age in ((old, KEPT + timedelta(hours=1)), (young, KEPT - timedelta(hours=1))):
        Job.objects.filter(pk=job.pk).update(state=State.DONE, finished_at=clock.now() - age)
        (places.folder_of(job.pk) / "result.csv").write_text("x")
    housekeeping.sweep()
    assert set(Job.objects.all()) == {young, open_}
    assert not (places.home() / str(old.pk)).exists()
    assert (places.home() / str(young.pk) / "result.csv").exists()
