"""What the pages of jobs show, and to whom."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils.timezone import now as real_now

from yifa.casework.cases.jobs import RECHECK
from yifa.casework.cases.models import Case, CaseFinding
from yifa.casework.cases.tests import factories as make
from yifa.jobs import places, running
from yifa.jobs.actions import enqueue
from yifa.jobs.models import Job, State
from yifa.jobs.progress import Progress, cancel_file
from yifa.jobs.tests import kinds  # noqa: F401 - importing registers them
from yifa.jobs.worker import Worker
from yifa.registry.organs.models import Organ
from yifa.site.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, settings) -> None:
    settings.HOME = tmp_path


def user(name: str, roles: str = "", organ: Organ | None = None) -> User:
    return User.objects.create(username=name, organ=organ or make.organ(), roles=roles)


def client(who: User) -> Client:
    browser = Client()
    browser.force_login(who)
    return browser


def ask(kind: str, asked_by: str = "甲", **more) -> Job:
    return enqueue(kind=kind, organ=make.organ(), asked_by=asked_by, **more)


def main_of(answer) -> str:
    return unescape(answer.content.decode().partition("<main")[2])


def test_another_organs_job_is_unknown_and_anothers_job_is_not_shown():
    job = ask("test_count")
    elsewhere = make.organ("120115-cgw")
    admin_elsewhere = client(user("远", "|system_admin|", elsewhere))
    colleague = client(user("乙", "|head|"))
    for path, post in (("", False), ("cancel/", True), ("retry/", True)):
        url = f"/desk/jobs/{job.pk}/{path}"
        for browser, status in ((admin_elsewhere, 404), (colleague, 403)):
            answer = browser.post(url) if post else browser.get(url)
            assert answer.status_code == status, (url, status)
    job.refresh_from_db()
    assert job.state == State.WAITING
    assert "只有提出任务的人" in main_of(colleague.get(f"/desk/jobs/{job.pk}/"))


def test_an_unknown_job_says_what_may_have_happened():
    assert "超过三十天" in main_of(client(user("甲")).get("/desk/jobs/999/"))


def test_the_asker_and_the_system_administrator_see_it():
    job = ask("test_count")
    for who in (user("甲"), user("管", "|system_admin|")):
        assert client(who).get(f"/desk/jobs/{job.pk}/").status_code == 200


def test_the_list_shows_my_jobs_with_the_failed_one_first():
    Worker().step() if ask("test_refused") else None
    ask("test_count")
    ask("test_items", asked_by="乙", arguments={"items": []})
    text = main_of(client(user("甲")).get("/desk/jobs/"))
    assert text.index("不能做的事") < text.index("数一数")
    assert "文件不是台账，请换一个文件" in text
    assert "逐项处理" not in text
    assert "逐项处理" in main_of(client(user("管", "|system_admin|")).get("/desk/jobs/"))


def running_job() -> Job:
    job = ask("test_items", arguments={"items": ["好"]})
    running.take()[1].release()
    job.refresh_from_db()
    Progress(job_id=job.pk, organ_code=job.organ_id)(120, 425, "行")
    return job


def test_a_running_job_says_how_far_it_is_and_asks_again_without_keeping_the_session():
    page = client(user("甲")).get(f"/desk/jobs/{running_job().pk}/").content.decode()
    text = unescape(page)
    assert "已处理 120 / 425 行" in text
    assert '<progress value="120" max="425">' in text
    assert "可以离开这一页，完成后在待办提醒" in text
    assert 'hx-trigger="every 2s"' in text and '{"X-Yifa-Poll": "1"}' in text
    head = page.partition("<main")[0]
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in head


def test_htmx_gets_the_part_that_changes_and_stops_asking_when_it_is_over():
    browser = client(user("甲"))
    job = running_job()
    part = browser.get(f"/desk/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert part.content.decode().startswith('<section id="job" hx-get')
    assert "HX-Request" in part["Vary"]
    Job.objects.update(state=State.DONE, words="做好了", finished_at=real_now())
    part = unescape(browser.get(f"/desk/jobs/{job.pk}/", headers={"HX-Request": "true"}).content.decode())
    assert "做好了" in part and "hx-get" not in part


def test_a_result_has_its_link_and_the_day_it_is_kept_until():
    job = ask("test_count")
    Worker().step()
    text = main_of(client(user("甲")).get(f"/desk/jobs/{job.pk}/"))
    assert "数过了" in text and 'href="/desk/cases/"' in text and "保留到" in text


def test_failed_items_have_reasons_and_a_button_for_them_alone():
    job = ask("test_items", arguments={"items": ["好1", "坏1"]})
    Worker().step()
    browser = client(user("甲"))
    text = main_of(browser.get(f"/desk/jobs/{job.pk}/"))
    assert "没有成功的 1 项" in text and "这一行没有当事人，请补上" in text
    assert "只重试失败项" in text
    answer = browser.post(f"/desk/jobs/{job.pk}/retry/")
    assert answer.status_code == 303
    again = Job.objects.latest("pk")
    assert again.arguments["only"] == ["坏1"]
    assert answer["Location"] == f"/desk/jobs/{again.pk}/"


def test_a_broken_job_shows_its_reference_and_nothing_of_the_inside():
    job = ask("test_broken")
    Worker().step()
    job.refresh_from_db()
    text = main_of(client(user("甲")).get(f"/desk/jobs/{job.pk}/"))
    assert job.reference in text and "告诉系统管理员" in text
    assert "KeyError" not in text and "Traceback" not in text
    assert "再试一次" in text


def test_calling_off_works_where_safe_and_is_refused_with_409_where_not():
    browser = client(user("甲"))
    waiting = ask("test_count")
    assert browser.post(f"/desk/jobs/{waiting.pk}/cancel/").status_code == 303
    assert "没有开始就取消了" in main_of(browser.get(f"/desk/jobs/{waiting.pk}/"))
    stoppable = running_job()
    assert browser.post(f"/desk/jobs/{stoppable.pk}/cancel/").status_code == 303
    assert cancel_file(stoppable.pk).exists()
    assert "正在停下来" in main_of(browser.get(f"/desk/jobs/{stoppable.pk}/"))
    whole = ask("test_count")
    Job.objects.filter(pk=whole.pk).update(state=State.RUNNING)
    refused = browser.post(f"/desk/jobs/{whole.pk}/cancel/")
    assert refused.status_code == 409
    assert "<title>错误：" in refused.content.decode() and "不安全" in main_of(refused)
    assert "停下来</button>" not in main_of(refused)


@pytest.mark.parametrize("roles", ["", "|handler|", "|reviewer|", "|auxiliary|", "|system_admin|"])
def test_a_recheck_is_not_for_everyone(roles):
    browser = client(user("甲", roles))
    assert "重新核对全部在办案件" not in main_of(browser.get("/desk/jobs/"))
    answer = browser.post("/desk/jobs/recheck/", {"token": "1"})
    assert answer.status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize("roles", ["|head|", "|supervisor|"])
def test_a_recheck_asked_for_twice_is_one_job(roles):
    browser = client(user("甲", roles))
    assert "重新核对全部在办案件" in main_of(browser.get("/desk/jobs/"))
    places_sent = {browser.post("/desk/jobs/recheck/", {"token": "1"})["Location"] for _ in range(2)}
    (job,) = Job.objects.all()
    assert places_sent == {f"/desk/jobs/{job.pk}/"}
    assert "正在进行" in main_of(browser.get("/desk/jobs/"))
    colleague = client(user("乙", "|head|"))
    assert colleague.post("/desk/jobs/recheck/", {"token": "2"})["Location"] == "/desk/jobs/"
    assert places.home().exists() and Job.objects.count() == 1


def test_a_recheck_puts_right_what_is_found_of_open_cases_and_again_changes_nothing():
    case = make.case_with(make.lead(), make.opening(), make.interview())
    finding = {"article": "x", "severity": "warns", "message": "旧", "remedy": "旧"}
    CaseFinding.objects.create(organ=case.organ, case=case, rule="R-OLD", **finding)
    Case.objects.filter(pk=case.pk).update(warns=7)
    job = ask(RECHECK)
    Worker().step()
    job.refresh_from_db()
    assert (job.state, job.words) == (State.DONE, "已核对 1 件在办案件，1 件的核查结果有变化。")
    assert not CaseFinding.objects.filter(rule="R-OLD").exists()
    case.refresh_from_db()
    assert case.warns == CaseFinding.objects.filter(case=case).exclude(severity="blocks").count()
    again = ask(RECHECK)
    Worker().step()
    again.refresh_from_db()
    assert "0 件的核查结果有变化" in again.words
