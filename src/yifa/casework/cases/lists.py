"""The list of cases (案件), also by what was done in a period: `?act=deliberated&act_from=…&act_to=…`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from yifa.casework.cases.models import Act, Case, CaseFinding, Procedure
from yifa.casework.cases.queries import within_reach
from yifa.fieldwork.campaigns.queries import campaign_names
from yifa.law.labels import labels
from yifa.law.packs import pack
from yifa.ledger.clock import today
from yifa.listing.columns import Column, yuan
from yifa.listing.errors import BadFilter, Problem
from yifa.listing.filters import Choice, Condition, Days, Exact, Given, Input, span_words, within
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register
from yifa.listing.search.filter import Fragment
from yifa.registry.organs.models import Organ
from yifa.registry.organs.queries import organ_with
from yifa.registry.people.queries import names_of

PROCEDURES = dict(Procedure.choices)
STAGES = dict(labels("stage"))
ACTS = dict(labels("event_kind"))


@dataclass(frozen=True)
class ActFilter(Days):
    """Cases with an act of one kind (环节), in a period where days are given."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *super().names)

    def read(self, given: Given, organ: str) -> Condition | None:
        kind = "".join(given.get(self.name, ())[:1])
        problems = []
        try:
            start, end = Days(self.name, self.title).span(given)
        except BadFilter as error:
            problems += error.problems
        if kind and kind not in ACTS:
            problems.append(
                Problem(self.name, gettext("没有“%(kind)s”这个环节。请从列表中选择") % {"kind": kind[:40]})
            )
        if problems:
            raise BadFilter(*problems)
        if not kind:
            if start or end:
                raise BadFilter(Problem(self.name, "给了环节的日期，还要选择是哪个环节"))
            return None
        acts = Act.objects.filter(within("at", start, end, moments=True), organ_id=organ, kind=kind)
        words = ACTS[kind] + (f" {span_words(start, end)}" if start or end else "")
        return Condition(
            self,
            words,
            lambda rows: rows.filter(no__in=acts.values("case_id")),
            keys=lambda: acts.order_by().values("case_id").distinct(),
            few=lambda rows: rows.filter(Exists(acts.filter(case_id=OuterRef("no")))),
        )

    def inputs(self, given: Given, organ: str) -> list[Input]:
        value = "".join(given.get(self.name, ())[:1])
        kind = Input(self.name, self.title, "select", value, [("", "全部"), *ACTS.items()])
        return [kind, *Days(self.name, self.title).inputs(given, organ)]


@dataclass(frozen=True)
class RuleFilter(Exact):
    """Cases with a finding of one rule."""

    def read(self, given: Given, organ: str) -> Condition | None:
        asked = super().read(given, organ)
        if asked is None:
            return None
        found = CaseFinding.objects.filter(organ_id=organ, rule=asked.words)
        return Condition(self, asked.words, lambda rows: rows.filter(no__in=found.values("case_id")))


def matter_names(organ: str) -> Mapping[str, str]:
    """Code -> name of the matters in the packs of the organ."""
    try:
        return names_in(organ_with(organ).territory)
    except Organ.DoesNotExist:
        return {}


@lru_cache(maxsize=16)
def names_in(territory: str) -> Mapping[str, str]:
    return {code: matter.name for code, matter in pack(territory).matters.items()}


def due_within(key: str) -> Q:
    """Cases whose nearest deadline has passed, or comes within so many days from today on."""
    if key == "overdue":
        return Q(due_on__lt=today())
    return Q(due_on__range=(today(), today() + timedelta(days=int(key))))


def base(organ: str) -> QuerySet:
    return Case.objects.filter(organ_id=organ)


def fine(fen: int) -> str:
    """The fine decided; nothing where there is none."""
    return yuan(fen) if fen else ""


CASES = register(
    ListPage(
        slug="cases",
        title="案件",
        base=base,
        narrow=within_reach,
        filters=(
            Fragment("number", "案号", fields=("number",)),
            Fragment("party", "当事人", fields=("name",)),
            Choice("stage", "状态", STAGES),
            Choice("procedure", "程序", PROCEDURES),
            Choice(
                "open",
                "在办",
                {"yes": "是", "no": "否"},
                condition=lambda key: Q(closed_on__isnull=key == "yes"),
            ),
            Days("opened", "立案", source="opened_on"),
            Days("decided", "决定", source="decided_on"),
            Days("closed", "结案", source="closed_on"),
            Days("due", "期限", source="due_on"),
            Choice(
                "due_in",
                "剩余",
                {"overdue": "超期", "3": "3 天以内", "10": "10 天以内"},
                condition=due_within,
            ),
            Choice("campaign", "专项行动", campaign_names),
            Choice("matter", "事项", matter_names),
            Exact("town", "镇街"),
            ActFilter("act", "环节"),
            RuleFilter("rule", "问题（规则）"),
        ),
        front=("number", "party", "stage"),
        grains=(
            Grain(
                title="按案",
                unit="件",
                columns=(
                    Column(
                        "no", "编号", sort=("year", "serial"), link=lambda row: f"/desk/cases/{row['no']}/"
                    ),
                    Column("number", "案号"),
                    Column("party_name", "当事人"),
                    Column("matter", "事项", lookup="matters"),
                    Column("procedure", "程序", words=PROCEDURES),
                    Column("stage", "状态", words=STAGES),
                    Column("due_on", "期限"),
                    Column("opened_on", "立案"),
                    Column("closed_on", "结案"),
                    Column("fine_fen", "罚款(元)", number=True, show=fine),
                    Column("handlers", "承办", lookup="people", packed=True),
                ),
                record_key=lambda row: f"case:{row['number']}",
                key_fields=("number",),
                order=("-year", "-serial"),
            ),
        ),
        lookup=lambda organ: {"people": names_of(organ), "matters": matter_names(organ)},
    )
)
