"""What closes with a case: its letters, in every list and to every statement; paper stays verifiable."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import lestari, surya
from tests.db.cases import folder
from tests.db.cases.folder import CLEAR, SIGNS, bayu, hasan, intan
from timpora.apps.cases import actions
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents import queries as documents
from timpora.kernel.documents.models import StoredLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters():
    """Return the letters of two decided cases: the first is screened again, the second is left alone."""
    folder.office()
    found = []
    for name in ("LI WEI", "ORANG LAIN"):
        case = folder.decided(row=folder.overstayer(name=name))
        with acting_as(hasan):
            found.append((case, *documents.letter_list(hasan, kind="case", identifier=str(case))))
    return found


def screen(case, screening):
    with acting_as(intan):
        actions.screening_record(intan, case_id=case, screening=screening)


@pytest.mark.parametrize(("screening", "is_open"), [(CLEAR, True), (SIGNS, False)])
def test_letters_close_with_the_case_for_lists_and_statements(letters, screening, is_open):
    (case, letter), (_other, kept) = letters
    screen(case, screening)
    seen = {kept.id, letter.id} if is_open else {kept.id}
    for reader in (hasan, bayu, intan, surya):
        with acting_as(reader):
            assert set(StoredLetter.objects.values_list("id", flat=True)) == seen
            listed = documents.letter_list(reader, kind="case", identifier=str(case))
            assert bool(listed) is is_open
            if is_open:
                assert documents.letter_get(reader, letter.id).letter.id == letter.id
            else:
                with pytest.raises(AccessDenied):
                    documents.letter_get(reader, letter.id)
    with acting_as(lestari):
        assert set(StoredLetter.objects.values_list("id", flat=True)) == {kept.id, letter.id}


def test_whoever_holds_the_paper_learns_the_same_before_and_after(letters):
    (case, letter), _kept = letters
    address = reverse("verify:letter", args=[letter.token])

    def shown():
        page = Client().get(address).content.decode()
        return re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])

    before = shown()
    screen(case, SIGNS)
    assert shown() == before
    assert letter.number in before
    for word in ("LI WEI", "E1234567", "dirujuk", str(case)):
        assert word not in before
