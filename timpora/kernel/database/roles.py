"""The two roles of the database: the owner migrates, the program only works.

What the program may do follows from one table, `CLOSED`; everything else of the schema is open to it,
and row-level security decides about rows.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"
SEQUENCE_RIGHTS = "USAGE, SELECT"
# What the program never does to these tables; triggers say no to everybody, this says it to the program.
CLOSED = {
    "audit_bond": "UPDATE, DELETE, TRUNCATE",
    "audit_checkpoint": "UPDATE, DELETE, TRUNCATE",
    "audit_entry": "DELETE, TRUNCATE",
    "audit_salt": "SELECT, UPDATE, DELETE, TRUNCATE",
    "audit_sealed": "DELETE, TRUNCATE",
    "audit_sealedcheckpoint": "UPDATE, DELETE, TRUNCATE",
    "django_migrations": "INSERT, UPDATE, DELETE, TRUNCATE",
    "kernel_clock": "INSERT, UPDATE, DELETE, TRUNCATE",
}


@dataclass(frozen=True)
class Login:
    """A role and its password."""

    name: str
    password: str


def quote_name(name: str) -> str:
    """Return `name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def rights_give(connection: BaseDatabaseWrapper, app: str) -> None:
    """Give the program's role its rights on the tables there are, and on those the owner will make."""
    role = quote_name(app)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        for rights, kind in ((TABLE_RIGHTS, "TABLES"), (SEQUENCE_RIGHTS, "SEQUENCES")):
            cursor.execute(f"GRANT {rights} ON ALL {kind} IN SCHEMA public TO {role}")
            cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {kind} TO {role}")
        for table, rights in CLOSED.items():
            cursor.execute(f"REVOKE {rights} ON {quote_name(table)} FROM {role}")


def sql_for_server(owner: Login, app: Login, database: str) -> list[str]:
    """Return what an administrator runs once per server: both roles and the database."""
    bound = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION"
    name = quote_name(database)
    logins = ((quote_name(login.name), quote_text(login.password)) for login in (owner, app))
    return [
        *(f"CREATE ROLE {role} {bound} PASSWORD {password}" for role, password in logins),
        f"CREATE DATABASE {name} OWNER {quote_name(owner.name)} ENCODING 'UTF8' TEMPLATE template0",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {quote_name(app.name)}",
    ]


def sql_for_database(owner: Login, app: Login) -> list[str]:
    """Return what an administrator runs once inside the new database."""
    return [
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {quote_name(owner.name)}",
        f"GRANT USAGE ON SCHEMA public TO {quote_name(app.name)}",
    ]
