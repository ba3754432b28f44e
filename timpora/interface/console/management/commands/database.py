"""`timpora database upgrade|prepare`: bring the tables up to date, make the two roles on a server."""

import secrets
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from timpora.interface.console.command import OfficeCommand
from timpora.kernel import clock
from timpora.kernel.database.address import Address, AddressUnreadable, address_read
from timpora.kernel.database.roles import (
    Login,
    rights_give,
    sql_for_database,
    sql_for_server,
)
from timpora.kernel.database.session import clock_set

PENDING = (
    "{count} perubahan skema belum dijalankan dan program tidak memiliki skemanya. Berikan alamat peran "
    "pemilik di TIMPORA_DATABASE_OWNER_URL, lalu jalankan lagi (peran itu hanya dipakai untuk langkah ini). "
    "Belum ada perannya? `timpora database prepare --help`."
)


CLOCK_IS_OWNERS = "Jam hanya dapat disetel oleh peran pemilik; berikan TIMPORA_DATABASE_OWNER_URL."


def instant_read(text: str) -> datetime:
    """Read an ISO-8601 instant; one without an offset is meant in WIB."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} bukan waktu ISO-8601, misalnya 2024-08-22T10:00:00+08:00"
        raise ArgumentTypeError(message) from error
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo("Asia/Jakarta"))


class Command(OfficeCommand):
    """Work on the database itself rather than on what is in it."""

    help = "Menyiapkan peran basis data (prepare) dan memutakhirkan skemanya (upgrade)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the two verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        upgrade = verbs.add_parser("upgrade", help="jalankan perubahan skema yang tertunda, sebagai pemilik")
        upgrade.add_argument("--clock", type=instant_read, help="waktu ISO-8601 yang ditunjukkan jam")
        prepare = verbs.add_parser("prepare", help="buat peran pemilik dan peran program di PostgreSQL lain")
        prepare.add_argument("--admin-url", help="alamat administrator; tanpa ini SQL-nya hanya dicetak")
        prepare.add_argument("--database", default="timpora", help="nama basis data baru")
        prepare.add_argument("--owner", default="timpora_owner", help="nama peran pemilik")
        prepare.add_argument("--app", default="timpora_app", help="nama peran program")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what the verb says."""
        if options["verb"] == "upgrade":
            self.stdout.write(self._upgrade() + self._set_clock(options["clock"]))
        else:
            self._prepare(options)

    def _upgrade(self) -> str:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan and not settings.AS_OWNER:
            raise CommandError(PENDING.format(count=len(plan)))
        if plan:
            call_command("migrate", interactive=False, verbosity=0)
        if settings.AS_OWNER:
            with transaction.atomic():
                rights_give(connection, settings.APP_ROLE)
        return f"{len(plan)} perubahan" if plan else "tidak ada perubahan"

    def _set_clock(self, wanted: datetime | None) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT is_simulated FROM kernel_clock")
            is_simulated = cursor.fetchone()[0]
        if wanted is None and not is_simulated:
            return ""
        if not settings.AS_OWNER:
            raise CommandError(CLOCK_IS_OWNERS)
        if wanted is None:
            clock_set(clock.now(), 1.0, is_simulated=False)
            return "; jam kembali ke waktu sebenarnya"
        clock_set(wanted, 1.0, is_simulated=True)
        return f"; jam disetel ke {wanted:%d-%m-%Y %H:%M:%S %Z}"

    def _prepare(self, options: dict[str, Any]) -> None:
        owner = Login(options["owner"], secrets.token_urlsafe(24))
        app = Login(options["app"], secrets.token_urlsafe(24))
        outside, inside = sql_for_server(owner, app, options["database"]), sql_for_database(owner, app)
        if options["admin_url"]:
            server = self._perform(options["admin_url"], options["database"], outside, inside)
            lead = ""
        else:
            server = Address("localhost", 5432, options["database"], "", "")
            lead = "-- "
            self.stdout.write("-- Jalankan sebagai administrator: timpora database prepare | psql postgres")
            name = '"' + options["database"].replace('"', '""') + '"'
            self.stdout.write(";\n".join([*outside, ""]) + f"\\connect {name}\n" + ";\n".join([*inside, ""]))
        for variable, login in (("DATABASE_URL", app), ("DATABASE_OWNER_URL", owner)):
            address = replace(server, user=login.name, password=login.password, database=options["database"])
            self.stdout.write(f"{lead}TIMPORA_{variable}={address.to_url()}")

    def _perform(self, url: str, database: str, outside: list[str], inside: list[str]) -> Address:
        try:
            server = address_read(url)
            # A new database cannot be made inside a transaction, hence autocommit.
            with psycopg.connect(**server.to_conninfo(), autocommit=True) as admin:
                for statement in outside:
                    admin.execute(statement.encode())
            with psycopg.connect(**replace(server, database=database).to_conninfo()) as admin:
                for statement in inside:
                    admin.execute(statement.encode())
        except (psycopg.Error, AddressUnreadable) as error:
            raise CommandError(f"Persiapan gagal, perbaiki lalu ulangi: {error}") from error
        return server
