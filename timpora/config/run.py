"""`timpora run`: prepares the data folder and keeps the whole system going until Ctrl-C."""

import argparse
import hashlib
import http.client
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg
from django.conf import settings

from timpora import __version__
from timpora.config.claim import Claim, Claimed, port_refuse_taken
from timpora.config.console import Console
from timpora.config.env import Environment, SettingUnreadable
from timpora.config.lan import (
    LAN_PORT,
    Lan,
    LanUnusable,
    certificate_keep,
    invitation,
    lan_answers,
    lan_choose,
    lan_environment,
)
from timpora.config.messages import compile_stale
from timpora.config.supervisor import (
    Part,
    PartFailed,
    Process,
    Stopped,
    Supervisor,
    child,
    deafen,
    hear_signals,
    python,
)
from timpora.kernel.database.address import Address, AddressUnreadable, address_read
from timpora.kernel.database.embedded import APP, OWNER, DatabaseUnreachable, EmbeddedServer
from timpora.kernel.database.guard import PrivilegedRole, refuse_privileged
from timpora.kernel.database.stamp import program_digest, stamp_read, stamp_write

READY_SECONDS = 60
ANSWER_SECONDS = 2
PACKAGE = Path(__file__).resolve().parents[1]
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with what was asked for, not bound
# Each runs as the program's role and skips by itself what is already there.
REFERENCE = (("Data acuan", ("data", "load")),)
CAST = ("Pemeran peragaan", ("demo", "cast"))
DEMO = ("demo", "load")
STATIC = ("collectstatic", "--noinput", "--verbosity", "0")
STATIC_STAMP = "static.digest"
SIGN_INS = "sign-ins.txt"
STILL_THERE = (
    "Folder data ini berisi peragaan: orang dan daftarnya tetap ada, dan jam menunjukkan waktu sebenarnya.\n"
    "Untuk bekerja sungguhan pakai folder lain (--data DIR --no-demo); tanpa --no-demo jamnya kembali\n"
    "ke peragaan.\n"
)
# The demonstration's clock goes on from the last thing that happened in it, however long the machine was off.
# It is a year of its own: what the installation wrote down in true time before does not count.
SEE_ALL = "SELECT set_config('timpora.territories', 'ID', true)"
RESUME = """
UPDATE kernel_clock SET rate = 1, is_simulated = true, origin = clock_timestamp(),
  base = greatest((SELECT max(at) FROM audit_entry WHERE at < '2025-08-21'), %s::timestamptz)
"""
# Where it stands while its stage is being set, and where the operation begins.
EVE, MORNING = "2024-08-20 08:00+07", "2024-08-21 07:30+07"


class CannotStart(Exception):
    """The system cannot be started; the message says why and what to do."""


def words_read() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser("timpora run", description="Menyiapkan dan menjalankan Timpora.")
    parser.add_argument("--data", help="folder data (TIMPORA_DATA; bawaan: var di folder program)")
    parser.add_argument("--port", type=int, help="porta (TIMPORA_PORT; bawaan 8000)")
    parser.add_argument("--host", help="alamat yang didengarkan (TIMPORA_HOST; bawaan 127.0.0.1)")
    parser.add_argument("--clock", help="waktu ISO-8601 yang ditunjukkan jam program, untuk pengujian")
    parser.add_argument("--no-demo", action="store_true", help="tanpa skenario peragaan")
    parser.add_argument("--lan", action="store_true", help="layani ponsel di jaringan lokal lewat HTTPS")
    parser.add_argument("--lan-address", help="alamat laptop di jaringan itu (TIMPORA_LAN_ADDRESS)")
    parser.add_argument("--lan-port", type=int, help="porta HTTPS ponsel (TIMPORA_LAN_PORT; bawaan 8443)")
    return parser.parse_args()


def words_obey(words: argparse.Namespace) -> None:
    """Turn the options into the environment that this process and all its children read."""
    for name in ("data", "port", "host", "lan_port"):
        value = getattr(words, name)
        if value is not None:
            os.environ[f"TIMPORA_{name.upper()}"] = str(value)
    host = os.environ.get("TIMPORA_HOST", "")
    if host and host not in EVERYWHERE:
        os.environ.setdefault("TIMPORA_ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{host}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "timpora.config.settings"
    os.environ.pop("TIMPORA_AS_OWNER", None)


def lan_obey(words: argparse.Namespace) -> Lan | None:
    """Return the doors for phones where they were asked for, and tell our children of them."""
    asked = words.lan_address or os.environ.get("TIMPORA_LAN_ADDRESS", "")
    if not (words.lan or asked):
        return None
    # Read before the settings are, since they say what is chosen here.
    told = Environment()
    lan = lan_choose(asked, told.integer("LAN_PORT", LAN_PORT), told.text("HOST", "127.0.0.1"))
    os.environ.update(lan_environment(lan))
    return lan


class Run:
    """One run of the system on the data folder of the settings."""

    def __init__(self, words: argparse.Namespace, console: Console, claim: Claim, lan: Lan | None) -> None:
        self._words = words
        self._lan = lan
        self._console = console
        self._claim = claim
        self._supervisor = Supervisor(console.say)
        self._server = EmbeddedServer(settings.DATA / "postgres")
        self._wants_demo, self._demo_stamp = False, ""

    def start(self) -> None:
        """Prepare everything and start the parts; return when the first page can be asked for."""
        if not settings.DATABASE_URL:
            with self._console.step("PostgreSQL") as result:
                self._supervisor.add(Part("PostgreSQL", self._server.start_leashed, signal.SIGINT))
                result.text = "siap"
            self._console.note(self._server.notice)
        self._prepare_words()
        # What the browser needs is gathered while the database is made ready: two cores, two works.
        gathering = self._static_gather()
        try:
            self._prepare_database()
            self._static_await(gathering)
        finally:
            if gathering and gathering.poll() is None:
                gathering.kill()
                gathering.wait()
        port_refuse_taken(settings.HOST, settings.PORT)
        with self._console.step("Server web") as result:
            self._supervisor.add(Part("Server web", self._start_web))
            self._supervisor.wait_until(_answers, READY_SECONDS)
            result.text = "siap"
        if self._lan:
            self._open_to_phones(self._lan)
        # Only now: on a small machine the two would keep each other from starting.
        self._supervisor.add(Part("Pekerja", self._start_worker))

    def _open_to_phones(self, lan: Lan) -> None:
        with self._console.step("Pintu ponsel") as result:
            ends = certificate_keep(settings.DATA, lan).ends
            self._supervisor.add(Part("Pintu ponsel", self._start_phones))
            self._supervisor.add(Part("Pintu gabung", self._start_join))
            self._supervisor.wait_until(lambda: lan_answers(settings.DATA, lan), READY_SECONDS)
            result.text = f"{lan.url}, sertifikat berlaku sampai {ends:%d-%m-%Y}"

    def watch(self) -> None:
        """Keep the parts alive until somebody asks to end."""
        self._supervisor.watch()

    def end(self) -> None:
        """End every part."""
        self._supervisor.end()

    def _prepare_database(self) -> None:
        stamp = program_digest(PACKAGE)
        wanted = {f"{stamp} demo"} | ({stamp} if self._words.no_demo else set())
        with psycopg.connect(**self._program().to_conninfo()) as connection:
            refuse_privileged(connection)
            found, is_simulated = stamp_read(connection)
        is_turned_back = is_simulated and self._words.no_demo
        if found not in wanted or is_turned_back or self._words.clock:
            self._upgrade()
        if found not in wanted:
            self._prepare_content()
            if self._words.no_demo:
                self._stamp(stamp)
        self._wants_demo = not self._words.no_demo and found != f"{stamp} demo"
        self._demo_stamp = f"{stamp} demo"
        if not self._words.no_demo:
            # Also where a start without it turned the clock to true time; and before anybody asks for a page.
            self._resume(EVE if self._wants_demo else MORNING)

    def demonstrate(self) -> None:
        """Let the cast prepare the demonstration through the doors that now stand open, once.

        The program serves on where that fails: what does not hold is a showing, not the office.
        """
        if self._words.no_demo:
            return
        if self._wants_demo:
            try:
                with self._console.step("Skenario peragaan") as result:
                    result.text = self._office(*DEMO)
            except CannotStart as failure:
                self._console.note(f"Peragaan belum lengkap; start berikutnya melanjutkannya. {failure}")
            else:
                self._stamp(self._demo_stamp)
            self._resume(MORNING)

    def _resume(self, earliest: str) -> None:
        """Let the demonstration's clock go on where its last act stood, however long nothing ran."""
        owner = self._owner()
        if owner and not self._words.clock:
            with psycopg.connect(**owner.to_conninfo()) as connection:
                connection.execute(SEE_ALL)
                connection.execute(RESUME, [earliest])

    # Both are asked for anew each time: where the cluster lies is known only once it was started.
    def _program(self) -> Address:
        url = settings.DATABASE_URL
        return address_read(url) if url else self._server.address(APP)

    def _owner(self) -> Address | None:
        if not settings.DATABASE_URL:
            return self._server.address(OWNER)
        url = settings.DATABASE_OWNER_URL
        return address_read(url) if url else None

    def _upgrade(self) -> None:
        with self._console.step("Skema basis data") as result:
            clock = ("--clock", self._words.clock) if self._words.clock else ()
            result.text = self._office("database", "upgrade", *clock, owner=self._owner() is not None)

    def _stamp(self, stamp: str) -> None:
        owner = self._owner()
        if owner:
            with psycopg.connect(**owner.to_conninfo()) as connection:
                stamp_write(connection, stamp)

    def _prepare_words(self) -> None:
        with self._console.step("Terjemahan") as result:
            result.text = f"{compile_stale()} katalog diperbarui"

    def _static_gather(self) -> Process | None:
        """Begin to gather the static files, where they are not those gathered before."""
        stamp = settings.DATA / STATIC_STAMP
        if stamp.exists() and stamp.read_text() == _digest_static():
            return None
        return child(python("timpora", *STATIC), _program_environment(), output=subprocess.PIPE)

    def _static_await(self, gathering: Process | None) -> None:
        with self._console.step("Berkas statis") as result:
            result.text = "tidak berubah"
            if gathering:
                self._finish(gathering, STATIC)
                (settings.DATA / STATIC_STAMP).write_text(_digest_static())
                result.text = "dikumpulkan"

    def _prepare_content(self) -> None:
        for label, command in (*REFERENCE, *(() if self._words.no_demo else (CAST,))):
            with self._console.step(label) as result:
                result.text = self._office(*command)

    def _office(self, *words: str, owner: bool = False) -> str:
        """Run one office command to its end, and return the last line it said."""
        environment = os.environ | {"TIMPORA_AS_OWNER": "1"} if owner else _program_environment()
        if words == DEMO:
            environment = dict(os.environ)  # It turns the clock, for which it asks the owner.
        return self._finish(child(python("timpora", *words), environment, output=subprocess.PIPE), words)

    def _finish(self, process: Process, words: Sequence[str]) -> str:
        try:
            out, error = process.communicate()
        except Stopped:
            process.kill()
            process.wait()
            raise
        if process.returncode:
            said = (error or out).decode(errors="replace").strip()
            raise CannotStart(f"`timpora {' '.join(words)}` gagal.\n{said}")
        return out.decode().strip().rpartition("\n")[2]

    def _start_web(self) -> Process:
        return child(python("timpora", "web"), _program_environment(), keep=(self._claim.number,))

    def _start_phones(self) -> Process:
        environment = _program_environment() | {"TIMPORA_LAN_DOOR": "1"}
        return child(python("timpora", "web"), environment, keep=(self._claim.number,))

    def _start_join(self) -> Process:
        return child(python("timpora", "join"), _program_environment(), keep=(self._claim.number,))

    def _start_worker(self) -> Process:
        return child(python("timpora", "worker"), _program_environment(), keep=(self._claim.number,))


def _program_environment() -> dict[str, str]:
    # The owner's address opens every row, so the running program never gets to know it.
    return {name: value for name, value in os.environ.items() if name != "TIMPORA_DATABASE_OWNER_URL"}


def _answers() -> bool:
    host = "127.0.0.1" if settings.HOST in EVERYWHERE else settings.HOST
    connection = http.client.HTTPConnection(host, settings.PORT, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/siap")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _digest_static() -> str:
    """Return a digest of everything collectstatic would read: our files, and the versions of the packages."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.glob("**/static/**/*")):
        found = path.stat()
        digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    lock = PACKAGE.parent / "requirements" / "runtime.txt"
    digest.update(lock.read_bytes() if lock.exists() else __version__.encode())
    return digest.hexdigest()


def supervise(words: argparse.Namespace, console: Console, lan: Lan | None) -> None:
    """Start the system, say where it is, and keep it going; end all of it whatever happens."""
    os.environ["TIMPORA_DATA"] = str(settings.DATA)  # children start elsewhere, so the path must be whole
    with Claim(settings.DATA, f"http://{_shown_host()}:{settings.PORT}", console.note) as claim:
        port_refuse_taken(settings.HOST, settings.PORT)
        for host, port in lan.doors if lan else ():
            port_refuse_taken(host, port, "--lan-address atau --lan-port")
        run = Run(words, console, claim, lan)
        try:
            run.start()
            console.welcome(claim.url, settings.DATA / SIGN_INS)
            if lan:
                console.say(invitation(settings.DATA, lan, claim.url))
            if words.no_demo and (settings.DATA / SIGN_INS).exists():
                console.say(STILL_THERE)
            run.demonstrate()
            run.watch()
        finally:
            deafen()
            console.say("Menghentikan …")
            run.end()
            console.say("Selesai.")


def _shown_host() -> str:
    if settings.HOST in EVERYWHERE | {"127.0.0.1"}:
        return "localhost"
    return f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST


def main() -> int:
    """Run until asked to end; return the code for the shell."""
    console = Console()
    words = words_read()
    words_obey(words)
    hear_signals()
    console.say(f"Timpora {__version__}")
    try:
        supervise(words, console, lan_obey(words))
    except Stopped:
        return 0
    except (SettingUnreadable, AddressUnreadable, Claimed, CannotStart, LanUnusable, PartFailed) as reason:
        console.refuse(str(reason))
    except (DatabaseUnreachable, PrivilegedRole, psycopg.Error, PermissionError) as reason:
        console.refuse(str(reason))
    return 1
