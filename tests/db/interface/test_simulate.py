"""The simulated load in small: the same doors, every report once, and the silent offices told (B7)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import officer
from tests.web import enrolled
from timpora.apps.findings.models import Report, ReportConflict
from timpora.interface.console.management.commands.simulate import fault_of, told
from timpora.interface.console.scenario.caller import Answer, CallRefused, _words
from timpora.interface.console.scenario.install import MACHINE, seed_install
from timpora.interface.console.simulation import run as running
from timpora.interface.console.simulation.ground import lay
from timpora.interface.console.simulation.plan import CENTRE, Place, Size, events_of, plan_make, seed_of
from timpora.interface.console.simulation.run import Run, Silence, Tally
from timpora.kernel import clock
from timpora.kernel.database.session import acting_as

FIRST = date(2024, 8, 23)
KNOWN = [Place(f"KANIM-{name}", code, -3.4, 115.9) for name, code in (("SATU", "63.10"), ("DUA", "63.02"))]
SMALL = Size(offices=4, teams=2, hours=48, silent=1, visits=1, seed=3)
PASSWORD = "kata sandi uji 2024"


class Phone:
    """An officer before the test's own server."""

    def __init__(self, username):
        self.client = Client()
        signed = self.client.post("/masuk", {"username": username, "password": PASSWORD})
        assert signed.status_code == 302, username

    def get(self, path):
        return self._answer(self.client.get(path))

    def post(self, path, fields):
        return self._answer(self.client.post(path, dict(fields)))

    def post_json(self, path, body, *, accept=()):
        answer = self.client.post(path, body, content_type="application/json")
        if answer.status_code >= 400 and answer.status_code not in accept:
            raise CallRefused(answer.content.decode())
        return self._answer(answer)

    def _answer(self, answer):
        page = answer.content.decode()
        assert answer.status_code < 400 or answer.status_code == 409, _words(page)
        return Answer(answer.status_code, answer.headers.get("Location", ""), answer.content.decode())


class Phones(dict):
    def __missing__(self, username):
        self[username] = Phone(username)
        return self[username]


def turn(at):
    clock.follow(clock.Setting(base=at, origin=at, rate=0, is_simulated=True))
    return 0.0


@pytest.fixture
def ground(carried):
    """Return plan, phones and what was prepared; the clock is the test's and put back by its own fixture."""
    enrolled(officer("Pusat", "hq_posko_operator", "DITJENIM", "ID"))
    plan = plan_make(SMALL, KNOWN)
    with acting_as(MACHINE):
        seed_install(seed_of(plan, frozenset(), password=PASSWORD, since=date(2024, 8, 1)))
    phones = Phones()
    laid = lay(plan, FIRST, phones.__getitem__, lambda act, jobs: [act(job) for job in jobs])
    return plan, phones, laid


def played(ground, events=None):
    plan, phones, laid = ground
    events = events_of(plan, FIRST) if events is None else events
    run = Run(plan, laid, events, phone=phones.__getitem__)
    run.send_all(wait=turn)
    return run.tally


@pytest.mark.django_db
def test_every_report_arrives_once_and_the_posko_tells_who_is_silent(ground, monkeypatch):
    plan, phones, laid = ground
    events = events_of(plan, FIRST)
    assert {event.office for event in events} == {one.code for one in plan.offices} - plan.silent
    tally = played(ground)
    assert tally.refused == []
    assert tally.accepted == len(events)
    assert tally.nils == sum(event.team is None for event in events) > 0
    assert tally.repeated == sum(event.repeats for event in events)
    assert [one.on for one in tally.silences] == [FIRST, FIRST + timedelta(days=1)]
    assert all(one.seconds is not None for one in tally.silences)
    assert fault_of(tally) == ""
    with acting_as(officer("Pusat", "hq_posko_operator", "DITJENIM", "ID")):
        assert Report.objects.count() == len(events)
        assert not ReportConflict.objects.exists()

    # Again: each is known, none is doubled.
    again = played(ground)
    assert (again.accepted, again.repeated) == (0, len(events) + tally.repeated)

    # A board that names another office than meant is no match, and the load says so.
    monkeypatch.setattr(running, "FOUND_SECONDS", 0.2)
    monkeypatch.setattr(running, "LOOK_SECONDS", 0.1)
    run = Run(replace(plan, silent=frozenset()), laid, [], phone=phones.__getitem__)
    run._look(FIRST)
    assert run.tally.silences == [Silence(FIRST, 0, None)]
    assert "dalam 60 detik" in fault_of(run.tally)


def test_the_same_seed_is_the_same_load_and_who_is_silent_changes_nobody_else_s_hours():
    one, other = plan_make(SMALL, KNOWN), plan_make(SMALL, KNOWN)
    assert events_of(one, FIRST) == events_of(other, FIRST)
    size = Size(164, 600, 72, 20, 2, 1)
    plan = plan_make(size, KNOWN)
    assert (len(plan.offices), len(plan.silent), len(plan.teams)) == (164, 20, 600)
    assert len({place.code for place in plan.offices}) == 164
    events = events_of(plan, FIRST)
    assert not {event.office for event in events} & plan.silent
    loud = {e.key: e.at for e in events_of(plan_make(Size(164, 600, 72, 0, 2, 1), KNOWN), FIRST)}
    assert {e.key: e.at for e in events}.items() <= loud.items()
    assert len({event.key for event in events}) == len(events)
    assert all(event.at.date() == date.fromisoformat(event.key[:10]) for event in events)


def test_a_day_that_ends_before_every_office_began_is_not_judged():
    plan = plan_make(Size(4, 4, 9, 1, 1, 3), KNOWN)
    run = Run(plan, None, events_of(plan, FIRST), phone=None)
    assert run._wanted == {}


def test_what_came_of_it_is_told_in_words():
    tally = Tally(accepted=1200, nils=30, repeated=7, laps=[0.05] * 98 + [0.2, 0.4], latest=1.25)
    tally.silences = [Silence(FIRST, 20, 1.5), Silence(FIRST, 20, None)]
    lines = list(told(tally, 20))
    assert lines[0].startswith("Diterima 1200 laporan, di antaranya 30 nihil kantor; 7 ulangan dikenali")
    assert "20 ditemukan dalam 1,5 detik" in lines[1]
    assert "20 TIDAK ditemukan" in lines[2]
    assert "p50 50 ms, p99 400 ms; paling terlambat 1,2 detik" in lines[3]
    assert "dalam 60 detik" in fault_of(tally)
    assert "2 kiriman ditolak, misalnya: a" in fault_of(Tally(refused=["a", "b"]))


@pytest.mark.django_db
def test_no_load_comes_into_an_office_at_work(monkeypatch):
    enrolled(officer("Pegawai", "field_officer", "KANIM-BATULICIN", "63.10"))
    monkeypatch.setattr(clock, "is_simulated", lambda: True)
    with pytest.raises(CommandError, match="petugas sungguhan"):
        call_command("simulate")
    monkeypatch.setattr(clock, "is_simulated", lambda: False)
    with pytest.raises(CommandError, match="Jam program tidak disetel"):
        call_command("simulate")
    for word in ("--offices=0", "--senders=0", "--speed=0", "--silent=-1"):
        with pytest.raises(CommandError):
            call_command("simulate", word)


def test_the_centre_is_one_of_the_simulated_officers():
    assert CENTRE.startswith("sim.")
