"""Every address x every role, generated from the URL configuration and the signed-off table (P11, P18)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import officer
from tests.url_table import TABLE, Row
from tests.web import signed_in
from timpora.kernel.access.permissions import NEEDS_PURPOSE
from timpora.kernel.access.roles import HUMAN_ROLES, ROLES

ROLE_NAMES = [role.slug for role in HUMAN_ROLES]


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def expected(row: Row, role: str) -> int:
    if row.is_public or any(p in ROLES[role].permissions for p in row.opens_for):
        return row.code
    # A method that does not fit is told to everybody before any door is asked.
    return 405 if row.code == 405 else 404


def test_every_address_is_in_the_table_and_none_too_many():
    assert sorted(set(names(get_resolver()))) == sorted(TABLE)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_role_gets_exactly_what_the_table_says(role):
    client = signed_in(Client(raise_request_exception=True), officer(role, role, "KANIM-BATULICIN", "63.10"))
    found = {name: client.get(reverse(name, kwargs=row.kwargs)).status_code for name, row in TABLE.items()}
    assert found == {name: expected(row, role) for name, row in TABLE.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLE_NAMES)
def test_without_a_purpose_no_page_of_persons_opens(role):
    nobody = replace(officer(role, role, "KANIM-BATULICIN", "63.10"), purpose=None)
    client = signed_in(Client(), nobody)
    rows = {n: r for n, r in TABLE.items() if r.opens_for and set(r.opens_for) <= NEEDS_PURPOSE}
    found = {name: client.get(reverse(name, kwargs=row.kwargs)).status_code for name, row in rows.items()}
    held = {n: any(p in ROLES[role].permissions for p in r.opens_for) for n, r in rows.items()}
    assert found == {
        n: (r.without_purpose or 403) if held[n] else (405 if r.code == 405 else 404) for n, r in rows.items()
    }


@pytest.mark.django_db
def test_whoever_has_not_signed_in_is_led_to_the_door():
    found = {n: Client().get(reverse(n, kwargs=r.kwargs)).status_code for n, r in TABLE.items()}
    wanted = {n: r.code if r.is_public else (302 if r.code != 405 else 405) for n, r in TABLE.items()}
    assert {n: c for n, c in found.items() if c != wanted[n] and c != 302} == {}
