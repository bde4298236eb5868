"""The workbench: nothing, one and two hundred items; sorted by days left; no query per item."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yifa.casework.cases.actions import History, record_histories
from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.queries import RECENT, recorded_by
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.proposals.models import Proposal
from yifa.casework.proposals.tests.asking import act_on, proposed
from yifa.jobs.models import Job, State
from yifa.ledger import clock
from yifa.ledger.actions import Actor

pytestmark = pytest.mark.django_db
ASSIGNED = {
    "at": "2021-08-03T10:00:00+08:00",
    "kind": "handlers_assigned",
    "by": ["0301"],
    "handlers": ["0101"],
}


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-08-20")


def text(who: str, address: str = "/desk/") -> str:
    answer = desk.login(who).get(address)
    assert answer.status_code == 200
    return desk.main_of(answer)


def rows(page: str) -> list[str]:
    return re.findall(r'<tr><th scope="row".*?</tr>', page, re.S)


def many(count: int) -> None:
    """Cases handled by 0101, each opened on another day."""
    owner = make.organ()
    make.people(owner)
    histories = []
    for place in range(count):
        day = date(2021, 7, 16) + timedelta(days=(place * 7) % 31)
        opened = make.opening(f"{day}T09:00:00+08:00")
        lead = make.lead(f"{day}T08:00:00+08:00")
        assigned = {**ASSIGNED, "at": f"{day}T10:00:00+08:00"}
        head = {**make.HEAD, "number": f"第{place}号"}
        histories.append(History(head, [lead, opened, assigned]))
    record_histories(organ=owner, histories=histories, actor=make.ACTOR)


@pytest.mark.parametrize("tab", ["todo", "done", "mine"])
def test_an_empty_tab_says_what_would_be_there(tab):
    page = text("0201", f"/desk/?tab={tab}")
    assert rows(page) == [] and re.search("现在没有等您|您还没有", page)


def test_a_tab_nobody_knows_and_a_page_beyond_the_last_show_the_nearest_there_is():
    make.case_with(make.lead(), make.opening(), ASSIGNED)
    for address in ("/desk/?tab=x", "/desk/?page=99", "/desk/?page=-1", "/desk/?page=٣"):
        assert len(rows(text("0101", address))) == 1


def test_a_proposal_moves_from_the_tab_of_one_to_that_of_the_other():
    case = make.case_with(make.lead())
    one = proposed(desk.login("0101"), case, "opening-approved", by=["0101", "0102"])
    assert "待审批" in rows(text("0301"))[0] and rows(text("0201")) == []
    assert "待确认" in rows(text("0101", "/desk/?tab=mine"))[0] and rows(text("0101")) == []
    assert act_on(desk.login("0301"), one, "return", reason="缺照片").status_code == 303
    assert rows(text("0301")) == [] and "被退回" in rows(text("0101"))[0]
    assert "已退回" in rows(text("0301", "/desk/?tab=done"))[0]


def test_an_act_one_recorded_is_done_and_one_confirmed_stands_there_once(monkeypatch):
    case = make.case_with(make.lead())
    handler = desk.login("0101")
    one = proposed(handler, case, "opening-approved", by=["0101", "0102"])
    assert act_on(desk.login("0301"), one, "confirm").status_code == 303
    monkeypatch.setenv("YIFA_TODAY", "2021-08-21")
    spoken = desk.do(handler, case, "statement-made", at="2021-08-21T08:00:00", by=["0101"], points="1")
    assert spoken.status_code == 303, desk.main_of(spoken)[:2000]
    assert len(rows(text("0301", "/desk/?tab=done"))) == 1
    (own,) = rows(text("0101", "/desk/?tab=done"))
    assert "陈述申辩" in own and "已记录" in own and f"/desk/cases/{case.no}/#act-3" in own
    assert rows(text("0201", "/desk/?tab=done")) == []


def test_acts_taken_in_with_a_workbook_are_not_ones_own_and_own_ones_cost_no_query_each(
    django_assert_num_queries,
):
    client = desk.login("0101")
    who = f"user:{get_user_model().objects.get(username='u0101').pk}"
    history = History({**make.HEAD, "number": "台账1号"}, [make.lead(), make.opening(), ASSIGNED])
    record_histories(organ=make.organ(), histories=[history], actor=Actor(who))
    assert rows(text("0101", "/desk/?tab=done")) == []
    case = make.case_with(make.lead())
    moment = clock.now()
    Act.objects.bulk_create(
        Act(organ_id=case.organ_id, case=case, seq=seq, at=moment, kind="evidence_added", by=["0101"], entered_by=who,
            recorded_at=moment)
        for seq in range(2, 300)
    )  # fmt: skip
    with django_assert_num_queries(1):
        found = recorded_by(case.organ_id, who)
    assert len(found) == RECENT and found[0].act_seq == 299
    page = desk.main_of(client.get("/desk/?tab=done&page=2"))
    assert len(rows(page)) == 20 and "第 2 页，共 10 页" in page and "只列最近 200 条" in page


def test_what_one_recorded_is_read_from_its_index():
    """Among the acts of a hundred log-ins: of an almost empty table PostgreSQL may read any index it likes."""
    case = make.case_with(make.lead())
    common = {
        "organ_id": case.organ_id,
        "case": case,
        "at": clock.now(),
        "kind": "evidence_added",
        "by": ["0101"],
    }
    Act.objects.bulk_create(
        Act(seq=seq, entered_by=f"user:{seq % 100}", recorded_at=common["at"], **common)
        for seq in range(2, 5000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_act")
    rows = Act.objects.filter(organ_id=case.organ_id, entered_by="user:1").order_by("-id")[:RECENT]
    assert "act_entered" in rows.explain()
    assert connection.vendor != "sqlite" or "TEMP B-TREE" not in rows.explain()


def test_what_one_asked_for_behind_the_scenes_is_told_when_it_has_ended_or_failed():
    client = desk.login("0101")
    page = desk.main_of(client.get("/desk/"))
    assert "您提出的后台任务" not in page
    moment = clock.now()
    common = {"organ": make.organ(), "kind": "recheck", "asked_at": moment, "finished_at": moment}
    Job.objects.create(asked_by="u0101", title="完成的一件", state=State.DONE, **common)
    Job.objects.create(asked_by="u0101", title="取消的一件", state=State.CANCELLED, **common)
    Job.objects.create(asked_by="u0102", title="别人的一件", state=State.DONE, **common)
    old = {**common, "finished_at": moment - timedelta(days=4)}
    Job.objects.create(asked_by="u0101", title="早已完成的一件", state=State.DONE, **old)
    page = desk.main_of(client.get("/desk/"))
    assert "完成的一件" in page and 'class="banner ok"' in page
    assert "取消的一件" not in page and "别人的一件" not in page and "早已完成" not in page
    failed = Job.objects.create(asked_by="u0101", title="失败的一件", state=State.FAILED, **common)
    page = desk.main_of(client.get("/desk/"))
    assert page.index("失败的一件") < page.index("完成的一件") and 'class="banner bad"' in page
    assert f"/desk/jobs/{failed.pk}/" in page
    assert "失败的一件" not in desk.main_of(client.get("/desk/?tab=done"))


def test_the_nearest_deadline_comes_first_and_is_in_words():
    many(30)
    dues = [
        date.fromisoformat(found)
        for found in re.findall(r"<time datetime=\"(\d{4}-\d\d-\d\d)\">", text("0101"))
    ]
    assert dues == sorted(dues) and len(dues) == 20
    nearest = Case.objects.order_by("due_on").first()
    assert nearest.due_on == dues[0] and nearest.due_rule
    first = rows(text("0101"))[0]
    assert re.search("超期 [0-9]+ 天|还剩 [0-9]+ (个工作日|天)|今天到期", first)


def test_two_hundred_items_are_paged_with_no_more_queries_than_one():
    many(1)
    client = desk.login("0101")
    client.get("/desk/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/")
    many(0)
    owner = make.organ()
    histories = [
        History({**make.HEAD, "number": f"另{place}号"}, [make.lead(), make.opening(), ASSIGNED])
        for place in range(199)
    ]
    record_histories(organ=owner, histories=histories, actor=make.ACTOR)
    now = clock.now()
    Proposal.objects.bulk_create(
        Proposal(
            organ=owner, no=f"{case.no}-1", case=case, serial=1, kind="opening_approved", event={}, proposers=["0102"],
            submitted_by="0102", submitted_at=now, to_role="head", seen=1,
        )
        for case in Case.objects.all()
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        page = desk.main_of(client.get("/desk/?page=10"))
    assert len(asked) == len(few)
    assert len(rows(page)) == 20 and "第 10 页，共 10 页" in page
    assert "待办 200" in text("0301")
