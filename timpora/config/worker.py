"""`timpora worker`: background jobs, and the housekeeping that gives news and log entries their way."""

import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import django
import psycopg
from django.db import close_old_connections, connection, connections
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timpora.config.settings")
django.setup()  # what follows has tables, which exist for Python only from here on

from timpora.apps.findings.actions import files_look  # noqa: E402
from timpora.apps.operations.actions import orders_announce  # noqa: E402
from timpora.config import wiring  # noqa: E402
from timpora.kernel.access.actor import system_actor  # noqa: E402
from timpora.kernel.access.machine_roles import MesinLatar  # noqa: E402
from timpora.kernel.audit.log import sequence  # noqa: E402
from timpora.kernel.database.guard import PrivilegedRole, refuse_privileged  # noqa: E402
from timpora.kernel.database.session import acting_as  # noqa: E402
from timpora.kernel.outbox.post import deliver  # noqa: E402

CONCURRENCY = 2
BEAT_SECONDS = 0.25
HEARTBEAT_SECONDS = 5
LOOK_SECONDS = 1
LOST = 75  # EX_TEMPFAIL of sysexits.h
STALLED_SECONDS = 20
GRACE_SECONDS = 8
HOUSEKEEPER = system_actor(MesinLatar.slug, "Mesin latar")
log = logging.getLogger("timpora.worker")


@dataclass
class Chore:
    """Something to do again and again, `seconds` after it was last done."""

    name: str
    do: Callable[[], object]
    seconds: float
    due: float = 0.0

    def do_when_due(self) -> None:
        """Do it if its time has come; a failure is logged and tried again at the next beat."""
        if time.monotonic() < self.due:
            return
        self.due = time.monotonic() + self.seconds
        try:
            with acting_as(HOUSEKEEPER):
                self.do()
        except Exception:  # Whatever one chore meets (a restarting database, too), the others go on.
            log.exception("%s gagal; dicoba lagi", self.name)
        finally:
            close_old_connections()


class OneDatabase:
    """Notices that PostgreSQL cut the connections with which this worker began.

    It does where it is started again, and where one of its own processes dies: then it goes on as the same
    server. Nobody listens for new jobs any more and no heart beats, and neither is told: a worker that lives
    would be taken for dead, and its jobs be done twice. So one connection is held for nothing but this.
    """

    def __init__(self) -> None:
        self._held = psycopg.connect(**connector_params(), autocommit=True)
        self.is_another = threading.Event()

    def look(self) -> None:
        """Ask on the connection that is held."""
        try:
            self._held.execute("SELECT 1")
        except psycopg.OperationalError:
            self.is_another.set()


def work(chores: list[Chore]) -> None:
    """Work until asked to end; a lost database ends the worker, and the supervisor starts it again."""
    refuse_privileged(connection)
    database = OneDatabase()
    connections.close_all()
    wiring.connect()
    stop = threading.Event()
    chores = [*chores, Chore("basis data yang sama", database.look, seconds=LOOK_SECONDS)]
    housekeeping = threading.Thread(target=_keep_house, args=(chores, stop), name="housekeeping")
    housekeeping.start()
    try:
        asyncio.run(_work_off_jobs(database))
    finally:
        stop.set()
        housekeeping.join()


def _keep_house(chores: list[Chore], stop: threading.Event) -> None:
    while not stop.wait(BEAT_SECONDS):
        for chore in chores:
            chore.do_when_due()


async def _work_off_jobs(database: OneDatabase) -> None:
    # Jobs that defer further jobs must do so in their own transaction, through Django's connection; so the
    # worker gets a connector of its own rather than lending it to the whole process.
    async with app.with_connector(_connector()).open_async() as jobs:
        working = asyncio.create_task(
            jobs.run_worker_async(
                concurrency=CONCURRENCY,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_SECONDS,
                shutdown_graceful_timeout=GRACE_SECONDS,
            )
        )
        tasks = {working, asyncio.create_task(_rescue_stalled(jobs)), asyncio.create_task(_until(database))}
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()  # asked to end; what else ended it is a fault, and told as one
        else:
            log.warning("basis data terputus; pekerja dimulai lagi")
        for task in tasks:
            task.cancel()
        # How each ends now says nothing more. One may wait for ever on a connection that is gone.
        await asyncio.wait(tasks, timeout=GRACE_SECONDS)
        if not working.done():
            os._exit(LOST)


def _connector() -> PsycopgConnector:
    return PsycopgConnector(kwargs=connector_params())


async def _until(database: OneDatabase) -> None:
    while not database.is_another.is_set():
        await asyncio.sleep(BEAT_SECONDS)


async def _rescue_stalled(jobs: App) -> None:
    """Put the jobs of killed workers back into the queue: nobody else does (P1)."""
    while True:
        for job in await jobs.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            log.warning("tugas %s (%s) terputus; diantrekan lagi", job.id, job.task_name)
            await jobs.job_manager.retry_job(job)
        await asyncio.sleep(HEARTBEAT_SECONDS)


CHORES = [
    Chore("penyampaian kabar", deliver, seconds=0.25),
    Chore("penomoran catatan audit", sequence, seconds=1),
    Chore("surat perintah terlambat", partial(orders_announce, HOUSEKEEPER), seconds=60),
    Chore("keutuhan berkas laporan", partial(files_look, HOUSEKEEPER), seconds=60),
]


def main() -> int:
    """Work; return the code for the shell."""
    try:
        work(CHORES)
    except PrivilegedRole as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0
