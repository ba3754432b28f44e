"""Issued letters: numbered without a gap, kept unchanged, read by right, verified by anyone."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests import letters_cast as letters
from tests.cast import citra, hasan, wulan
from timpora.kernel.access import AccessDenied, P, PurposeMissing
from timpora.kernel.act import Act, deed
from timpora.kernel.audit.entry import Subject
from timpora.kernel.audit.models import Entry
from timpora.kernel.audit.tags import Tag
from timpora.kernel.database.session import acting_as, assume
from timpora.kernel.documents.actions import ordinal_take, store, verify_address
from timpora.kernel.documents.errors import LetterIncomplete, LetterReplaced, LetterUnknown
from timpora.kernel.documents.models import Proof, Series, StoredLetter
from timpora.kernel.documents.queries import letter_get, letter_list, verify
from timpora.kernel.documents.types import Issue

pytestmark = pytest.mark.django_db
PERSON = uuid4()
ISSUE = Issue(
    about=Subject(kind="case", id="c1", places=("63.10",), person=PERSON, unit="KANIM-BATULICIN"),
    unit="KANIM-BATULICIN",
    office_code="W.19.IMI.IMI.2",
    wilayah="63.10",
    law_digest="a" * 64,
    cites=("uu-6-2011/ps75/a2",),
)


@deed(P.OPERATIONS_ORDER_ISSUE, tag=Tag.OPERATIONS_ORDER_ISSUED)
def issue(act: Act, letter=letters.ORDER, order=ISSUE):
    act.upon(Subject(kind="order", id="o1", places=(order.wilayah,), unit=order.unit))
    return store(act, letter, order)


def test_a_letter_is_numbered_kept_logged_and_verifiable():
    with acting_as(hasan):
        first = issue(hasan)
        second = issue(hasan)
        assert first.number == "W.19.IMI.IMI.2-GR.03.06-1/2024"
        assert second.number == "W.19.IMI.IMI.2-GR.03.06-2/2024"
        assert first.issued_by == "Hasan"
        note = Entry.objects.get(tag=Tag.DOCUMENTS_LETTER_STORED, subject_id=str(first.id))
        assert first.sha256 in note.body
        assert "uu-6-2011/ps75/a2" in note.body
        assert "Ratna" not in note.body
        file = letter_get(hasan, first.id)
        assert file.pdf.startswith(b"%PDF")
        assert verify(first.token).sha256 == file.letter.sha256


def test_each_register_year_and_unit_has_its_own_book():
    with acting_as(hasan):
        issue(hasan)
        assert issue(hasan, letters.RECEIPT).number == "STT-00001/W.19.IMI.IMI.2/08-2024"
        assert issue(hasan, replace(letters.ORDER, dated=date(2025, 1, 2))).number.endswith("-1/2025")
        assert issue(hasan).number.endswith("-2/2024")
        assert issue(hasan, order=replace(ISSUE, pattern="X-{urut}/{tahun}")).number == "X-3/2024"


def test_a_refused_letter_uses_up_no_number():
    with acting_as(hasan):
        with pytest.raises(LetterIncomplete):
            issue(hasan, replace(letters.ORDER, tasks=()))
        assert not Series.objects.filter(unit=ISSUE.unit).exists()
        assert issue(hasan).number.endswith("-1/2024")


def test_a_letter_for_a_foreign_territory_is_refused():
    with acting_as(hasan):
        with pytest.raises(AccessDenied):
            issue(hasan, order=replace(ISSUE, wilayah="16.71"))
        assert not Proof.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_letter SET number = 'x'",
        "DELETE FROM documents_letter",
        "TRUNCATE documents_letter",
        "UPDATE documents_proof SET sha256 = 'x'",
        "DELETE FROM documents_proof",
        "UPDATE documents_series SET last = last + 2",
        "UPDATE documents_series SET last = last - 1",
        "UPDATE documents_series SET unit = 'x', last = last + 1",
        "DELETE FROM documents_series",
        "INSERT INTO documents_series (unit, register, year, last) VALUES ('x', 'x', 2024, 7)",
    ],
)
def test_what_left_the_house_is_never_changed(statement):
    with acting_as(hasan):
        stored = issue(hasan)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE documents_series SET last = last + 1")
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)
        assert StoredLetter.objects.get().number == stored.number


def test_a_correction_is_a_new_letter_that_names_the_old():
    with acting_as(hasan):
        old = issue(hasan)
        new = issue(hasan, order=replace(ISSUE, replaces=old.id))
        assert verify(old.token).replaced_by == new.number
        assert verify(new.token).replaces == old.number
        assert verify(new.token).replaced_by is None
        assert letter_get(hasan, old.id).letter.replaced_by == new.number
        with pytest.raises(LetterReplaced):
            issue(hasan, order=replace(ISSUE, replaces=old.id))
        for wrong in (uuid4(), issue(hasan, letters.RECEIPT).id):
            with pytest.raises(LetterUnknown):
                issue(hasan, order=replace(ISSUE, replaces=wrong))


def test_reading_needs_right_territory_and_purpose_and_is_logged():
    with acting_as(hasan):
        stored = issue(hasan)
        letter_get(hasan, stored.id)
        assert Entry.objects.filter(person_id=PERSON, tag=Tag.REGISTRY_PERSON_READ).count() == 1
        assert [row.number for row in letter_list(hasan, kind="case", identifier="c1")] == [stored.number]
        assert letter_list(hasan, kind="case", identifier="c2") == []
        for stranger in (citra, wulan):
            assume(stranger)
            with pytest.raises(AccessDenied):
                letter_get(stranger, stored.id)
            assert letter_list(stranger, kind="case", identifier="c1") == []
            assume(hasan)
            # The first wall holds also where the second is open.
            with pytest.raises(AccessDenied):
                letter_get(stranger, stored.id)


@pytest.mark.parametrize("person", [PERSON, None], ids=["known", "unknown"])
def test_every_letter_needs_a_purpose_and_leaves_a_line(person):
    """Whom no record of ours knows may still be named on the paper (P18)."""
    with acting_as(hasan):
        stored = issue(hasan, order=replace(ISSUE, about=replace(ISSUE.about, person=person)))
        read = Entry.objects.filter(tag=Tag.DOCUMENTS_LETTER_READ, subject_id=str(stored.id))
        with pytest.raises(PurposeMissing):
            letter_get(hasan.for_purpose(None), stored.id)
        assert not read.exists()
        assert letter_get(hasan, stored.id).letter.number == stored.number
        assert [entry.purpose for entry in read] == ["operasi: Jagratara II"]


def test_the_second_wall_hides_letters_and_keeps_proofs_public():
    with acting_as(hasan):
        stored = issue(hasan)
        assume(citra)
        assert not StoredLetter.objects.exists()
        assume(None)
        assert not StoredLetter.objects.exists()
        found = verify(stored.token)
    assert (found.number, found.office, found.dated) == (stored.number, stored.office, letters.ORDER.dated)


@pytest.mark.parametrize("change", [str.lower, lambda t: t.replace("-", ""), lambda t: f" {t} "])
def test_a_code_is_read_as_people_type_it(change):
    with acting_as(hasan):
        stored = issue(hasan)
    assert verify(change(stored.token)).number == stored.number


@pytest.mark.parametrize("typed", ["", "x", "0000-0000-0000-0000", "U" * 16, "' OR 1=1 --", "9" * 5000])
def test_an_unknown_code_proves_nothing(typed):
    with acting_as(hasan):
        issue(hasan)
    assert verify(typed) is None


def test_the_register_holds_no_name_of_a_person():
    with acting_as(hasan):
        # A decision on a measure needs a case (tests/db/cases); the receipt of an objection names him too.
        issue(hasan, letters.OBJECTION)
        row = " ".join(str(value) for value in Proof.objects.values().get().values())
    assert "ALI" not in row.upper()
    assert str(PERSON) not in row


def test_the_address_is_the_public_one(settings):
    settings.PUBLIC_URL = "https://timpora.example.go.id/"
    assert verify_address("AAAA") == "https://timpora.example.go.id/v/AAAA"


def test_numbers_have_no_gap_when_many_issue_at_once_and_some_fail(django_db_setup, django_db_blocker):
    # Real connections that commit; the book stays behind in the throw-away database.
    unit, workers, rounds = f"KANIM-{uuid4()}", 6, 12
    taken: list[int] = []
    together = Barrier(workers)

    def take(worker: int) -> None:
        together.wait()
        try:
            for turn in range(rounds):
                with suppress(ZeroDivisionError), transaction.atomic():
                    ordinal = ordinal_take(unit=unit, register="GR.03.06", year=2024)
                    if (turn + worker) % 3 == 0:
                        raise ZeroDivisionError
                    transaction.on_commit(lambda kept=ordinal: taken.append(kept))
        finally:
            connection.close()

    threads = [Thread(target=take, args=(worker,)) for worker in range(workers)]
    with django_db_blocker.unblock():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(taken) == workers * rounds * 2 // 3
    assert sorted(taken) == list(range(1, len(taken) + 1))
