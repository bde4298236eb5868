"""Every closed list of values a record may use, exactly as printed in docs/spec/record.md. Labels: glossary.toml."""

from __future__ import annotations


def _values(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENUMS: dict[str, tuple[str, ...]] = {
    "procedure": _values("ordinary summary"),
    "party_kind": _values("citizen sole_trader legal_person organization"),
    "capacity": _values("full none partial"),
    "role": _values("handler head reviewer committee presiding counsel auxiliary"),
    "harm": _values("none slight serious"),
    "circumstance": _values(
        "harm_reduced coerced_or_induced confessed_unknown meritorious no_fault other_by_law"
    ),
    "penalty_kind": _values(
        "warning circulated_criticism fine confiscation_of_gains confiscation_of_property permit_suspension"
        " grade_reduction permit_revocation operation_restriction operation_halt closing_down"
        " practice_restriction"
    ),
    "tier": _values("minor ordinary serious grave"),
    "source": _values("patrol complaint transfer inspection monitoring order"),
    "signed": _values("yes refused_noted no"),
    "evidence_kind": _values(
        "documentary physical audio_visual electronic_data witness_testimony party_statement expert_opinion"
        " scene_transcript"
    ),
    "preservation_outcome": _values("returned seized sent_for_appraisal confiscated transferred"),
    "measure": _values("sealing_up seizure"),
    "measure_outcome": _values("returned confiscated destroyed auctioned transferred"),
    "notice_content": _values("content facts reasons basis rights"),
    "mode": _values("direct left_in_place electronic entrusted postal transmitted public_notice"),
    "reexamination_result": _values("adopted rejected"),
    "attendance": _values("attended absent left"),
    "opinion": _values("agree supplement correct_procedure modify refuse transfer"),
    "vote": _values("for against abstain"),
    "exclusion_reason": _values("hearing announcement appraisal testing other_organ judicial_transfer"),
    "outcome": _values("penalty no_penalty not_established transfer"),
    "leniency": _values("none lighter mitigated"),
    "decision_content": _values("party facts basis performance remedies organ_and_date payee"),
    "remedy_text": _values("standard reconsideration_first"),
    "announcement_proof": _values("newspaper notice_board web"),
    "collector": _values("bank electronic officers"),
    "ground": _values("small_amount hard_to_execute remote"),
    "compulsion_action": _values("demolition substitute_performance other"),
    "remedy_procedure": _values("ordinary summary"),
    "dispute_result": _values(
        "upheld rejected changed revoked unlawful void ordered_to_act withdrawn terminated"
    ),
    "channel": _values("portal supervision_platform credit_platform"),
    "decision_change": _values("changed revoked unlawful void"),
    "close_reason": _values("performed court_accepted terminated no_penalty transferred withdrawn"),
    "instrument": _values(
        "clue_register case_filing_approval no_filing_approval summary_decision summary_filing onsite_record"
        " site_sketch questioning_record inquiry_notice evidence_preservation preservation_list"
        " preservation_handling sampling_notice appraisal_entrust appraisal_result_notice edata_note"
        " identity_confirm service_address_confirm correction_order correction_recheck recusal_decision"
        " investigation_report prior_notice hearing_right_notice defence_record defence_review"
        " hearing_notice hearing_announcement hearing_record hearing_report legal_review_opinion"
        " deliberation_record decision_approval penalty_decision no_penalty_decision education_record"
        " service_receipt left_service_note announcement_service seizure_approval seizure_decision"
        " seizure_list seizure_record seizure_extend seizure_release deferral demand_notice"
        " enforcement_decision substitute_record court_application demolition_notice goods_handling"
        " case_transfer_letter crime_transfer case_closing case_withdrawal period_extension"
        " file_cover_index_note inspection_set assist_letter"
    ),
}
