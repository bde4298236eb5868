"""What becomes of a job: refused, tried again, given up, done; asked for once though asked twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from yifa.casework.cases.tests.factories import organ
from yifa.jobs import heartbeat, places, running
from yifa.jobs.actions import cancel, enqueue, retry_failed
from yifa.jobs.errors import JobRefused, UnknownKind
from yifa.jobs.models import Job, State
from yifa.jobs.progress import Progress, cancel_file, progress_file, standing
from yifa.jobs.queries import jobs_of
from yifa.jobs.tests import kinds
from yifa.jobs.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, settings) -> None:
    settings.HOME = tmp_path


def ask(kind: str, **more) -> Job:
    return enqueue(kind=kind, organ=organ(), asked_by="甲", **more)


def work(job: Job) -> Job:
    """One round of a worker, as if every pause were over."""
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    Worker().step()
    job.refresh_from_db()
    return job


def test_a_kind_nobody_declared_is_refused():
    with pytest.raises(UnknownKind):
        ask("no_such_kind")
    assert not Job.objects.exists()


def test_what_is_refused_is_said_and_not_tried_again():
    job = work(ask("test_refused"))
    assert (job.state, job.words, job.attempts) == (State.FAILED, "文件不是台账，请换一个文件", 1)
    work(job)
    assert kinds.noted() == ["tried"]


def test_a_broken_job_shows_a_reference_number_and_no_trace(capfd):
    job = work(ask("test_broken"))
    assert job.state == State.FAILED
    assert job.reference and job.reference in job.words
    said = job.words.replace(job.reference, "")
    assert "KeyError" not in said and "secret" not in said and "42" not in said
    log = (places.home() / "faults.log").read_text(encoding="utf-8")
    assert f"[{job.reference}]" in log and "KeyError: 'secret column 42'" in log
    assert "KeyError" in capfd.readouterr().err


def test_a_transient_fault_is_tried_again_after_longer_and_longer_pauses():
    job = ask("test_locked", arguments={"until": 4})
    pauses = []
    for attempt in (1, 2, 3):
        work(job)
        assert (job.state, job.attempts) == (State.WAITING, attempt)
        pauses.append(job.run_after - timezone.now())
        assert running.take() is None, "the pause is not over"
    assert pauses == sorted(pauses) and pauses[0] > timedelta(seconds=3)
    assert work(job).state == State.DONE


def test_a_database_that_stays_locked_is_given_up_with_words():
    job = ask("test_locked", arguments={"until": 99})
    for _ in range(running.ATTEMPTS):
        work(job)
    assert (job.state, job.attempts) == (State.FAILED, running.ATTEMPTS)
    assert job.reference in job.words and "数据库" in job.words
    work(job)
    assert len(kinds.noted()) == running.ATTEMPTS


def died(job: Job, attempts: int) -> None:
    """As a killed worker leaves it: running, its slip gone, nobody holding it."""
    DBTaskResult.objects.all().delete()
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, attempts=attempts)


def test_a_job_that_kills_every_worker_is_given_up_with_words():
    job = ask("test_count")
    died(job, running.ATTEMPTS)
    work(job)
    assert job.state == State.FAILED
    assert job.reference in job.words and str(running.ATTEMPTS) in job.words
    assert kinds.noted() == []


def test_a_job_whose_worker_died_is_taken_again_but_not_while_somebody_holds_it():
    job = ask("test_count")
    died(job, 1)
    held = places.hold(job.pk)
    assert work(job).state == State.RUNNING
    held.release()
    work(job)
    assert (job.state, job.attempts, kinds.noted()) == (State.DONE, 2, [str(job.pk)])


def test_after_a_second_death_the_job_waits_a_while():
    job = ask("test_count")
    died(job, 2)
    assert running.take_back_from_the_dead() == 1
    job.refresh_from_db()
    assert job.state == State.WAITING and job.run_after > timezone.now()


def test_no_act_no_job():
    with pytest.raises(JobRefused), transaction.atomic():
        ask("test_count")
        raise JobRefused("the act was refused")
    assert not Job.objects.exists() and not DBTaskResult.objects.exists()


def test_the_same_key_asks_once_and_an_alone_kind_is_one_at_a_time():
    first = ask("test_count", key="form 1")
    assert ask("test_count", key="form 1") == first
    assert work(first).state == State.DONE
    assert ask("test_count", key="form 1") == first
    alone = ask("test_slow")
    assert ask("test_slow") == alone
    assert ask("test_count") != ask("test_count")


def test_failed_items_are_listed_and_only_they_are_tried_again():
    job = work(ask("test_items", arguments={"items": ["好1", "坏1", "好2"]}))
    assert job.state == State.DONE
    assert job.failures == [{"item": "坏1", "reason": "这一行没有当事人，请补上"}]
    again = retry_failed(job=job, asked_by="甲")
    assert again.arguments["only"] == ["坏1"]
    assert retry_failed(job=job, asked_by="甲") == again, "a second click is the same job"
    assert kinds.noted() == ["好1", "好2"]
    work(again)
    assert len(again.failures) == 1


def test_nothing_to_try_again_is_said():
    job = ask("test_count")
    with pytest.raises(JobRefused):
        retry_failed(job=job, asked_by="甲")
    work(job)
    with pytest.raises(JobRefused):
        retry_failed(job=job, asked_by="甲")
    with pytest.raises(JobRefused):
        cancel(job=job)


def test_a_waiting_job_is_called_off_and_never_runs():
    job = ask("test_count")
    cancel(job=job)
    work(job)
    assert (job.state, kinds.noted(), DBTaskResult.objects.count()) == (State.CANCELLED, [], 0)


def test_a_running_job_stops_at_its_next_word_only_where_that_is_safe():
    job = ask("test_items", arguments={"items": ["好1", "好2"]})
    cancel_file(job.pk).touch()
    assert work(job).state == State.CANCELLED
    assert kinds.noted() == [] and not cancel_file(job.pk).exists()
    whole = ask("test_count")
    Job.objects.filter(pk=whole.pk).update(state=State.RUNNING)
    whole.refresh_from_db()
    with pytest.raises(JobRefused, match="不安全"):
        cancel(job=whole)


def test_a_worker_asked_to_end_leaves_the_job_waiting_as_if_untouched():
    job = ask("test_items", arguments={"items": ["好1"]})
    taken, held = running.take()
    running.run(taken, held, stopping=lambda: True)
    job.refresh_from_db()
    assert (job.state, job.attempts, kinds.noted()) == (State.WAITING, 0, [])
    assert work(job).state == State.DONE


def test_progress_is_in_words_in_a_file_and_shows_that_the_worker_lives():
    job = ask("test_count")
    Progress(job_id=job.pk, organ_code=job.organ_id)(120, 425, "行")
    assert (standing(job.pk).words, standing(job.pk).done) == ("已处理 120 / 425 行", 120)
    assert heartbeat.age() == 0
    progress_file(job.pk).write_text("{")
    assert standing(job.pk).words == ""


def test_failed_jobs_come_first():
    done, failed, waiting = ask("test_count"), ask("test_refused"), ask("test_count")
    work(done), work(failed)
    assert list(jobs_of(organ().code, "甲")) == [failed, waiting, done]
    assert list(jobs_of(organ().code, "乙")) == []
