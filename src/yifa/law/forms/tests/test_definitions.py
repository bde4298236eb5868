"""Every form of the catalogue is defined, and what the statute requires is in its text or asked for beside it."""

from yifa.law.enums import ENUMS
from yifa.law.forms.composing import compose, plain
from yifa.law.forms.definitions import definitions, fields, used
from yifa.law.labels import forms


def test_every_instrument_of_the_record_has_one_definition():
    assert list(definitions()) == [form.id for form in forms()]
    assert set(definitions()) == set(ENUMS["instrument"])


def test_every_field_is_used_by_a_form():
    taken = {field.label for one in definitions().values() for field in used(one.lines, one.must)}
    assert set(fields()) == taken


def test_every_statutory_field_stands_in_the_text_or_is_the_frame_of_the_paper():
    """The organ and the date are in the signature block of the paper; an approval is asked for beside the text."""
    frame = {"机关", "决定日期", "立案批准人", "强制措施日期", "案发日期", "听证期限", "处罚种类", "执法人员"}
    for one in definitions().values():
        shown = {field.label for field in used(one.lines, frozenset())}
        assert one.must - shown <= frame, one.id


def test_every_paper_that_goes_out_is_sealed_or_signed_and_says_its_basis():
    for one in definitions().values():
        assert one.sign and one.basis and one.copies >= 1, one.id
        if one.outward:
            assert one.series, f"{one.id}: an outward paper has a number"


def test_two_forms_never_share_a_number_series():
    series = [one.series for one in definitions().values() if one.series]
    assert len(series) == len(set(series))


def test_a_form_without_values_is_a_form_to_fill_by_hand():
    for one in definitions().values():
        text = "".join(plain(compose(one.lines, {})))
        assert text and "{" not in text, one.id


def test_no_form_says_what_a_paper_must_not_say():
    for one in definitions().values():
        for word in ("最终裁决", "十五日内提起上诉", "指标", "加重处罚"):
            assert word not in one.text, one.id


def test_the_title_of_a_paper_is_one_name_in_full_width():
    for one in definitions().values():
        assert not set("/()") & set(one.title({})), one.id
    assert definitions()["enforcement_decision"].title({}) == "行政强制执行决定书"
    assert definitions()["enforcement_decision"].title({"代履行标的": "清运"}) == "代履行决定书"


def test_a_value_may_end_in_a_full_stop_or_not():
    lines = definitions()["prior_notice"].lines
    for basis in ("《某条例》第一条", "《某条例》第一条。"):
        text = "".join(plain(compose(lines, {"处罚依据": basis})))
        assert "依据：《某条例》第一条。" in text and "。。" not in text
