"""Where a database is: read from an address, given to Django and to psycopg alike."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit


class AddressUnreadable(ValueError):
    """The database address is not one of PostgreSQL; the message says how to write it."""


@dataclass(frozen=True)
class Address:
    """Host (or socket folder), port, database and role."""

    host: str
    port: int
    database: str
    user: str
    password: str

    def to_django(self, pool: dict[str, Any]) -> dict[str, Any]:
        """Return the entry of Django's DATABASES, with psycopg's pool."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.database,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": str(self.port),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": pool} if pool else {},
        }

    def to_conninfo(self) -> dict[str, Any]:
        """Return the keyword arguments of `psycopg.connect`."""
        named = {"host": self.host, "port": self.port, "dbname": self.database, "user": self.user}
        return named | ({"password": self.password} if self.password else {})

    def to_url(self) -> str:
        """Return the address as one line, such as `address_read` reads; it holds the password."""
        login = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        place = "" if self.host.startswith("/") else f"{self.host}:{self.port}"
        socket = f"?host={quote(self.host)}" if self.host.startswith("/") else ""
        return f"postgresql://{login}@{place}/{quote(self.database, safe='')}{socket}"


_FORM = "Alamat basis data harus berbentuk postgresql://pengguna:sandi@host:5432/nama"


def address_read(url: str) -> Address:
    """Read `postgresql://user:password@host:port/name` or `...?host=/socket/folder`."""
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError as error:
        raise AddressUnreadable(_FORM) from error
    database = parts.path.lstrip("/")
    if parts.scheme not in {"postgres", "postgresql"} or not database:
        raise AddressUnreadable(_FORM)
    socket = parse_qs(parts.query).get("host", [""])[0]
    return Address(
        host=socket or parts.hostname or "localhost",
        port=port,
        database=unquote(database),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
