"""The person page says what the facts and the law say, with its doubts, and invents nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from timpora.apps.registry.types import (
    CrossingFact,
    PermitFact,
    PersonPage,
    PersonRow,
    RecordView,
    StayFact,
    WorkFact,
)
from timpora.domain.law.shipped import lawbook_shipped
from timpora.interface.web.person_facts import Lane, conflicts_of, moments_of, spellings_of
from timpora.interface.web.person_page import Around, person_screen, status_of

ON = date(2024, 8, 22)
NAMES = {"63.10": "Kab. Tanah Bumbu", "63.02": "Kab. Kotabaru"}
WHO = UUID(int=7)


def record(source="Daftar izin tinggal", **fields):
    base = {
        "id": uuid4(),
        "name": "MUHAMMAD ALI",
        "birth": "1985-03-12",
        "birth_place": "",
        "sex": "L",
        "nationality": "PAK",
        "document_kind": "paspor",
        "document_number": "A1234567",
        "document_state": "PAK",
        "document_ends": None,
        "agency": "X",
        "source": source,
        "reported_on": date(2024, 8, 1),
        "recorded_at": datetime(2024, 8, 2, tzinfo=UTC),
        "submission_id": None,
        "row": None,
    }
    return RecordView(**(base | fields))


OWN = record()
HOTEL = record("Laporan Hotel Ebony", row=3, reported_on=date(2024, 8, 19))


def permit(starts=date(2023, 8, 11), ends=date(2024, 8, 11), **fields):
    base = {"kind": "ITAS", "visa_index": "", "number": "", "guarantor": "PT Contoh", "guarantor_ends": None}
    place = {"address": "", "wilayah": "", "is_extension_pending": False, "record": OWN}
    return PermitFact(id=uuid4(), starts=starts, ends=ends, **(base | place | fields))


def stay(starts=date(2024, 8, 18), ends=None, wilayah="63.10", **fields):
    base = {"lodging": "Hotel Ebony", "address": "", "reported_on": None, "record": HOTEL}
    return StayFact(id=uuid4(), starts=starts, ends=ends, wilayah=wilayah, **(base | fields))


def crossing(direction, at):
    return CrossingFact(
        uuid4(), direction, "Syamsudin Noor", "63.72", at, has_time=True, carrier="", record=OWN
    )


def page(*, permits=(), crossings=(), stays=(), works=(), records=(OWN,)):
    row = PersonRow(WHO, "MUHAMMAD ALI", "1985-03-12", "L", "PAK", "A1234567", ("63.10",), 1, OWN.recorded_at)
    return PersonPage(row, tuple(records), tuple(permits), tuple(crossings), tuple(stays), tuple(works), ())


def status(found, on=ON):
    return status_of(found, on=on, book=lawbook_shipped(), names=NAMES)


def test_a_permit_in_force_is_said_with_its_last_day_guarantor_article_and_source():
    found = status(page(permits=[permit(ends=date(2025, 2, 15))]))
    assert found.tone == "good"
    assert "(ITAS) berlaku s.d. 14-02-2025, penjamin PT Contoh." in found.sentence
    assert [a.id for a in found.cites] == ["uu-6-2011/ps48"]
    assert found.sources == ("X / Daftar izin tinggal, 01-08-2024",)


def test_overstay_counts_from_the_day_after_the_last_day_and_stays_conditional():
    found = status(page(permits=[permit()], stays=[stay()]))
    assert found.tone == "stop"
    assert "berakhir 10-08-2024; masih dilaporkan berada di Hotel Ebony, Kab. Tanah Bumbu" in found.sentence
    assert "Bila benar: overstay 12 hari" in found.sentence
    assert "12 x Rp1.000.000 = Rp12.000.000" in found.because
    assert found.cites[0].id == "uu-6-2011/ps78/a1"
    assert any("X / Laporan Hotel Ebony, 19-08-2024" in source for source in found.sources)


def test_whoever_was_seen_leaving_is_not_said_to_be_here():
    left = crossing("out", datetime(2024, 8, 9, 3, tzinfo=UTC))
    found = status(page(permits=[permit()], crossings=[left], stays=[stay(starts=date(2024, 8, 1))]))
    assert (found.tone, found.because) == ("neutral", "")
    assert "tercatat keluar dari Indonesia pada 09-08-2024" in found.sentence
    late = status(
        page(permits=[permit()], crossings=[replace(left, at=datetime(2024, 8, 13, 3, tzinfo=UTC))])
    )
    assert "pada 13-08-2024, lewat 3 hari" in late.sentence
    # A stay that begins after the exit speaks against the exit being the last word.
    back = status(page(permits=[permit()], crossings=[left], stays=[stay()]))
    assert back.tone == "stop"


def test_without_sign_of_presence_the_doubt_is_said():
    found = status(page(permits=[permit()]))
    assert found.tone == "caution"
    assert "belum diketahui" in found.sentence
    assert found.doubts


def test_a_pending_extension_softens_the_claim():
    found = status(page(permits=[permit(is_extension_pending=True)], stays=[stay()]))
    assert found.tone == "caution"
    assert any("sedang diajukan" in doubt for doubt in found.doubts)


def test_a_refugee_is_protected_and_never_overstays():
    assert status(page(permits=[permit(kind="UNHCR", ends=None)])).tone == "info"
    ended = status(page(permits=[permit(kind="UNHCR")], stays=[stay()]))
    assert "overstay" not in ended.sentence
    assert "pengungsi" in ended.sentence


def test_unknown_kinds_and_no_permits_are_no_claim():
    assert "Belum ada izin tinggal" in status(page()).sentence
    assert "ITAS" in status(page(permits=[permit(starts=None, ends=None)])).sentence
    assert "KITAP LAMA" in status(page(permits=[permit(kind="KITAP LAMA")])).sentence


def test_sixty_days_is_doubtful_and_milder_than_sixty_one():
    sixty = status(page(permits=[permit(ends=date(2024, 6, 24))], stays=[stay()]))
    more = status(page(permits=[permit(ends=date(2024, 6, 23))], stays=[stay()]))
    assert any("keputusan hukum" in doubt for doubt in sixty.doubts)
    assert [a.id for a in more.cites] == ["uu-6-2011/ps78/a3"]


@pytest.mark.parametrize(
    ("field", "value", "is_conflict"),
    [
        ("birth", "1985-03-13", True),
        ("birth", "1985", False),
        ("name", "MOHAMED ALI", False),
        ("name", "ALI MUHAMMAD", False),
        ("name", "MUHAMMAD ALI HASSAN", False),
        ("name", "LI WEI", True),
        ("sex", "P", True),
        ("nationality", "IND", False),
        ("document_number", "A1234576", True),
        ("document_number", "A1234568", True),
        ("document_number", "a 123-4567", False),
        ("document_number", "A12345", False),
        ("document_number", "C9876543", False),
    ],
)
def test_only_true_contradictions_are_shown_and_nationality_never(field, value, is_conflict):
    other = replace(HOTEL, **{field: value})
    assert bool(conflicts_of(page(records=[OWN, other]), on=ON, names=NAMES)) is is_conflict


def test_addresses_of_permit_and_stay_are_compared_by_whole_steps():
    far = page(permits=[permit(wilayah="63.02", ends=None)], stays=[stay()])
    near = page(permits=[permit(wilayah="63.10.01", ends=None)], stays=[stay()])
    assert [c.label for c in conflicts_of(far, on=ON, names=NAMES)] == ["Alamat"]
    assert conflicts_of(near, on=ON, names=NAMES) == ()
    assert conflicts_of(far, on=date(2024, 8, 17), names=NAMES) == ()


def test_other_spellings_are_told_without_alarm():
    assert spellings_of(page(records=[OWN, replace(HOTEL, name="MOHAMED ALI")])) == ("MOHAMED ALI",)


def test_moments_are_newest_first_and_the_same_thing_told_twice_is_one():
    entry = crossing("in", datetime(2023, 8, 11, 17, 5, tzinfo=UTC))
    twin = replace(entry, id=uuid4(), record=HOTEL)
    work = WorkFact(
        uuid4(), "PT X", "Teknisi", "", "63.10", "", is_plan=False, starts=None, ends=None, record=OWN
    )
    found = moments_of(
        page(permits=[permit()], crossings=[entry, twin], stays=[stay()], works=[work]), on=ON, names=NAMES
    )
    assert [m.lane for m in found] == [Lane.STAY, Lane.PERMIT, Lane.WORK, Lane.CROSSING, Lane.PERMIT]
    first = found[-2]
    # 17.05 UTC is already the next day at Banjarbaru.
    assert (first.at, len(first.sources)) == ("12-08-2023 01.05 WITA", 2)
    assert [m.is_doubtful for m in found if m.lane is Lane.WORK] == [True]


def test_the_screen_holds_no_nationality_but_the_identity():
    found = person_screen(
        page(permits=[permit()], stays=[stay()]),
        on=ON,
        book=lawbook_shipped(),
        names=NAMES,
        around=Around(),
        country="Pakistan",
    )
    assert found.country == "Pakistan"
    rest = replace(found, country="", person=replace(found.person, nationality=""))
    assert "PAK" not in repr(rest)
