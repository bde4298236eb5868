"""What is offered on a case: for each kind of act its article, its consequence, and when it is of any use.

Usefulness only: what comes of an act and whether anything is left of it to do. Whether it may be done is for the
guards in law/rules alone; an act not offered here may still be recorded where they let it pass.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """`after`: offered once any of these has happened; `until`: and none of these since then.

    `pressing`: shown with its reasons while it is blocked; other blocked acts are not shown before they can be done.
    """

    article: str
    consequence: str
    after: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    pressing: bool = False


APL, ACL = "行政处罚法", "行政强制法"
LEAD = ("lead_registered",)
OPEN = ("opening_approved", "decision_changed")
DECIDED = ("decision_made", "summary_decision_made")
OPENED = ("opening_approved", "opening_declined")
TOLD = ("prior_notice_served",)
ENDED = ("case_closed", "case_archived")
FINISHED = ("case_closed", "case_archived", "opening_declined")
UNDECIDED = (*DECIDED, "opening_declined")

ORDINARY_OFFERS: dict[str, Offer] = {
    "opening_approved": Offer(f"{APL}第五十四条第二款", "批准后开始调查，办案期限从立案起算", LEAD, OPENED, pressing=True),
    "opening_declined": Offer(f"{APL}第五十四条第二款", "记明理由，本案不再办理", LEAD, OPENED),
    "handlers_assigned": Offer(f"{APL}第四十二条第一款", "承办人开始办理本案", OPEN, DECIDED),
    "interview_recorded": Offer(f"{APL}第五十五条", "笔录成为证据", LEAD, UNDECIDED, pressing=True),
    "scene_recorded": Offer(f"{APL}第五十五条", "笔录成为证据", LEAD, UNDECIDED),
    "evidence_added": Offer(f"{APL}第四十六条", "查证属实后可以作为认定事实的依据", (*LEAD, *OPEN), UNDECIDED),
    "correction_ordered": Offer(f"{APL}第二十八条第一款", "改正期限开始计算，期满复查", OPEN, DECIDED),
    "correction_rechecked": Offer(f"{APL}第二十八条第一款", "记明是否改正", ("correction_ordered",), ("correction_rechecked", *DECIDED)),
    "preservation_ordered": Offer(f"{APL}第五十六条", "七日内应当作出处理决定", OPEN, DECIDED),
    "preservation_disposed": Offer(f"{APL}第五十六条", "登记保存到此结束", ("preservation_ordered",), ("preservation_disposed",)),
    "measure_ordered": Offer(f"{ACL}第十八条", "查封扣押期限开始计算", OPEN, DECIDED),
    "measure_extended": Offer(f"{ACL}第二十五条", "查封扣押期限延长", ("measure_ordered",), ("measure_lifted", "measure_extended")),
    "measure_lifted": Offer(f"{ACL}第二十八条", "查封扣押到此结束", ("measure_ordered",), ("measure_lifted",)),
    "recusal_requested": Offer(f"{APL}第四十三条", "由负责人决定；决定之前不停止调查", OPEN, DECIDED),
    "recusal_decided": Offer(f"{APL}第四十三条", "准予的，该人员不再办理本案", ("recusal_requested",), ("recusal_decided",)),
    "investigation_closed": Offer(f"{APL}第五十七条第一款", "提出处理建议", OPEN, ("investigation_closed", *DECIDED)),
    "prior_notice_served": Offer(f"{APL}第四十四条", "陈述申辩期从告知起算", OPEN, ("prior_notice_served", *DECIDED), pressing=True),
    "statement_made": Offer(f"{APL}第四十五条第一款", "各点意见应当逐一复核", TOLD, DECIDED),
    "statement_waived": Offer(f"{APL}第四十五条第一款", "陈述申辩期不再等待", TOLD, ("statement_waived", "statement_made", *DECIDED)),
    "statement_reexamined": Offer(f"{APL}第四十五条第一款", "记明采纳与否", ("statement_made",), ("statement_reexamined", *DECIDED)),
    "hearing_requested": Offer(f"{APL}第六十三条", "应当组织听证", TOLD, ("hearing_requested", "hearing_waived", *DECIDED)),
    "hearing_waived": Offer(f"{APL}第六十三条", "不再等待听证申请期", TOLD, ("hearing_requested", "hearing_waived", *DECIDED)),
    "hearing_notified": Offer(f"{APL}第六十四条第二项", "七个工作日后举行听证", ("hearing_requested",), ("hearing_notified", *DECIDED)),
    "hearing_held": Offer(f"{APL}第六十四条", "听证笔录是决定的根据", ("hearing_notified",), ("hearing_held", *DECIDED), pressing=True),
    "legality_reviewed": Offer(f"{APL}第五十八条", "审核同意后才能作出目录内的决定", ("investigation_closed",), DECIDED),
    "deliberated": Offer(f"{APL}第五十七条第二款", "形成集体讨论意见", ("investigation_closed",), ("deliberated", *DECIDED)),
    "handling_extended": Offer(f"{APL}第六十条", "办案期限延长", OPEN, DECIDED),
    "time_excluded": Offer(f"{APL}第六十条", "该期间不计入办案期限", OPEN, DECIDED),
    "judicial_transfer_decided": Offer(f"{APL}第二十七条", "批准的，移送司法机关", OPEN, ("judicial_transfer_decided", *DECIDED)),
    "judicial_transfer_handed_over": Offer(f"{APL}第二十七条", "案件移送司法机关", ("judicial_transfer_decided",), ("judicial_transfer_handed_over",)),
    "judicial_transfer_returned": Offer(f"{APL}第二十七条", "继续按行政处罚程序办理", ("judicial_transfer_handed_over",), ("judicial_transfer_returned",)),
    "decision_made": Offer(f"{APL}第五十七条", "决定作出，送达期限开始计算", OPEN, DECIDED, pressing=True),
}  # fmt: skip

SUMMARY_OFFERS: dict[str, Offer] = {
    "scene_recorded": Offer(f"{APL}第五十二条第一款", "笔录成为证据", (), DECIDED),
    "evidence_added": Offer(f"{APL}第四十六条", "查证属实后可以作为认定事实的依据", (), DECIDED),
    "prior_notice_served": Offer(f"{APL}第四十四条", "当事人可以当场陈述申辩", (), ("prior_notice_served", *DECIDED), pressing=True),
    "correction_ordered": Offer(
        f"{APL}第二十八条第一款", "改正期限开始计算，期满复查", (), ("correction_ordered", *DECIDED)
    ),
    "statement_made": Offer(f"{APL}第四十五条第一款", "各点意见应当逐一复核", TOLD, DECIDED),
    "statement_waived": Offer(f"{APL}第四十五条第一款", "可以当场作出决定", TOLD, ("statement_waived", "statement_made", *DECIDED)),
    "statement_reexamined": Offer(f"{APL}第四十五条第一款", "记明采纳与否", ("statement_made",), ("statement_reexamined", *DECIDED)),
    "summary_decision_made": Offer(f"{APL}第五十一条、第五十二条", "当场决定，随后备案", (), DECIDED, pressing=True),
    "summary_decision_filed": Offer(f"{APL}第五十二条第三款", "备案期限到此停止", ("summary_decision_made",), ("summary_decision_filed",)),
}  # fmt: skip

AFTER_DECISION: dict[str, Offer] = {
    "instrument_served": Offer(f"{APL}第六十一条", "履行和救济期限从送达起算", ("investigation_closed", *DECIDED), FINISHED, pressing=True),
    "education_given": Offer(f"{APL}第三十三条第三款", "记明对当事人的教育", DECIDED, ("education_given", *FINISHED)),
    "publicity_posted": Offer(f"{APL}第四十八条", "决定信息向社会公开", DECIDED, ("publicity_posted",), pressing=True),
    "publicity_withdrawn": Offer(f"{APL}第四十八条", "撤回公开的信息", ("publicity_posted",), ("publicity_withdrawn",)),
    "fine_collected": Offer(f"{APL}第六十七条", "缴清后可以结案", DECIDED, FINISHED),
    "cash_handed_in": Offer(f"{APL}第七十一条", "当场收缴的罚款交至机关", ("fine_collected",), ("cash_handed_in", *FINISHED)),
    "cash_banked": Offer(f"{APL}第七十一条", "罚款缴付指定的银行", ("cash_handed_in",), ("cash_banked", *FINISHED)),
    "deferral_approved": Offer(f"{APL}第六十六条第二款", "缴款期限改变", DECIDED, FINISHED),
    "additional_fine_charged": Offer(f"{APL}第七十二条", "加处罚款计入应缴数额", DECIDED, FINISHED),
    "demand_served": Offer(f"{ACL}第五十四条", "催告满十日可以申请强制执行", DECIDED, ("demand_served", *FINISHED)),
    "court_execution_requested": Offer(f"{ACL}第五十三条", "由人民法院强制执行", ("demand_served",), ("court_execution_requested", *FINISHED), pressing=True),
    "compulsion_executed": Offer(f"{ACL}第四十四条", "强制执行完毕", ("demand_served",), FINISHED),
    "reconsideration_filed": Offer("行政复议法第四十八条", "答复期限开始计算", DECIDED, ("reconsideration_filed",)),
    "reconsideration_answered": Offer("行政复议法第四十八条", "答复期限到此停止", ("reconsideration_filed",), ("reconsideration_answered", "reconsideration_decided")),
    "reconsideration_decided": Offer("行政复议法", "记明复议结果", ("reconsideration_filed",), ("reconsideration_decided",)),
    "litigation_filed": Offer("行政诉讼法第六十七条", "答辩期限开始计算", DECIDED, ("litigation_filed",)),
    "litigation_answered": Offer("行政诉讼法第六十七条", "答辩期限到此停止", ("litigation_filed",), ("litigation_answered", "litigation_decided")),
    "litigation_decided": Offer("行政诉讼法", "记明裁判结果", ("litigation_filed",), ("litigation_decided",)),
    "decision_changed": Offer(f"{APL}第四十八条第二款", "三日内撤回公开的决定信息", DECIDED, ("decision_changed",)),
    "recording_linked": Offer(f"{APL}第四十七条", "音像记录归入该环节", ("scene_recorded", "interview_recorded", "evidence_added", *TOLD, "instrument_served")),
    "case_closed": Offer(f"{APL}第四十七条", "办案到此结束，随后归档", (*DECIDED, "judicial_transfer_handed_over", "case_reopened"), ENDED, pressing=True),
    "case_archived": Offer(f"{APL}第四十七条", "案卷归档，此后只能记录救济、公示和恢复办理", ("case_closed",), ("case_archived", "case_reopened")),
    "case_reopened": Offer(f"{APL}第七十五条", "恢复办理", ENDED, ("case_reopened",)),
}  # fmt: skip

OFFERS: dict[str, dict[str, Offer]] = {
    "ordinary": {**ORDINARY_OFFERS, **AFTER_DECISION},
    "summary": {**SUMMARY_OFFERS, **AFTER_DECISION},
}
"""By procedure, in the usual order of a case."""

UNBLOCKED_BY: dict[str, tuple[str, ...]] = {
    "R-APL-54-1": ("opening_approved",),
    "R-APL-27-1": (
        "judicial_transfer_decided",
        "judicial_transfer_handed_over",
        "judicial_transfer_returned",
    ),
    "R-APL-28-1": ("correction_ordered",),
    "R-APL-33-3": ("education_given",),
    "R-APL-40-1": ("evidence_added",),
    "R-APL-43-1": ("recusal_decided",),
    "R-APL-45-1": ("statement_reexamined",),
    "R-APL-57-2": ("deliberated",),
    "R-APL-58-1": ("legality_reviewed",),
    "R-APL-58-2": ("legality_reviewed",),
    "R-APL-62-1": ("prior_notice_served", "statement_waived", "hearing_waived"),
    "R-APL-64-1": ("hearing_notified", "hearing_held"),
    "R-APL-64-2": ("hearing_notified",),
    "R-ACL-54-1": ("demand_served",),
    "R-APL-48-1": ("publicity_posted",),
    "REV-01": ("legality_reviewed",),
    "REC-01": ("recording_linked",),
}
"""The acts that lift a block, in the order they are done: the first not done yet is the one to do now."""

STOPS: dict[str, tuple[str, ...]] = {
    "R-APL-54-2": ("opening_approved", "opening_declined"),
    "R-APL-56-1": ("preservation_disposed",),
    "R-ACL-25-1": ("measure_lifted", "measure_extended"),
    "R-ACL-28-1": ("measure_lifted",),
    "R-APL-60-1": ("decision_made",),
    "R-APL-61-1": ("instrument_served",),
    "R-APL-52-2": ("summary_decision_filed",),
    "R-APL-71-1": ("cash_handed_in", "cash_banked"),
    "R-APL-48-2": ("publicity_withdrawn",),
    "R-ARL-48-1": ("reconsideration_answered",),
    "R-ALL-67-1": ("litigation_answered",),
    "R-TR-05-1": ("judicial_transfer_decided",),
    "PUB-01": ("publicity_posted",),
}
"""Which acts stop a clock: the nearest clock's act is offered first."""
