"""One drawing of the board for many: never across territories or languages, always as new as the news."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import bayu, citra, hasan, ratna, surya
from tests.conftest import DAY
from tests.db.findings.field import ANNA, BUDI, at_work, visit
from tests.db.interface.web.test_posko import sent
from tests.db.operations import world
from tests.loops import played
from tests.web import enrolled, signed_in
from timpora.apps.operations.types import Medium, NewMessage, NewPhase
from timpora.domain.numbering import ON_ITS_WAY
from timpora.interface.web.posko_board import KEPT_SECONDS, audience_of, board_parts
from timpora.interface.web.posko_parts import MOVING, Parts
from timpora.interface.web.posko_rooms import REFRESH_SECONDS, Guest, Room, Rooms
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied, Actor
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
# Pulse, operation, phases, offices, tallies, kinds, targets, outcomes, newest, conflicts, numbers that phones
# announced, gaps, teams, journal, orders that are due.
DRAWN = 16
KEPT = 1


@pytest.fixture
def work() -> tuple[UUID, UUID]:
    return at_work()


def shown(actor: Actor, operation: UUID, *, is_wall: bool = False) -> Parts:
    with acting_as(actor):
        return board_parts(actor, operation, is_wall=is_wall)


def asked(actor: Actor, operation: UUID) -> int:
    with acting_as(actor), CaptureQueriesContext(connection) as statements:
        board_parts(actor, operation)
    return len(statements)


def test_a_board_is_drawn_once_for_all_who_may_see_the_same(work):
    operation, target = work
    assert asked(ratna, operation) == DRAWN
    assert asked(ratna, operation) == asked(surya, operation) == KEPT
    assert shown(bayu, operation) is shown(hasan, operation)
    sent(visit(operation, target, ANNA))
    assert asked(surya, operation) == DRAWN
    assert asked(ratna, operation) == KEPT


def test_statements_stay_the_same_with_offices_targets_and_reports(work):
    operation, target = work
    sent(visit(operation, target, ANNA))
    assert asked(ratna, operation) == DRAWN
    for number in range(12):
        enrolled(replace(hasan, id=UUID(int=number + 1), name=f"Kepala {number}", grants=(
            replace(hasan.grants[0], unit_code=f"KANIM-N{number}", territories=("63.71",)),
        )))  # fmt: skip
    many = world.opened(replace(world.NEW, name="Jagratara besar", code="besar"))
    targets = [world.approved(many, name=f"Mes {number}") for number in range(5)]
    world.issued(world.team(many, *targets, leader=world.edi))
    for place in targets:
        sent(visit(many, place, ANNA, BUDI), world.edi)
    with acting_as(ratna):
        for number in range(3):
            note = NewMessage(operation_id=many, text=f"Pesan {number}", medium=Medium.RADIO, owner="DITJEN")
            entry = world.actions.journal_write(ratna, message=note)
            world.actions.journal_settle(ratna, entry_id=entry, because="Selesai.")
    # With messages there are their steps, in one statement for all.
    assert asked(ratna, many) == DRAWN + 1


def test_no_board_is_shared_across_territories(work):
    operation, target = work
    sent(visit(operation, target, ANNA))
    own, foreign, centre = shown(hasan, operation), shown(citra, operation), shown(ratna, operation)
    assert len({own.version, foreign.version, centre.version}) == 3
    assert set(own.rows["terbaru"]) != set()
    assert foreign.rows["terbaru"] == {}
    assert "KANIM-BATULICIN" not in foreign.told(None, "")
    assert foreign.units == {world.PALEMBANG}
    # Asked in any order, each still has his own.
    for actor, parts in ((citra, foreign), (hasan, own), (ratna, centre), (citra, foreign)):
        assert shown(actor, operation) is parts


def test_whoever_may_not_see_the_operation_gets_nothing_that_is_kept(work):
    operation, _target = work
    shown(ratna, operation)
    stranger = replace(hasan, grants=(replace(hasan.grants[0], territories=("91.71",)),))
    with pytest.raises(AccessDenied):
        shown(stranger, operation)


def test_each_language_and_the_wall_have_their_own(work):
    operation, _target = work
    desk = shown(ratna, operation)
    english = shown(replace(ratna, language="en"), operation)
    wall = shown(ratna, operation, is_wall=True)
    assert english is not desk
    assert wall is not desk
    assert "<a " in desk.rows["diam"]["KANIM-BATULICIN"].html
    assert "<a " not in wall.rows["diam"]["KANIM-BATULICIN"].html


def test_only_what_changed_is_told(work):
    operation, target = work
    before = shown(ratna, operation)
    report = sent(visit(operation, target, ANNA))
    told = json.loads(shown(ratna, operation).told(before, before.version))
    assert not told["utuh"]
    same = [name for name, html in told["bagian"].items() if before.pieces[name] == html]
    assert set(same) <= MOVING
    assert "angka" in told["bagian"]
    assert list(told["daftar"]["terbaru"]["baris"]) == [str(report)]
    assert told["daftar"]["diam"] == {"urut": [world.PALEMBANG], "baris": {}}
    assert list(told["daftar"]["sudah"]["baris"]) == [world.BATULICIN]
    assert {point["id"] for point in told["titik"]["baru"]} == {str(target), world.BATULICIN}


def test_told_changes_lead_from_any_remembered_board_to_the_present_one(work):
    operation, target = work
    boards = [shown(ratna, operation)]
    for _round in range(3):
        sent(visit(operation, target, ANNA))
        boards.append(shown(ratna, operation))
    last = boards[-1]
    for board in boards:
        told = json.loads(last.told(board, board.version))
        pieces = {**board.pieces, **told["bagian"]}
        assert pieces == dict(last.pieces)
        for name, rows in board.rows.items():
            held = {key: row.html for key, row in rows.items()}
            change = told["daftar"].get(name, {"urut": list(held), "baris": {}})
            now = [(key, {**held, **change["baris"]}[key]) for key in change["urut"]]
            assert now == [(key, row.html) for key, row in last.rows[name].items()]


def test_a_gap_turns_red_on_a_board_that_is_kept_without_any_news(work):
    operation, target = work
    sent(visit(operation, target, ANNA, device_seq=2))
    before = shown(ratna, operation)
    assert before.pieces["hilang"] == ""
    with clock.standing_at(DAY + ON_ITS_WAY):
        after = shown(ratna, operation)
    assert "Nomor laporan hilang" in after.pieces["hilang"]
    told = json.loads(after.told(before, before.version))
    assert told["bagian"]["hilang"] == after.pieces["hilang"]
    assert "nomor laporan hilang" in told["daftar"]["sudah"]["baris"][world.BATULICIN]
    # Redrawn without news this often, with as much again for the line, it keeps the promise of 15 minutes.
    lag = timedelta(seconds=2 * (REFRESH_SECONDS + KEPT_SECONDS))
    assert ON_ITS_WAY + lag <= timedelta(minutes=15)


def test_a_phase_that_is_added_is_news(work):
    operation, _target = work
    shown(ratna, operation)
    later = NewPhase("Tahap III", *(world.PHASE.ends_local, world.PHASE.ends_local.replace(day=27)))
    with acting_as(ratna):
        world.actions.phase_add(ratna, operation_id=operation, phase=later)
    assert asked(ratna, operation) == DRAWN


def test_the_page_of_a_kept_board_asks_little(work):
    operation, _target = work
    client = signed_in(Client(), ratna)
    client.get(f"/posko/{operation}")
    with CaptureQueriesContext(connection) as statements:
        assert client.get(f"/posko/{operation}").status_code == 200
    reads = [s["sql"] for s in statements if "findings_" in s["sql"] or "operations_" in s["sql"]]
    assert reads == []


def guest(actor: Actor, operation: UUID, woken: list[str]) -> Guest:
    return Guest(operation, actor, False, "", lambda: woken.append(actor.name))


def test_a_room_tells_each_guest_once_and_a_right_that_changed_leads_elsewhere(work, monkeypatch):
    operation, _target = work
    monkeypatch.setattr(Room, "open", lambda _room: None)
    woken: list[str] = []
    board = shown(ratna, operation)

    async def scene() -> None:
        rooms = Rooms()
        centre, twin = guest(ratna, operation, woken), guest(surya, operation, woken)
        room = rooms.enter(centre)
        assert room.told(centre) == ""
        assert rooms.enter(twin) is room
        room.parts = board
        assert json.loads(room.told(centre))["utuh"]
        assert json.loads(room.told(centre))["daftar"] == {}
        assert json.loads(room.told(twin))["utuh"]
        # Ratna is moved to an office: what she is told from now on is the office's.
        centre.actor = hasan
        moved = await rooms.room_of(centre)
        assert moved is not room
        assert moved.audience == audience_of(hasan, operation, is_wall=False)
        assert room.told(twin)
        assert moved.told(centre) == ""
        await rooms.leave(twin)
        await rooms.leave(twin)
        assert rooms.enter(guest(ratna, operation, woken)) is not room

    played(scene)
