"""One record of every kind the figures count, in 2021, of one organ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import models

from yifa.casework.cases.models import Act, Case
from yifa.casework.remedies.models import Dispute
from yifa.fieldwork.campaigns.models import Campaign, HandOver
from yifa.fieldwork.inspections.models import Inspection, Visit
from yifa.fieldwork.recordings.models import Recording
from yifa.governance.counsel.models import LegalReview
from yifa.governance.leadership.models import Meeting
from yifa.governance.norms.models import RuleDocument
from yifa.governance.outreach.models import Outreach
from yifa.governance.training.models import Training
from yifa.ledger.clock import SHANGHAI
from yifa.openness.disclosure.models import DisclosureItem
from yifa.openness.publicity.models import Posting
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person

CODE = "120199-cgw"
DAY = date(2021, 6, 30)
NOON = datetime(2021, 6, 30, 12, 0, tzinfo=SHANGHAI)


def organ(code: str = CODE) -> Organ:
    return Organ.objects.get_or_create(
        code=code, defaults={"name": "示例机关", "territory": "120199", "document_prefix": "示", "demo": True}
    )[0]


def person(staff_no: str, roles: str = "|handler|", **more) -> Person:
    return Person.objects.get_or_create(
        organ=organ(), staff_no=staff_no, defaults={"name": f"人员{staff_no}", "roles": roles, **more}
    )[0]


def campaign(code: str = "blue_sky") -> Campaign:
    return Campaign.objects.get_or_create(
        organ=organ(), code=code, defaults={"name": f"行动{code}", "starts_on": date(2021, 1, 1)}
    )[0]


def case(serial: int = 1, procedure: str = "ordinary", **more) -> Case:
    return Case.objects.create(
        organ=organ(),
        no=f"2021-{serial:04d}",
        year=2021,
        serial=serial,
        number=f"示〔2021〕{serial}号",
        procedure=procedure,
        matter="M001",
        party={"kind": "citizen", "name": "某"},
        party_name="某",
        party_kind="citizen",
        violation={"place": "某路"},
        territory="120199",
        **more,
    )


def act(owner: Case, kind: str, at: datetime = NOON) -> Act:
    return Act.objects.create(
        organ=owner.organ, case=owner, seq=owner.acts.count() + 1, at=at, kind=kind, recorded_at=at
    )


def opened(serial: int = 1, **more) -> Case:
    found = case(serial, opened_on=DAY, **more)
    act(found, "opening_approved")
    return found


def closed(serial: int = 1, **more) -> Case:
    found = case(serial, closed_on=DAY, **more)
    act(found, "case_closed")
    return found


def inspection(number: str = "J1", officers: tuple[str, ...] = ("0101", "0102"), **more) -> Inspection:
    found = Inspection.objects.create(
        organ=organ(),
        number=number,
        result="normal",
        officers=f"|{'|'.join(officers)}|",
        **{"on": DAY, "town": "海滨街", "target": "甲店", "campaign": campaign(), **more},
    )
    Visit.objects.bulk_create(Visit(inspection=found, person=person(officer)) for officer in officers)
    return found


def recording(number: str = "R1", **more) -> Recording:
    values = {"retention": "permanent", "started_at": NOON, "seconds": 61, "bytes": 700, **more}
    return Recording.objects.create(organ=organ(), number=number, device="D1", officers="|0101|", **values)


def posting(channel: str) -> Posting:
    return Posting.objects.create(organ=organ(), case=case(), channel=channel, on=DAY)


def dispute(kind: str) -> Dispute:
    return Dispute.objects.create(organ=organ(), case=case(), kind=kind, filed_on=DAY)


def training(form: str) -> Training:
    return Training.objects.create(organ=organ(), on=DAY, name=f"培训{form}", form=form, attendances=45)


def outreach(form: str) -> Outreach:
    return Outreach.objects.create(organ=organ(), on=DAY, name=f"普法{form}", form=form)


def rule(category: str, operation: str, on: date = DAY, name: str = "某制度") -> RuleDocument:
    return RuleDocument.objects.create(
        organ=organ(), name=name, category=category, operation=operation, on=on
    )


def review(kind: str) -> LegalReview:
    return LegalReview.objects.create(
        organ=organ(), on=DAY, kind=kind, name=f"审查{kind}", reviewed_by=person("0901"), opinion="agree"
    )


def disclosed(operation: str) -> DisclosureItem:
    return DisclosureItem.objects.create(
        organ=organ(),
        category="greening",
        name=f"事项{operation}",
        operation=operation,
        on=DAY,
        reviewed_by=person("0901"),
        released_by=person("0901"),
    )


def meeting(kind: str = "leading_group") -> Meeting:
    return Meeting.objects.create(organ=organ(), on=DAY, kind=kind, chaired_by=person("0901"), topic="议题")


def handover() -> HandOver:
    return HandOver.objects.create(
        organ=organ(), number="Y1", on=DAY, campaign=campaign(), material="清单", receiver="某局"
    )


BLUE = "campaigns.blue_sky."
ONE_RECORD: dict[str, tuple[Callable[[], models.Model], dict[str, int]]] = {
    "普通程序立案": (opened, {"cases.ordinary.opened": 1}),
    "专项行动立案": (lambda: opened(campaign="blue_sky"), {"cases.ordinary.opened": 1, BLUE + "cases": 1}),
    "简易程序的专项行动立案": (lambda: opened(campaign="blue_sky", procedure="summary"), {BLUE + "cases": 1}),
    "简易程序立案": (lambda: opened(procedure="summary"), {}),
    "普通程序结案": (closed, {"cases.ordinary.closed": 1}),
    "集体讨论": (lambda: act(case(), "deliberated"), {"review.deliberated": 1}),
    "门户公示": (lambda: posting("portal"), {"publicity.cases": 1}),
    "监督平台": (lambda: posting("supervision_platform"), {"exchange.supervision_platform.cases": 1}),
    "信用平台": (lambda: posting("credit_platform"), {"exchange.credit_platform.cases": 1}),
    "永久录像": (
        recording,
        {
            "recordings.permanent.items": 1,
            "recordings.permanent.seconds": 61,
            "recordings.permanent.bytes": 700,
        },
    ),
    "限期录像": (lambda: recording(retention="180"), {}),
    "行政复议": (lambda: dispute("reconsideration"), {"remedies.reconsideration": 1}),
    "行政诉讼": (lambda: dispute("litigation"), {"remedies.litigation": 1}),
    "社区宣讲": (lambda: outreach("community_session"), {"outreach.community_sessions": 1}),
    "专题讲座": (lambda: outreach("lecture"), {}),
    "专家授课": (
        lambda: training("expert_lecture"),
        {"training.expert_lectures": 1, "training.attendances": 45},
    ),
    "跟班实战": (
        lambda: training("attached_practice"),
        {"training.attachment_rounds": 1, "training.attendances": 45},
    ),
    "其他培训": (lambda: training("other"), {"training.attendances": 45}),
    "检查": (inspection, {BLUE + "officer_visits": 2, BLUE + "premises": 1, BLUE + "towns": 1}),
    "移交": (handover, {BLUE + "handovers": 1}),
    "公开事项变更": (lambda: disclosed("changed"), {"disclosure.items_adjusted": 1}),
    "公开事项撤销": (lambda: disclosed("withdrawn"), {"disclosure.items_adjusted": 1}),
    "政务公开制度": (lambda: rule("disclosure", "enacted"), {"disclosure.rules_in_force": 1}),
    "文书式样修订": (lambda: rule("document_templates", "revised"), {"norms.casework_rules_revised": 1}),
    "文书式样制定": (lambda: rule("document_templates", "enacted"), {}),
    "规范性文件修订": (lambda: rule("normative_documents", "revised"), {}),
    "法律顾问": (lambda: person("0801", "|counsel|", term_from=DAY), {"counsel.lawyers": 1}),
    "公职律师": (lambda: person("0802", "|public_lawyer|", term_from=DAY), {"counsel.public_lawyers": 1}),
    "期满的顾问": (lambda: person("0803", "|counsel|", term_from=date(2020, 1, 1), term_to=DAY), {}),
    "重大决策审查": (lambda: review("major_decision"), {"counsel.decisions_reviewed": 1}),
    "合同审查": (lambda: review("contract"), {"counsel.documents_reviewed": 1}),
    "规范性文件审查": (lambda: review("normative_document"), {}),
    "会议": (meeting, {"leadership.meetings": 1}),
    "法制审核人员": (
        lambda: person("0201", "|reviewer|", legal_profession_qualified=True),
        {"staff.reviewers": 1, "staff.reviewers_qualified": 1},
    ),
}
