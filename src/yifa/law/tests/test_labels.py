"""Labels of values are the words of the workbook, both ways."""

import pytest

from yifa.law import labels


def test_an_unknown_word_is_refused():
    with pytest.raises(KeyError):
        labels.key_of("mode", "传真")


def test_an_unknown_enum_is_refused():
    with pytest.raises(KeyError):
        labels.labels("colour")


def test_a_form_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        labels.form("F61")


def test_every_label_leads_back_to_its_key():
    for enum in labels.enums():
        for key, text in labels.labels(enum).items():
            assert labels.key_of(enum, text) == key


def test_words_of_the_workbook():
    assert labels.key_of("outcome", "不予处罚") == "no_penalty"
    assert labels.key_of("event_kind", "先行登记保存") == "preservation_ordered"
    assert labels.label("signed", "refused_noted") == "拒签已注明"
    assert labels.label("corrected", False) == "未改正"
    assert labels.key_of("tier", "较重") == "serious"


def test_every_event_kind_of_the_record_has_one_name():
    assert len(labels.labels("event_kind")) == 58


def test_sixty_forms_numbered_without_gaps():
    forms = labels.forms()
    assert [form.code for form in forms] == [f"F{number:02d}" for number in range(1, 61)]
    assert labels.form("F34") == labels.form("penalty_decision")
    assert dict(labels.labels("instrument")) == {form.id: form.name for form in forms}
