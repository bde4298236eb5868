"""What `yifa demo` prints of a log-in says every role it has, not only the one in its name."""

from __future__ import annotations

import pytest

from yifa.casework.cases.tests import factories as make
from yifa.registry.people.models import Person
from yifa.site.accounts.demo import further_roles

pytestmark = pytest.mark.django_db


def test_a_role_of_the_register_beside_the_one_in_the_name_is_told():
    organ = make.organ()
    for staff_no, roles in (("0102", "|reviewer|"), ("0201", "|handler|"), ("0001", "|head|committee|")):
        Person.objects.create(organ=organ, staff_no=staff_no, name="某某", roles=roles)
    told = further_roles(organ)
    assert (told["archivist"], told["handler"], told["head"]) == ("法制审核", "", "案审委员")
