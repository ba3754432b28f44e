"""The PostgreSQL that comes as a wheel, kept in the data folder and reached by socket only.

The package's own Python class is not used: it widens folder permissions up to `/`, trusts every local
user and forgets a server whose parent was killed (ADR 0004). This driver starts the same binaries with
peer authentication, so no password exists and no other user of the machine gets in.
"""

import fcntl
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timpora.kernel.database.address import Address
from timpora.kernel.database.quarters import (
    DatabaseUnreachable,
    Quarters,
    cluster_find,
    make_private,
    quarters_find,
    quarters_make,
    socket_folder,
)
from timpora.kernel.leash import leash

__all__ = ["APP", "OWNER", "SUPERUSER", "DatabaseUnreachable", "EmbeddedServer"]

SUPERUSER = "postgres"
OWNER = "timpora_owner"
APP = "timpora_app"
START_SECONDS = 120
CRASH_SECONDS = 20
STOP_SECONDS = 30
LOOK_SECONDS = 0.05
SETTINGS = "listen_addresses=''\ntimezone='UTC'\nmax_connections=120\nshared_buffers='256MB'\n"
# A refused statement names the row it was about; the program hears of it, the server's log must not (P34).
SILENT = (
    "-c",
    "log_min_messages=log",
    "-c",
    "log_min_error_statement=panic",
    "-c",
    "log_error_verbosity=terse",
)
# Almost all that tests write is taken back, so there is nothing to look after while they run.
FORGETFUL = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\nautovacuum=off\n"
ROLES = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN
    CREATE ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') THEN
    CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS; END IF;
END $$;
"""  # noqa: S608 - the two names are constants above


@dataclass(frozen=True)
class EmbeddedServer:
    """One PostgreSQL cluster in `data`; `is_forgetful` trades safety for speed in tests."""

    data: Path
    is_forgetful: bool = False

    def address(self, role: str, database: str = "timpora") -> Address:
        """Return where `role` finds `database` on this server."""
        return Address(host=str(self.socket_folder), port=5432, database=database, user=role, password="")

    @property
    def cluster(self) -> Path:
        """The folder the cluster really lies in: `data`, unless the server's user cannot reach it."""
        return cluster_find(self.data)

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket: the cluster's, or a private one where that path will not do."""
        return socket_folder(self.cluster)

    @property
    def notice(self) -> str:
        """Return a sentence for the person at the console where the cluster is not at `data`."""
        return quarters_make(self.data)[1]

    def start(self) -> None:
        """Start the server unless it runs, creating cluster, roles and database on first use."""
        with self._lock():
            if not self._is_ready():
                self._launch(None)
            self._prepare()

    def start_leashed(self) -> subprocess.Popen[bytes]:
        """Start the server as our own child that ends with us, taking over from one left behind."""
        with self._lock():
            self.stop()
            process = self._launch(signal.SIGINT)
            self._prepare()
            return process

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; `immediate` is for throw-away clusters only."""
        if (self.cluster / "postmaster.pid").exists():
            self._run(
                "pg_ctl", "-D", self.cluster, "-m", mode, "-t", str(STOP_SECONDS), "-w", "stop", check=False
            )

    def psql(self, sql: str, *, role: str = SUPERUSER, database: str = "postgres") -> str:
        """Run `sql` as `role` and return its output, unaligned and without headers."""
        command = ("psql", "-h", self.socket_folder, "-U", role, "-d", database, "-XAtq")
        return self._run(*command, "-v", "ON_ERROR_STOP=1", "-c", sql).stdout

    def _launch(self, leash_signal: signal.Signals | None) -> subprocess.Popen[bytes]:
        quarters = quarters_make(self.data)[0]
        us = _our_name()
        if not (quarters.cluster / "PG_VERSION").exists():
            self._create(quarters)
        self._refuse_foreign(quarters)
        self._name_people({us}, quarters)
        if self.socket_folder != quarters.cluster:
            make_private(self.socket_folder, quarters)
        # A killed postmaster whose children still hold the shared memory refuses its successor for a moment.
        was_killed = (quarters.cluster / "postmaster.pid").exists()
        deadline = time.monotonic() + (CRASH_SECONDS if was_killed else 0)
        while True:
            process = self._spawn(quarters, leash_signal)
            if self._await_ready(process):
                return process
            if time.monotonic() > deadline:
                log = quarters.cluster / "server.log"
                raise DatabaseUnreachable(f"PostgreSQL tidak dapat dijalankan; lihat {log}.\n{_tail(log)}")

    def _create(self, quarters: Quarters) -> None:
        quarters.cluster.mkdir(mode=0o700, exist_ok=True)
        quarters.give(quarters.cluster)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        self._run("initdb", "-D", quarters.cluster, "-U", SUPERUSER, "-E", "UTF8", *locale, "--auth=peer")
        self._write("pg_hba.conf", "local all all peer map=own\n", quarters)
        with (quarters.cluster / "postgresql.conf").open("a") as file:
            file.write("\n" + SETTINGS + (FORGETFUL if self.is_forgetful else ""))

    def _name_people(self, people: set[str], quarters: Quarters) -> None:
        """Let the roles be taken by us and by the user the server runs as, and by nobody else."""
        if quarters.user:
            people = people | {quarters.user.pw_name}
        roles = (SUPERUSER, OWNER, APP)
        pairs = "".join(f'own "{who}" {role}\n' for who in sorted(people) for role in roles)
        self._write("pg_ident.conf", pairs, quarters)

    def _write(self, name: str, text: str, quarters: Quarters) -> None:
        file = quarters.cluster / name
        file.write_text(text)
        quarters.give(file)

    def _refuse_foreign(self, quarters: Quarters) -> None:
        if quarters.user is None and quarters.cluster.stat().st_uid != os.getuid():
            raise DatabaseUnreachable(_FOREIGN.format(path=quarters.cluster))

    def _prepare(self) -> None:
        mark = self.cluster / "timpora.ready"
        if mark.exists():
            return
        self.psql(ROLES)
        if not self.psql("SELECT 1 FROM pg_database WHERE datname = 'timpora'").strip():
            self.psql(f"CREATE DATABASE timpora OWNER {OWNER}")
        self.psql(
            f"GRANT USAGE ON SCHEMA public TO {APP}; GRANT CREATE ON SCHEMA public TO {OWNER};"
            # The owner may step down to the program's role, never the other way round.
            f"GRANT {APP} TO {OWNER}",
            database="timpora",
        )
        self._write(mark.name, "", quarters_find(self.data))

    def _spawn(self, quarters: Quarters, leash_signal: signal.Signals | None) -> subprocess.Popen[bytes]:
        log = quarters.cluster / "server.log"
        command = [quarters.binaries / "postgres", "-D", quarters.cluster, "-k", self.socket_folder, *SILENT]
        try:
            with log.open("ab") as out:
                return subprocess.Popen(
                    [str(word) for word in command],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,  # Ctrl-C at the console is the supervisor's to hear
                    preexec_fn=leash(leash_signal) if leash_signal else None,  # noqa: PLW1509 - one thread
                    **_as_user(quarters),
                )
        except PermissionError as error:
            raise DatabaseUnreachable(_UNREADABLE.format(path=quarters.binaries)) from error

    def _await_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait until the server answers; no when it ended or took longer than recovery may."""
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            if self._is_ready():
                return True
            time.sleep(LOOK_SECONDS)
        return False

    def _is_ready(self) -> bool:
        if not (self.cluster / "postmaster.pid").exists():
            return False
        return self._run("pg_isready", "-q", "-h", self.socket_folder, check=False).returncode == 0

    def _run(self, program: str, *args: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        quarters = quarters_find(self.data)
        command = [str(quarters.binaries / program), *map(str, args)]
        try:
            return subprocess.run(command, text=True, check=check, capture_output=True, **_as_user(quarters))
        except PermissionError as error:
            raise DatabaseUnreachable(_UNREADABLE.format(path=quarters.binaries)) from error
        except subprocess.CalledProcessError as error:
            raise DatabaseUnreachable(f"{program} gagal: {error.stderr}") from error

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        name = self.data.with_name(self.data.name + ".lock")
        try:
            file = name.open("w")
        except PermissionError as error:
            raise DatabaseUnreachable(_FOREIGN.format(path=name)) from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


_FOREIGN = (
    "{path} dibuat oleh pengguna lain. Jalankan sebagai pengguna itu atau root, atau pilih folder lain "
    "dengan --data."
)
_UNREADABLE = "Pengguna yang menjalankan PostgreSQL tidak dapat membaca {path}; periksa izin folder itu."


def _as_user(quarters: Quarters) -> dict[str, Any]:
    """Return the arguments of `subprocess` that give a program the server's identity and nothing of ours."""
    bare: dict[str, Any] = {"cwd": "/", "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}}
    if quarters.user is None:
        return bare
    # A dropped identity needs its groups dropped too, or root's groups stay with it.
    return bare | {"user": quarters.user.pw_uid, "group": quarters.user.pw_gid, "extra_groups": []}


def _our_name() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError as error:
        raise DatabaseUnreachable(
            f"Pengguna dengan uid {os.getuid()} tidak terdaftar di /etc/passwd, sehingga PostgreSQL tidak "
            f"dapat mengenalinya. Daftarkan pengguna itu, atau pakai TIMPORA_DATABASE_URL."
        ) from error


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-5:])
