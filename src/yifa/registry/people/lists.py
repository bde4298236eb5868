"""The list of people (人员)."""

from datetime import date

from django.db.models import Q, QuerySet

from yifa.listing.columns import Column
from yifa.listing.filters import Choice, Day, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register
from yifa.registry.people.models import Person, Role

YES_NO = {"yes": "是", "no": "否"}


def in_term(rows: QuerySet, day: date) -> QuerySet:
    """People whose term covers the day; an open end is open."""
    return rows.filter(Q(term_from=None) | Q(term_from__lte=day), Q(term_to=None) | Q(term_to__gte=day))


PEOPLE = register(
    ListPage(
        slug="people",
        title="人员",
        base=lambda organ: Person.objects.filter(organ_id=organ),
        filters=(
            Text("name", "姓名或工号", ("name", "staff_no")),
            Choice("role", "角色", dict(Role.choices), condition=lambda key: Q(roles__contains=f"|{key}|")),
            Text("unit", "部门"),
            Day("in_term", "聘期覆盖", condition=in_term),
            Choice(
                "qualified",
                "法律职业资格",
                YES_NO,
                condition=lambda key: Q(legal_profession_qualified=key == "yes"),
            ),
        ),
        front=("name", "role", "unit"),
        grains=(
            Grain(
                title="按人",
                unit="人",
                columns=(
                    Column("staff_no", "工号"),
                    Column("name", "姓名"),
                    Column("unit", "部门"),
                    Column("post", "职务"),
                    Column("roles", "角色", words=dict(Role.choices), packed=True),
                    Column("certificate_no", "执法证号"),
                    Column("certificate_to", "证件有效期止"),
                    Column("legal_profession_qualified", "法律职业资格"),
                    Column("term_from", "聘期起"),
                    Column("term_to", "聘期止"),
                ),
                record_key=lambda row: f"person:{row['staff_no']}",
                key_fields=("staff_no",),
                order=("staff_no",),
            ),
        ),
    )
)
