"""Loading the demo: never beside real data, once only, by the ordinary import, with a log-in for each role."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from yifa.casework.cases.models import Act, Case, CaseFinding
from yifa.intake.sample.actions import NotADemo, load_sample
from yifa.intake.workbook.models import WorkbookImport
from yifa.ledger.queries import event_count
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person
from yifa.site.accounts.demo import LOGINS, PASSWORD, create_demo_logins
from yifa.site.accounts.models import User
from yifa.site.cli import demo
from yifa.site.cli.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 5, 20)


def real_organ() -> Organ:
    return Organ.objects.create(
        code="120115-cgw", name="某区城市管理委员会", territory="120115", document_prefix="津某城管"
    )


def test_a_database_with_a_real_organ_is_refused_and_left_alone() -> None:
    real_organ()
    with pytest.raises(NotADemo):
        load_sample(today=TODAY)
    assert list(Organ.objects.values_list("code", flat=True)) == ["120115-cgw"]
    assert event_count() == 0


def test_the_command_says_so_in_chinese_and_exits_one() -> None:
    real_organ()
    with pytest.raises(Refused) as refused:
        demo.run(SimpleNamespace(today="2026-05-20", workbook=None))  # type: ignore[arg-type]
    assert refused.value.code == 1
    assert "某区城市管理委员会" in refused.value.lines[0]


def test_a_day_that_is_no_day_is_not_understood() -> None:
    with pytest.raises(Refused) as refused:
        demo.run(SimpleNamespace(today="昨天", workbook=None))  # type: ignore[arg-type]
    assert refused.value.code == 2


def test_no_demo_log_in_for_a_real_organ() -> None:
    with pytest.raises(ValueError, match="不是演示机关"):
        create_demo_logins(organ=real_organ())
    assert not User.objects.exists()


def test_the_demo_loads_once_and_the_second_time_changes_nothing() -> None:
    first = load_sample(today=TODAY)
    assert first.changed
    assert first.organ.demo
    assert Case.objects.filter(year=2021, procedure="ordinary", stage="archived").count() == 79
    assert Act.objects.filter(case__year=2021, kind="recording_linked").count() == 455
    assert set(CaseFinding.objects.values_list("rule", flat=True)) == {"R-APL-54-1"}
    assert set(WorkbookImport.objects.values_list("imported_by", flat=True)) == {"system:demo"}
    assert create_demo_logins(organ=first.organ) == len(LOGINS)
    before = (event_count(), Act.objects.count(), User.objects.count())

    second = load_sample(today=date(2026, 9, 1))
    assert not second.changed
    assert create_demo_logins(organ=second.organ) == 0
    assert (event_count(), Act.objects.count(), User.objects.count()) == before

    handler = User.objects.get(username="handler")
    assert handler.check_password(PASSWORD)
    assert handler.demo
    assert handler.person == Person.objects.get(staff_no="0201")
