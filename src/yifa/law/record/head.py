"""The keys of a record's head as tables, in the manner of law/events.py."""

from __future__ import annotations

from yifa.law.events import Key, dagger, may, need

FORMAT = "yifa-record/1"

TOP = ("format", "agency", "number", "matter", "procedure", "campaign", "party", "violation",
       "other_proceedings", "people", "events")  # fmt: skip
TOP_REQUIRED = ("format", "agency", "matter", "procedure", "party", "violation", "people", "events")

SCALARS: dict[str, Key] = {
    "number": may("text"),
    "matter": need("id"),
    "procedure": need("enum", "procedure"),
    "campaign": may("text"),
}
AGENCY: dict[str, Key] = {
    "id": need("id"),
    "name": need("text"),
    "territory": need("territory"),
    "entrustment": may("entrustment"),
}
ENTRUSTMENT: dict[str, Key] = {
    "organ": need("text"),
    "published_on": may("date"),
    "valid_from": may("date"),
    "valid_to": may("date"),
    "re_entrusted": may("bool", False),
}
PARTY: dict[str, Key] = {
    "kind": need("enum", "party_kind"),
    "name": need("text"),
    "identifier": may("text"),
    "birth_on": may("date"),
    "capacity": may("enum", "full", "capacity"),
}
_OFF = may("bool", False)
VIOLATION: dict[str, Key] = {
    "place": need("text"),
    "territory": need("territory"),
    "began_on": need("date"),
    "ended_on": may("date"),
    "discovered_on": need("date"),
    "harm": need("enum", "harm"),
    "safety_related": _OFF,
    "corrected_on": may("date"),
    "first_offence": _OFF,
    "complex": _OFF,
    "major_public_interest": _OFF,
    "crime_suspected": _OFF,
    "business": _OFF,
    "gains_fen": may("int", 0),
    "facts": may("texts", ()),
    "circumstances": may("enums", (), "circumstance"),
    "alternative_matters": may("ids", ()),
    "fine_base_fen": dagger("int"),
    "fine_units": dagger("int"),
}
OTHER_PROCEEDING: dict[str, Key] = {
    "organ": need("text"),
    "opened_on": may("date"),
    "decided_on": may("date"),
    "number": may("text"),
    "fine_fen": may("int", 0),
}
PERSON: dict[str, Key] = {
    "id": need("id"),
    "name": need("text"),
    "roles": need("enums", "role"),
    "certificate": may("certificate"),
    "legal_profession_qualified": _OFF,
    "reviewer_since": may("date"),
}
CERTIFICATE: dict[str, Key] = {
    "number": need("text"),
    "valid_from": need("date"),
    "valid_to": need("date"),
    "revoked_on": may("date"),
    "territory": may("territory"),
}
PENALTY: dict[str, Key] = {
    "kinds": need("enums", "penalty_kind"),
    "fine_fen": may("int", 0),
    "confiscation_fen": may("int", 0),
}
MONITOR: dict[str, Key] = dict.fromkeys(
    ("legal_review", "technical_review", "marked", "location_published", "record_reviewed"), _OFF
)
