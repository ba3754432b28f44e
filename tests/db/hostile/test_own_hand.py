"""Nobody gives himself a power, and nobody moves what lies elsewhere (P9, P23)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import hasan, officer
from tests.db.operations import world
from tests.web import enrolled, signed_in
from timpora.apps.identity.models import Assignment
from timpora.apps.operations.models import Operation

pytestmark = pytest.mark.django_db
tono = officer("Tono", "system_admin", "DITJEN", "ID", purpose=None)
SAID = {
    "acting": "Plh.",
    "role": "kanim_head",
    "unit": "KANIM-BATULICIN",
    "starts": "2024-08-22",
    "last_day": "2024-08-24",
    "decree": "SPRIN-1",
}


@pytest.mark.parametrize(("is_own", "status"), [(True, 422), (False, 302)])
def test_the_keeper_of_accounts_does_not_appoint_himself(is_own, status):
    enrolled(hasan)
    other = officer("Rini", "field_officer", "KANIM-BATULICIN", "63.10")
    enrolled(other)
    client = signed_in(Client(), tono)
    someone = tono if is_own else other
    answer = client.post(reverse("accounts:acting"), SAID | {"user_id": str(someone.id)})
    assert answer.status_code == status
    assert Assignment.objects.filter(user_id=someone.id, role="kanim_head").exists() is not is_own


def test_an_office_that_closes_the_operation_of_another_finds_nothing():
    world.people()
    operation = world.opened()
    head = officer("Kepala Palembang", "kanim_head", "KANIM-PALEMBANG", "16.71")
    answer = signed_in(Client(), head).post(reverse("operations:close", args=[operation]), {"because": "x"})
    assert answer.status_code == 404
    assert Operation.objects.get(pk=operation).state == "disetujui"
