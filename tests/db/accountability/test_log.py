"""The log proves itself, to us and to an outsider, and every way of spoiling it is found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.cast import arif, bayu, machine
from timpora.apps.accountability import queries
from timpora.apps.identity import actions as identity
from timpora.kernel.access import AccessDenied
from timpora.kernel.audit.log import sequence
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
VERIFIER = Path(__file__).resolve().parents[3] / "tools" / "verify_audit.py"


@pytest.fixture
def log():
    """Six entries under two checkpoints."""
    for batch in range(2):
        with acting_as(bayu):
            for number in range(3):
                identity.purpose_choose(bayu, kind="operasi", reference=f"SPRIN-{batch}{number}")
        with acting_as(machine):
            assert sequence() == 3


def spoil(statement: str) -> None:
    """Change rows as the master of the machine could: past role, policy and trigger."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for table in ("audit_entry", "audit_checkpoint"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY")
        cursor.execute(statement)
        for table in ("audit_entry", "audit_checkpoint"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY")
        cursor.execute("SET ROLE timpora_app")


def outsider(tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Let the separate verifier read an export, as another agency would."""
    file = tmp_path / "log.jsonl"
    with acting_as(arif):
        file.write_text("\n".join(queries.log_export()))
    return subprocess.run([sys.executable, VERIFIER, file], capture_output=True, text=True, check=False)


def test_an_untouched_log_is_whole_for_us_and_for_an_outsider(log, tmp_path):
    with acting_as(arif):
        found = queries.log_verify()
    assert (found.is_whole, found.entries, found.checked_checkpoints, found.waiting) == (True, 6, 2, 0)
    outside = outsider(tmp_path)
    assert outside.returncode == 0, outside.stdout
    assert found.head is not None
    assert found.head.root in outside.stdout


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET body = replace(body, 'SPRIN-01', 'SPRIN-99')",
        "UPDATE audit_entry SET actor_name = 'Orang lain' WHERE seq = 2",
        "DELETE FROM audit_entry WHERE seq = 1",
        "DELETE FROM audit_entry WHERE seq = 5",
        "UPDATE audit_entry SET seq = CASE seq WHEN 1 THEN 102 ELSE 101 END WHERE seq IN (1, 2);"
        "UPDATE audit_entry SET seq = seq - 100 WHERE seq > 100",
        "UPDATE audit_checkpoint SET root = decode(repeat('00', 32), 'hex') WHERE size = 3",
    ],
)
def test_whatever_is_spoilt_is_found(log, statement):
    spoil(statement)
    with acting_as(arif):
        found = queries.log_verify()
    assert not found.is_whole
    assert found.fault


def test_an_outsider_finds_a_changed_body(log, tmp_path):
    spoil("UPDATE audit_entry SET body = replace(body, 'SPRIN-01', 'SPRIN-99')")
    outside = outsider(tmp_path)
    assert outside.returncode == 1
    assert "22" in outside.stdout + outside.stderr  # the day of the row


def test_a_body_is_canonical_and_holds_no_payload(log):
    with acting_as(arif):
        line = json.loads(list(queries.log_export())[1])
    told = json.loads(line["body"])
    assert line["body"] == json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert set(told) == {
        "v",
        "id",
        "at",
        "tag",
        "actor",
        "subject",
        "purpose",
        "wilayah",
        "note",
        "digest",
        "cites",
    }


def test_the_log_is_read_by_auditors_only(log):
    wanted = queries.EntryFilter(tag="identity:purpose")
    with acting_as(arif):
        assert len(queries.entry_list(arif, wanted)) == 6
    with acting_as(bayu):
        assert queries.entry_list(bayu, wanted) == []
    with acting_as(machine), pytest.raises(AccessDenied):
        queries.reads_of_person(machine, bayu.id)


def test_the_newest_line_stands_first_whatever_its_clock_said(log, monkeypatch):
    spoil("UPDATE audit_entry SET at = at + interval '2 years' WHERE seq = 0")
    with acting_as(bayu):
        identity.purpose_choose(bayu, kind="operasi", reference="SPRIN-20")
    wanted = queries.EntryFilter(tag="identity:purpose")
    monkeypatch.setattr(queries, "PAGE", 4)
    with acting_as(arif):
        assert [line.seq for line in queries.entry_list(arif, wanted)] == [None, 5, 4, 3]
        assert [line.seq for line in queries.entry_list(arif, wanted, page=2)] == [2, 1, 0]
