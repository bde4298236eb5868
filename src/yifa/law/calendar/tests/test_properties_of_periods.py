"""What holds of every period, whatever the day and the length."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from yifa.law.calendar import (
    SHANGHAI,
    BadPeriod,
    Span,
    add_months,
    add_working_days,
    deadline,
    working_days_after,
    working_days_between,
)
from yifa.law.calendar.surcharge import additional_fine
from yifa.law.packs import pack

TABLE = pack("120115").holidays
DAY = timedelta(days=1)
DAYS = st.dates(date(2021, 1, 1), date(2026, 8, 31))
LENGTHS = st.integers(1, 40)
# The same examples on every run, so that a failure can be looked at again.
REPEATABLE = settings(max_examples=50, deadline=None, derandomize=True)
PLAIN_UNITS = st.sampled_from(["working_day", "day", "month", "year"])


def due(start, length, unit, **options):
    return deadline(start=start, length=length, unit=unit, holidays=TABLE, **options)


@pytest.mark.parametrize("length", [0, -3, True, 2.5])
def test_a_length_that_is_no_positive_whole_number_is_refused(length):
    with pytest.raises(BadPeriod):
        due(date(2021, 9, 28), length, "day")


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2101, 1, 1)])
def test_working_days_outside_the_calendar_are_refused(day):
    with pytest.raises(BadPeriod):
        due(day, 5, "working_day")


def test_hours_from_a_bare_day_are_refused():
    with pytest.raises(BadPeriod):
        due(date(2021, 10, 1), 24, "hour")


def test_time_cannot_be_excluded_from_hours_or_backwards():
    span = [(date(2021, 10, 1), date(2021, 10, 2))]
    with pytest.raises(BadPeriod):
        due(datetime(2021, 10, 1, 16, 30, tzinfo=SHANGHAI), 24, "hour", excluded=span)
    with pytest.raises(BadPeriod):
        due(date(2021, 10, 20), 7, "working_day", before=True, excluded=span)


@REPEATABLE
@given(DAYS, LENGTHS)
def test_a_working_day_period_ends_on_a_later_working_day_with_its_number_of_working_days(start, length):
    end = due(start, length, "working_day").due_on
    assert TABLE.is_working_day(end)
    assert end > start
    assert due(start, length + 1, "working_day").due_on > end
    passed = [start + DAY * n for n in range(1, (end - start).days + 1)]
    assert sum(map(TABLE.is_working_day, passed)) == length == working_days_after(start, end, TABLE)
    assert add_working_days(start, length, TABLE) == end


@REPEATABLE
@given(DAYS, LENGTHS, PLAIN_UNITS)
def test_counting_back_leaves_every_unit_free_and_not_one_day_more(event, length, unit):
    assume(unit not in ("month", "year") or length <= 12)
    latest = due(event, length, unit, before=True).due_on
    assert due(latest, length, unit).due_on < event
    later = next(
        day
        for day in (latest + DAY * n for n in range(1, 20))
        if unit != "working_day" or TABLE.is_working_day(day)
    )
    assert due(later, length, unit).due_on >= event


@REPEATABLE
@given(DAYS, st.integers(1, 100))
def test_working_days_strictly_between_agree_with_counting_them(first, gap):
    last = first + DAY * gap
    between = [first + DAY * n for n in range(1, gap)]
    assert working_days_between(first, last, TABLE) == sum(map(TABLE.is_working_day, between))


@REPEATABLE
@given(DAYS, st.integers(1, 90))
def test_rolling_passes_at_most_the_nine_days_of_the_longest_holiday(start, length):
    rolled = due(start, length, "day", roll=True)
    assert timedelta(0) <= rolled.due_on - (start + DAY * length) <= DAY * 9
    assert TABLE.is_working_day(rolled.due_on)
    assert (
        sum((span.to_on - span.from_on).days + 1 for span in rolled.skipped)
        == (rolled.due_on - rolled.nominal_on).days
    )
    again = due(rolled.due_on - DAY * length, length, "day", roll=True)
    assert again.due_on == rolled.due_on


def test_a_make_up_day_never_rolls():
    weekend = [
        day
        for day in (date(2021, 1, 1) + DAY * n for n in range(2191))
        if day.weekday() > 4 and TABLE.is_working_day(day)
    ]
    assert len(weekend) > 30
    assert all(due(day - DAY * 15, 15, "day", roll=True).due_on == day for day in weekend)


@REPEATABLE
@given(DAYS, LENGTHS, PLAIN_UNITS)
def test_nothing_rolls_unless_asked(start, length, unit):
    assume(unit not in ("month", "year") or length <= 12)
    plain = due(start, length, unit)
    assert plain.due_on == plain.nominal_on
    assert plain.why


@REPEATABLE
@given(DAYS, st.integers(1, 60), st.integers(0, 30), st.integers(0, 30))
def test_excluded_days_lengthen_a_period_by_themselves_and_no_more(start, length, offset, width):
    span = Span(start + DAY * offset, start + DAY * (offset + width))
    end = due(start, length, "day", excluded=[span]).due_on
    counted = [
        day
        for n in range(1, (end - start).days + 1)
        if not span.from_on <= (day := start + DAY * n) <= span.to_on
    ]
    assert len(counted) == length
    assert counted[-1] == end


@REPEATABLE
@given(DAYS, LENGTHS, st.integers(0, 20), st.integers(0, 20))
def test_excluded_days_are_no_working_days(start, length, offset, width):
    span = Span(start + DAY * offset, start + DAY * (offset + width))
    end = due(start, length, "working_day", excluded=[span]).due_on
    counted = [
        day
        for n in range(1, (end - start).days + 1)
        if TABLE.is_working_day(day := start + DAY * n) and not span.from_on <= day <= span.to_on
    ]
    assert len(counted) == length
    assert counted[-1] == end


@REPEATABLE
@given(DAYS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=4))
def test_overlapping_exclusions_count_once(start, offsets):
    spans = [(start + DAY * first, start + DAY * (first + width)) for first, width in offsets]
    days = {
        day
        for first, last in spans
        for n in range((last - first).days + 1)
        if (day := first + DAY * n) > start
    }
    end = due(start, 90, "day", excluded=spans).due_on
    assert end == start + DAY * (90 + len(days))


@REPEATABLE
@given(DAYS, st.integers(1, 24))
def test_months_end_on_the_same_numbered_day_or_the_last_of_the_month(start, count):
    end = add_months(start, count)
    assert end.day == start.day or (end.day < start.day and (end + DAY).day == 1)


def test_a_year_without_a_table_makes_the_answer_provisional_only_where_it_matters():
    assert not due(date(2026, 12, 1), 5, "working_day").provisional
    assert due(date(2026, 12, 30), 5, "working_day").provisional
    assert due(date(2026, 12, 30), 15, "day", roll=True).provisional
    assert not due(date(2026, 12, 30), 15, "day").provisional
    assert "暂定" in due(date(2026, 12, 30), 5, "working_day").why


def test_the_unit_of_seven_days_changes_with_the_new_penalty_law():
    ends = []
    for start in (date(2021, 7, 14), date(2021, 7, 15)):
        period = pack("120115").param("preservation_days", start)
        ends.append(due(start, period.value, period.unit).due_on)
    assert ends == [date(2021, 7, 21), date(2021, 7, 26)]


@REPEATABLE
@given(st.integers(1, 10_000_00), st.integers(0, 120), st.integers(0, 60), st.integers(0, 60))
def test_the_additional_fine_grows_stands_still_in_a_pause_and_never_passes_the_fine(
    fine, late, pause_at, width
):
    due_on = date(2022, 3, 1)
    pause = Span(due_on + DAY * pause_at, due_on + DAY * (pause_at + width))

    def charged(days):
        return additional_fine(
            fine_fen=fine,
            percent_per_day=3,
            cap_percent=100,
            due_on=due_on,
            until_on=due_on + DAY * days,
            pauses=[pause],
        )

    assert charged(0) == charged(-5) == 0
    assert charged(late) <= charged(late + 1) <= fine
    if pause_at >= 1:
        assert charged(pause_at - 1) == charged(pause_at + width)
