"""A plan adds up and ends where the approval does; payments pay what falls due first; the day itself is still in time."""

from datetime import date

import pytest

from yifa.law.execution.instalments import DEFAULT, DUE, PAID, PART_PAID, Instalment, faults, matched

DAY = date(2021, 9, 1)
PLAN = [
    Instalment(date(2021, 9, 30), 10_000),
    Instalment(date(2021, 10, 31), 10_000),
    Instalment(date(2021, 11, 30), 5_000),
]
RIGHT = {"approved_on": DAY, "last_on": date(2021, 11, 30), "owed_fen": 25_000}


def states(payments, day):
    return [(one.state, one.paid_fen) for one in matched(PLAN, payments, day)]


def test_a_right_plan_has_no_faults():
    assert faults(PLAN, **RIGHT) == []


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (PLAN[:1], "至少两期"),
        ([*PLAN[:2], Instalment(date(2021, 11, 30), 0)], "大于零"),
        ([PLAN[1], PLAN[0], PLAN[2]], "从早到晚"),
        ([PLAN[0], PLAN[0], PLAN[2]], "不能重复"),
        ([Instalment(date(2021, 8, 31), 10_000), *PLAN[1:]], "不能早于批准之日"),
        (PLAN[:2], "最后一期"),
        ([*PLAN[:2], Instalment(date(2021, 11, 30), 4_999)], "应当相等"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(plan, words):
    assert any(words in one for one in faults(plan, **RIGHT))


def test_the_due_day_is_in_time_and_the_next_is_default():
    assert states([], date(2021, 9, 30))[0] == (DUE, 0)
    assert states([], date(2021, 10, 1))[0] == (DEFAULT, 0)
    assert matched(PLAN, [], date(2021, 10, 1))[0].days_left == -1


def test_a_payment_pays_the_first_and_what_is_over_the_next():
    assert states([(date(2021, 9, 20), 13_000)], date(2021, 9, 20)) == [
        (PAID, 10_000), (PART_PAID, 3_000), (DUE, 0),
    ]  # fmt: skip


def test_paid_too_late_is_paid_and_says_when():
    (first, *_) = matched(PLAN, [(date(2021, 10, 5), 10_000)], date(2021, 10, 6))
    assert (first.state, first.settled_on) == (PAID, date(2021, 10, 5))


def test_all_paid_at_once_and_more_leaves_nothing_due():
    found = matched(PLAN, [(date(2021, 9, 2), 26_000)], date(2021, 12, 1))
    assert [one.state for one in found] == [PAID] * 3 and sum(one.paid_fen for one in found) == 25_000
