"""The posko's stream against a real LISTEN: who hears what, until when, and what a break costs."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from tests.cast import arif, bayu, citra, dodi, hasan, ratna
from tests.conftest import DAY
from tests.db.findings.field import ANNA, at_work, visit
from tests.loops import played
from tests.web import signed_in
from timpora.apps.findings import actions as findings
from timpora.apps.identity.models import Assignment, User
from timpora.interface.sessions import SessionStore
from timpora.interface.web import stream
from timpora.interface.web.callers import may_send_much
from timpora.interface.web.stream import PoskoStream
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as
from timpora.kernel.outbox import hub as hub_module
from timpora.kernel.outbox.hub import Listener
from timpora.kernel.outbox.post import News

pytestmark = pytest.mark.usefixtures("transactional_db")
SOON = 20
QUIET = 0.4
SIGNED: dict[str, str] = {}


class Screen:
    """A browser's open stream: what the server answered and said, in order."""

    def __init__(self) -> None:
        self.status = 0
        self.said: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self.bodies: list[str] = []
        self.is_over = asyncio.Event()
        self._left: asyncio.Queue[dict[str, object]] = asyncio.Queue()

    def leave(self) -> None:
        self._left.put_nowait({"type": "http.disconnect"})

    async def receive(self) -> dict[str, object]:
        return await self._left.get()

    async def send(self, message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        text = message["body"].decode()
        self.bodies.append(text)
        for block in text.split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in lines:
                told = {"event": lines["event"], "id": lines.get("id"), **json.loads(lines["data"])}
                self.said.put_nowait(told)
        if not message.get("more_body"):
            self.is_over.set()

    async def next(self, event: str = "kabar") -> dict[str, object]:
        """Wait for an event of this name, passing over others."""
        async with asyncio.timeout(SOON):
            while True:
                told = await self.said.get()
                if told["event"] == event:
                    return told

    async def hears_nothing(self) -> bool:
        await asyncio.sleep(QUIET)
        heard = [self.said.get_nowait() for _ in range(self.said.qsize())]
        return [told for told in heard if told["event"] == "kabar"] == []


@contextlib.asynccontextmanager
async def watching(
    app: PoskoStream, session: str, operation: object, last: str = "", query: str = ""
) -> AsyncIterator[Screen]:
    headers = [(b"cookie", f"a=b; timpora_session={session}".encode())]
    if last:
        headers.append((b"last-event-id", last.encode()))
    scope = {"type": "http", "method": "GET", "path": f"/sse/posko/{operation}", "headers": headers}
    scope["query_string"] = query.encode()
    screen = Screen()
    answering = asyncio.create_task(app(scope, screen.receive, screen.send))
    try:
        async with asyncio.timeout(SOON):
            while not screen.status:
                await asyncio.sleep(0.01)
        if screen.status == 200:
            await screen.next("halo")
        yield screen
    finally:
        screen.leave()
        async with asyncio.timeout(SOON):
            await answering


def session_of(actor: Actor) -> str:
    SIGNED[actor.name] = signed_in(Client(), actor).cookies["timpora_session"].value
    return SIGNED[actor.name]


@sync_to_async(thread_sensitive=False)
def in_office(act: Callable[..., object], *args: object, **kwargs: object) -> object:
    """Do something at a desk of another process, as far as connections go."""
    try:
        return act(*args, **kwargs)
    finally:
        connections.close_all()


def sent(operation: UUID, target: UUID) -> UUID:
    report = visit(operation, target, ANNA)
    with acting_as(dodi):
        findings.report_submit(dodi, report=report)
    return report.id


def revoke(actor: Actor) -> None:
    User.objects.filter(pk=actor.id).update(session_key=1)


def end_assignment(actor: Actor) -> None:
    Assignment.objects.filter(user_id=actor.id).update(ends=date(2024, 8, 1))


def signed_out(actor: Actor) -> None:
    SessionStore(SIGNED[actor.name]).delete()


def lines() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'timpora siaran' "
            "AND datname = current_database()"
        )
        return cursor.fetchone()[0]


def cut_the_line() -> None:
    """End the listening connection as a restart of the database would."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'timpora siaran' AND datname = current_database()"
        )


def hub_news(number: int = 1, tag: str = "findings:report:submitted", operation: str = "") -> News:
    return News(
        id=number,
        tag=tag,
        subject_kind="report",
        subject_id=str(uuid4()),
        territories=("63.10", "63", "ID"),
        payload={"operation": operation},
        at=DAY,
    )


@pytest.fixture
def work(transactional_db: None) -> tuple[UUID, UUID]:
    return at_work()


def test_a_report_is_heard_by_centre_and_own_office_and_by_no_other(work):
    operation, target = work
    centre, own, other = session_of(ratna), session_of(hasan), session_of(citra)

    async def scene() -> None:
        app = PoskoStream()
        async with (
            watching(app, centre, operation) as ratnas,
            watching(app, own, operation) as hasans,
            watching(app, other, operation) as citras,
        ):
            report = await in_office(sent, operation, target)
            told = await ratnas.next()
            assert (told["subjek"], told["kabar"]) == (str(report), "findings:report:submitted")
            assert (await hasans.next())["subjek"] == str(report)
            # Palembang takes part in the same operation; only its territory parts it from Batulicin's.
            assert citras.status == 200
            assert await citras.hears_nothing()

    played(scene)


def test_the_board_comes_down_the_stream_to_each_within_the_territory(work):
    operation, target = work
    centre, other = session_of(ratna), session_of(citra)

    async def scene() -> None:
        app = PoskoStream()
        async with watching(app, centre, operation) as ratnas, watching(app, other, operation) as citras:
            first, foreign = await ratnas.next("papan"), await citras.next("papan")
            assert first["utuh"]
            assert foreign["utuh"]
            report = await in_office(sent, operation, target)
            while str(report) not in (told := await ratnas.next("papan"))["daftar"].get("terbaru", {}).get(
                "baris", {}
            ):
                pass
            assert not told["utuh"]
            assert await citras.hears_nothing()
            assert "BATULICIN" not in "".join(citras.bodies)
            assert "ERIKSSON" not in "".join(ratnas.bodies)
        # A page that shows this very board is sent the hour, not the board.
        known = f"{operation}"
        async with watching(app, centre, known, query=f"versi={told['versi']}") as again:
            assert set((await again.next("papan"))["bagian"]) == {"saat", "tahap"}

    played(scene)


def test_what_happens_right_after_the_greeting_is_heard(work, monkeypatch):
    """The hub looks up what was there before; what is sent meanwhile must not be taken for it."""
    operation, target = work
    session = session_of(ratna)
    newest = hub_module.news_newest

    def slowly(*args: object, **kwargs: object) -> list[News]:
        time.sleep(1)
        return newest(*args, **kwargs)

    monkeypatch.setattr(hub_module, "news_newest", slowly)

    async def scene() -> None:
        async with watching(PoskoStream(), session, operation) as screen:
            report = await in_office(sent, operation, target)
            assert (await screen.next())["subjek"] == str(report)

    played(scene)


def test_an_event_holds_identifiers_and_nothing_of_persons_or_places(work):
    operation, target = work
    session = session_of(ratna)

    async def scene() -> None:
        app = PoskoStream()
        async with watching(app, session, operation) as screen:
            await in_office(sent, operation, target)
            told = await screen.next()
            assert set(told) == {"event", "id", "kabar", "subjek", "kantor", "pukul"}
            said = "".join(body for body in screen.bodies if "event: papan" not in body)
            for word in ("ERIKSSON", "L898902C3", "Angsana", "Dodi", "63.10", "Pos depan"):
                assert word not in said
            for word in ("ERIKSSON", "L898902C3", "Dodi", "Pos depan"):
                assert word not in "".join(screen.bodies)

    played(scene)


def test_news_of_another_room_or_operation_is_not_heard(work):
    operation, _target = work
    watcher = stream.Watcher("", operation, ratna)
    news = hub_news(tag="findings:report:submitted", operation=str(operation))
    assert watcher.hears(news)
    assert not watcher.hears(replace(news, tag="cases:case:screened"))
    assert not watcher.hears(replace(news, payload={"operation": str(uuid4())}))
    assert not watcher.hears(replace(news, territories=("16.71", "16")))
    watcher.actor = None
    assert not watcher.hears(news)


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        (ratna, None, 200),
        (dodi, None, 404),
        (arif, None, 404),
        (ratna, "00000000-0000-4000-8000-000000000001", 404),
        (ratna, "bukan-kode", 404),
        (None, None, 401),
    ],
)
def test_the_door(work, who, path, status):
    operation, _target = work
    session = session_of(who) if who else "tidakada0000000000000000000000ab"

    async def scene() -> None:
        async with watching(PoskoStream(), session, path or operation) as screen:
            assert screen.status == status

    played(scene)


def test_an_officer_holds_so_many_streams_and_no_more(work, monkeypatch):
    operation, _target = work
    session, other = session_of(ratna), session_of(hasan)
    monkeypatch.setattr(stream, "STREAMS_MOST", 1)

    async def scene() -> None:
        app = PoskoStream()
        async with watching(app, session, operation), watching(app, session, operation) as second:
            assert second.status == 429
            async with watching(app, other, operation) as colleague:
                assert colleague.status == 200
        async with watching(app, session, operation) as again:
            assert again.status == 200

    played(scene)


@pytest.mark.parametrize("name", ["intake:send", "devices:file"])
@pytest.mark.parametrize(("who", "may"), [(bayu, True), (ratna, False), (dodi, False), (None, False)])
def test_large_files_are_taken_from_those_who_send_them(work, who, may, name):
    session = session_of(who) if who else "tidakada0000000000000000000000ab"
    cookie = [(b"cookie", f"timpora_session={session}".encode())]

    async def scene() -> None:
        assert await may_send_much(reverse(name), cookie) is may
        assert await may_send_much(reverse(name), []) is False

    played(scene)


@pytest.mark.parametrize("loss", [revoke, end_assignment, signed_out])
def test_a_lost_right_ends_the_open_stream(work, loss):
    operation, target = work
    lost, kept = session_of(hasan), session_of(ratna)

    async def scene() -> None:
        app = PoskoStream(check_seconds=0.2)
        async with watching(app, lost, operation) as screen, watching(app, kept, operation) as other:
            await in_office(loss, hasan)
            await screen.next("usai")
            async with asyncio.timeout(SOON):
                await screen.is_over.wait()
            await in_office(sent, operation, target)
            await other.next()
            assert await screen.hears_nothing()
        async with watching(app, lost, operation) as again:
            assert again.status == 401

    played(scene)


def test_nothing_is_sent_on_old_knowledge_of_a_right(work, monkeypatch):
    operation, target = work
    session = session_of(hasan)
    monkeypatch.setattr(stream, "TRUST_SECONDS", 0.0)

    async def scene() -> None:
        app = PoskoStream(check_seconds=3600)
        async with watching(app, session, operation) as screen:
            await in_office(revoke, hasan)
            await in_office(sent, operation, target)
            async with asyncio.timeout(SOON):
                await screen.is_over.wait()
            assert await screen.hears_nothing()

    played(scene)


def test_what_was_missed_is_replayed_once_and_within_the_territory(work):
    operation, target = work
    centre, other = session_of(ratna), session_of(citra)

    async def scene() -> None:
        app = PoskoStream()
        async with watching(app, centre, operation) as screen:
            await in_office(sent, operation, target)
            await screen.next()
            last = (await screen.next())["id"]  # the target was visited, too
        missed = [str(await in_office(sent, operation, target)) for _ in range(3)]
        async with watching(app, centre, operation, last=last) as screen:
            assert [(await screen.next())["subjek"] for _ in missed] == missed
            assert await screen.hears_nothing()
        async with watching(app, other, operation, last=last) as screen:
            assert await screen.hears_nothing()

    played(scene)


def test_a_broken_line_is_told_mended_and_nothing_is_lost(work):
    operation, target = work
    session = session_of(ratna)

    async def scene() -> None:
        app = PoskoStream()
        async with watching(app, session, operation) as screen:
            await in_office(cut_the_line)
            await screen.next("terputus")
            report = await in_office(sent, operation, target)
            await screen.next("tersambung")
            assert (await screen.next())["subjek"] == str(report)

    played(scene)


def test_a_reader_who_cannot_keep_up_is_let_go(work):
    async def scene() -> None:
        listener = Listener(lambda _news: True)
        for number in range(hub_module.QUEUE_MAX):
            listener.hear(hub_news(number=number))
        assert not listener.is_overrun
        listener.hear(hub_news(number=1000))
        assert listener.is_overrun

    played(scene)


def test_an_overrun_stream_ends_and_the_browser_comes_back_with_its_last_event(work, monkeypatch):
    operation, target = work
    session = session_of(ratna)
    monkeypatch.setattr(hub_module, "QUEUE_MAX", 1)

    async def scene() -> None:
        app = PoskoStream()
        async with watching(app, session, operation) as screen:
            app._watchers[next(iter(app._watchers))].is_overrun = True
            await in_office(sent, operation, target)
            async with asyncio.timeout(SOON):
                await screen.is_over.wait()

    played(scene)


def test_a_process_that_ends_ends_its_streams_and_begins_none(work):
    operation, _target = work
    session = session_of(ratna)

    async def scene() -> None:
        app = PoskoStream()
        async with watching(app, session, operation) as one, watching(app, session, operation) as other:
            app.end()
            async with asyncio.timeout(SOON):
                await one.is_over.wait()
                await other.is_over.wait()
            assert "usai" not in "".join(one.bodies)  # which would tell the page that its right ended
        async with watching(app, session, operation) as late:
            assert late.status == 503

    played(scene)


def test_without_watchers_no_connection_is_held(work):
    operation, _target = work
    session = session_of(ratna)

    async def scene() -> None:
        app = PoskoStream()
        async with watching(app, session, operation), watching(app, session, operation):
            assert await in_office(lines) == 1
        await asyncio.sleep(0.1)
        assert await in_office(lines) == 0

    played(scene)
