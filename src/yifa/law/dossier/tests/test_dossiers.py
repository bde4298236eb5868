"""The order of a dossier, the papers its acts call for, its retention."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from yifa.law import labels
from yifa.law.dossier import blocking, evidence_place, gap_rules, missing, parts, place_of, retention
from yifa.law.dossier.papers import needs
from yifa.law.record import parse

AT = datetime.fromisoformat("2024-06-30T12:00:00+08:00")
HEAD: dict[str, Any] = {
    "format": "yifa-record/1",
    "agency": {"id": "x", "name": "示例", "territory": "120199"},
    "number": "1", "matter": "M001", "procedure": "ordinary", "party": {"kind": "citizen", "name": "甲"},
    "violation": {
        "place": "路", "territory": "120199", "began_on": "2024-05-06", "ended_on": "2024-05-06",
        "discovered_on": "2024-05-06", "harm": "slight", "facts": ["乱扔废弃物"],
    },
    "people": [{"id": who, "name": who, "roles": ["handler"]} for who in ("li", "zhao")],
}  # fmt: skip
BY = ["li", "zhao"]


def record(*events: dict[str, Any], **head: Any) -> Any:
    return parse({**HEAD, **head, "events": [{"by": BY, **event} for event in events]})


def act(kind: str, day: str = "2024-05-07", **keys: Any) -> dict[str, Any]:
    return {"at": f"{day}T09:00:00+08:00", "kind": kind, **keys}


SCENE = act("scene_recorded", certificate_shown=True, signed="yes")


def test_a_paper_nobody_made_is_a_gap_with_its_act_and_article():
    (gap,) = missing(record(SCENE), [])
    assert (gap.form, gap.event, gap.article) == ("onsite_record", 0, "行政处罚法第五十五条")
    assert "2024-05-07" in gap.message and "现场检查" in gap.message and gap.remedy


def test_two_transcripts_need_two_papers():
    twice = record(SCENE, act("scene_recorded", "2024-05-08", certificate_shown=True, signed="yes"))
    assert [gap.event for gap in missing(twice, ["onsite_record"])] == [1]
    assert missing(twice, ["onsite_record", "onsite_record"]) == []


def test_evidence_without_a_file_is_a_gap_only_where_files_are_known():
    found = record(
        act(
            "evidence_added",
            id="1",
            evidence_kind="documentary",
            verified=True,
            lawful_source=True,
            proves=[],
        )
    )
    assert missing(found, []) == [] and missing(found, [], {"1"}) == []
    assert [gap.form for gap in missing(found, [], set())] == [""]


@pytest.mark.parametrize("signed", ["yes", "refused_noted", "no"])
def test_a_transcript_nobody_signed_is_a_gap_that_blocks(signed):
    found = record(act("interview_recorded", certificate_shown=True, signed=signed))
    gaps = missing(found, ["questioning_record"])
    assert [(gap.form, gap.blocks) for gap in gaps] == ([("", True)] if signed == "no" else [])
    assert signed != "no" or ("没有签名" in gaps[0].message and gaps[0].article == "行政处罚法第五十五条")


def test_a_sealed_transcript_is_the_file_of_the_evidence_it_is():
    told = {"verified": True, "lawful_source": True, "proves": []}
    found = record(act("evidence_added", id="1", evidence_kind="scene_transcript", **told))
    assert missing(found, ["onsite_record"], set()) == []
    assert len(missing(found, ["questioning_record"], set())) == 1


def test_what_the_law_does_not_ask_on_paper_does_not_block():
    asked = act("recusal_requested", person="li", by_party=True, reason="亲属")
    decided = act("recusal_decided", person="li", granted=False, decided_by="li")
    gaps = missing(record(asked, decided), [])
    assert [gap.form for gap in gaps] == ["recusal_decision"] and blocking(gaps) == []
    assert [gap.form for gap in blocking(missing(record(SCENE), []))] == ["onsite_record"]


def test_that_a_gap_blocks_is_marked_as_not_confirmed():
    assert gap_rules().check and gap_rules().waived_by == {"archivist", "head"}


def test_a_summary_case_needs_no_written_notice():
    notice = act(
        "prior_notice_served",
        penalty={"kinds": ["warning"]},
        contents=[],
        hearing_right_told=False,
        mode="direct",
    )
    assert [gap.form for gap in missing(record(notice), [])] == ["prior_notice"]
    assert missing(record(notice, procedure="summary"), []) == []


def test_every_form_and_kind_of_evidence_has_one_place():
    assert sorted(form for part in parts() for form in part.forms) == sorted(one.id for one in labels.forms())
    assert all(evidence_place(kind)[0] in parts() for kind in labels.labels("evidence_kind"))
    with pytest.raises(KeyError):
        place_of("nothing")


def test_the_decision_lies_before_the_opening_and_the_review_in_the_secondary_volume():
    assert place_of("penalty_decision")[0].place < place_of("case_filing_approval")[0].place
    assert place_of("legal_review_opinion")[0].volume == "secondary"
    assert place_of("case_closing")[0].place == len(parts()) - 1


def test_every_need_names_a_form_of_the_catalogue():
    assert all(place_of(need.form) for need in needs())


def test_retention_follows_procedure_and_a_dispute_makes_it_permanent():
    assert retention(record(SCENE), AT).words == "30年"
    short = retention(record(SCENE, procedure="summary"), AT)
    assert short.words == "10年" and short.assumed == ("retention_years_summary",)
    sued = record(SCENE, act("litigation_filed", "2024-06-01", by=[]))
    assert (retention(sued, AT).words, retention(sued, AT).why) == ("永久", "经过行政复议或者行政诉讼")
