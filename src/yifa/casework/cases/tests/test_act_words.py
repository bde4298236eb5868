"""Every key and value an act may carry can be said in Chinese."""

from __future__ import annotations

import pytest

from yifa.casework.cases.act_words import KEY_LABELS, WRITERS, act_words
from yifa.casework.cases.models import Act
from yifa.law.events import COMMON, KINDS
from yifa.law.labels import enums, labels

ALL_KEYS = [(kind, name, key) for kind, told in KINDS.items() for name, key in told.keys.items()]
NAMES = {"0101": "甲一", "0301": "丙一"}


def act(kind: str, words: dict | None = None, **data) -> Act:
    return Act(kind=kind, data=data, words=words or {})


def test_no_key_of_the_record_format_is_without_words():
    silent = [f"{kind}.{name}" for kind, name, _ in ALL_KEYS if name not in KEY_LABELS]
    assert silent == []
    assert [name for name in COMMON if name not in KEY_LABELS] == ["at", "kind", "by"]


def test_no_type_of_the_record_format_is_without_a_writer():
    types = {key.type for _, _, key in ALL_KEYS} | {COMMON[name].type for name in ("note", "late_reason")}
    assert types - set(WRITERS) == {"bool"}


def test_no_value_of_the_record_format_is_without_a_label():
    listed = {(key.enum, value) for _, _, key in ALL_KEYS for value in key.values}
    silent = [f"{enum} {value}" for enum, value in listed if enum not in enums() or value not in labels(enum)]
    assert silent == []


def test_a_type_nobody_can_write_is_an_error_and_not_an_empty_cell(monkeypatch):
    monkeypatch.delitem(WRITERS, "persons")
    with pytest.raises(KeyError):
        act_words(act("handlers_assigned", handlers=["0101"]), NAMES)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (act("lead_registered", source="patrol"), [("来源", "巡查")]),
        (act("opening_approved", approved_by="0301"), [("批准人", "丙一")]),
        (act("opening_approved", approved_by="0999"), [("批准人", "0999")]),
        (act("handlers_assigned", handlers=["0101", "0301"]), [("承办人", "甲一、丙一")]),
        (
            act("interview_recorded", certificate_shown=True, signed="refused_noted"),
            [("出示证件", "是"), ("当事人签名", "拒签已注明")],
        ),
        (
            act("fine_collected", collector="bank", amount_fen=123_450),
            [("收缴方式", "银行"), ("金额", "1,234.50 元")],
        ),
        (
            act("investigation_closed", proposal={"kinds": ["warning", "fine"], "fine_fen": 50_000}),
            [("处理建议", "警告、罚款（500.00 元）")],
        ),
        (
            act("deliberated", members=["0301"], chaired_by="0301", votes={"0301": "for"}),
            [("参加人员", "丙一"), ("召集人", "丙一"), ("表决", "丙一 同意")],
        ),
        (
            act("correction_ordered", {"note": "限期清理"}, due_on="2021-08-10"),
            [("期限", "2021-08-10"), ("备注", "限期清理")],
        ),
        (act("statement_made", points=["p1", "2"]), [("意见", "第 1 点、第 2 点")]),
        (act("statement_made", points=["请求减轻"]), [("意见", "请求减轻")]),
        (act("statement_reexamined", results={"P1": "adopted"}), [("复核结果", "第 1 点 采纳")]),
        (
            act("correction_rechecked", corrected=False, refused=True),
            [("改正情况", "未改正"), ("拒不改正", "是")],
        ),
        (act("statement_waived"), []),
    ],
)
def test_an_act_says_its_data_in_words(made, expected):
    assert act_words(made, NAMES) == expected
