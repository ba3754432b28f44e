"""Row-level security as migration operations: the second wall behind `scope` (ADR 0003)."""

from typing import Literal

from django.db.migrations.operations import RunSQL

# The sub-select is evaluated once a statement instead of once a row.
_TERRITORIES = "(SELECT kernel_territories())"
_SEALS = "(SELECT kernel_seals())"
_TESTS = {
    "wilayah": f"kernel_steps(wilayah) && {_TERRITORIES}",
    "territories": f"territories && {_TERRITORIES}",
}


# A row above: one of the actor's territories lies within the row's.
_BELOW = "EXISTS (SELECT 1 FROM unnest(kernel_territories()) a WHERE wilayah = ANY(kernel_steps(a)))"


class ScopeRows(RunSQL):
    """Let a statement see and write only rows within the actor's territories, and within a seal if given.

    `by="wilayah"` reads one Kemendagri code a row; `by="territories"` an array of all whole-step
    ancestors (`domain.territory.closure`). `seal` names a sensitivity (such as `tppo`) that the actor
    must hold besides. The policy is forced, so that the owner's own statements obey it as well.
    """

    def __init__(self, table: str, *, by: Literal["wilayah", "territories"], seal: str = "") -> None:
        test = _TESTS[by] + (f" AND ARRAY['{seal}'] && {_SEALS}" if seal else "")
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
            f"CREATE POLICY {table}_scope ON {table} USING ({test}) WITH CHECK ({test});",
            f"DROP POLICY {table}_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )
        self._args = (table,)
        self._kwargs = {"by": by, "seal": seal}

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, str]]:
        """Return how the migration writer would write this operation."""
        return (type(self).__name__, self._args, self._kwargs)


class SealRows(RunSQL):
    """Besides a table's own policy, hide from all but holders of a seal the rows for which `when` holds.

    `when` is SQL over the row's columns. The rows may still be written by whoever may write them; only
    reading them again asks for the seal.
    """

    def __init__(self, table: str, *, seal: str, when: str) -> None:
        super().__init__(
            f"CREATE POLICY {table}_seal ON {table} AS RESTRICTIVE FOR SELECT "
            f"USING (ARRAY['{seal}'] && {_SEALS} OR NOT ({when}));",
            f"DROP POLICY {table}_seal ON {table};",
        )
        self._args = (table,)
        self._kwargs = {"seal": seal, "when": when}

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, str]]:
        """Return how the migration writer would write this operation."""
        return (type(self).__name__, self._args, self._kwargs)


class ScopeThrough(RunSQL):
    """Let a statement see and write only rows whose parent row it may see: facts follow their person."""

    def __init__(self, table: str, *, column: str, parent: str) -> None:
        # OFFSET 0 keeps PostgreSQL to one look by key for each row. The planner cannot know how many parents
        # an actor sees, and without it gathers all of them for every statement.
        test = f"EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {table}.{column} OFFSET 0)"  # noqa: S608 - ours
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
            f"CREATE POLICY {table}_scope ON {table} USING ({test}) WITH CHECK ({test});",
            f"DROP POLICY {table}_scope ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )
        self._args = (table,)
        self._kwargs = {"column": column, "parent": parent}

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, str]]:
        """Return how the migration writer would write this operation."""
        return (type(self).__name__, self._args, self._kwargs)


class ShareDown(RunSQL):
    """Let rows be read downwards as well: what a unit above has is seen by those whose territory lies in its.

    Written they are only within the actor's territories, as with `ScopeRows`. With `column` and `parent`
    rows follow their parent row in both.
    """

    def __init__(self, table: str, *, column: str = "", parent: str = "") -> None:
        own = _TESTS["wilayah"]
        seen = f"({own} OR {_BELOW})"
        if parent:
            test = f"EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {table}.{column}"  # noqa: S608 - ours
            own, seen = f"{test} AND kernel_steps(p.wilayah) && {_TERRITORIES})", f"{test})"
        super().__init__(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
            f"CREATE POLICY {table}_seen ON {table} FOR SELECT USING ({seen});"
            f"CREATE POLICY {table}_added ON {table} FOR INSERT WITH CHECK ({own});"
            f"CREATE POLICY {table}_changed ON {table} FOR UPDATE USING ({own}) WITH CHECK ({own});"
            f"CREATE POLICY {table}_removed ON {table} FOR DELETE USING ({own});",
            f"DROP POLICY {table}_removed ON {table}; DROP POLICY {table}_changed ON {table};"
            f"DROP POLICY {table}_added ON {table}; DROP POLICY {table}_seen ON {table};"
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;"
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
        )
        self._args = (table,)
        self._kwargs = {"column": column, "parent": parent}

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, str]]:
        """Return how the migration writer would write this operation."""
        return (type(self).__name__, self._args, self._kwargs)


class AppendOnly(RunSQL):
    """Refuse every change, removal and truncation of a table's rows, whoever asks."""

    def __init__(self, table: str) -> None:
        super().__init__(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION kernel_append_only();"
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only();",
            f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_no_truncate ON {table};",
        )
        self._args = (table,)

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, str]]:
        """Return how the migration writer would write this operation."""
        return (type(self).__name__, self._args, {})
