"""Whoever may not see sealed cases finds the same log, line by line, whether a case was sealed (P10, P26)."""

import hashlib
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.cast import arif, lestari, machine, officer
from tests.conftest import DAY
from tests.db.cases import folder
from tests.db.cases.folder import CLEAR, SIGNS, bayu, hasan, intan
from tests.web import signed_in
from timpora.apps.accountability import queries as accountability
from timpora.apps.cases import actions, queries
from timpora.kernel import clock
from timpora.kernel.access import AccessDenied
from timpora.kernel.access.roles import HUMAN_ROLES
from timpora.kernel.audit.log import sequence
from timpora.kernel.audit.models import Checkpoint, Entry, SealedEntry
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
UUID_RE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HEX_RE = re.compile(r"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{1,4})?…|[0-9a-f]{32}")
TOKEN_RE = re.compile(r'\b[A-Za-z0-9]{64}\b|d="[^"]*"')
NUMBER_RE = re.compile(r'(?<=data-label="No.">)[\d.]+|(?<="seq": )\d+')
VERIFIER = Path(__file__).resolve().parents[3] / "tools" / "verify_audit.py"
ROLES = [role.slug for role in HUMAN_ROLES if "tppo" not in role.seals]


@contextmanager
def undone():
    """Let something happen that afterwards never did."""
    mark = transaction.savepoint()
    yield
    transaction.savepoint_rollback(mark)


class History:
    """One case, lived through minute by minute, with the same people doing the same."""

    def __init__(self, screening, row) -> None:
        self.minute = 0
        self.person = row.person
        folder.office()
        self.case = self.at(lambda: folder.opened(row))
        self.do(intan, lambda: actions.screening_record(intan, case_id=self.case, screening=screening))
        for reader in (bayu, hasan, intan):
            self.do(reader, lambda reader=reader: queries.case_list(reader))
            self.do(reader, lambda reader=reader: queries.case_get(reader, self.case))
        self.do(lestari, lambda: queries.case_list(lestari))
        self.do(lestari, lambda: queries.case_get(lestari, self.case))
        self.do(machine, sequence)

    def at(self, act):
        self.minute += 1
        with clock.standing_at(DAY + timedelta(minutes=self.minute)):
            return act()

    def do(self, actor, act) -> None:
        def run():
            with acting_as(actor):
                try:
                    act()
                except AccessDenied:
                    return

        self.at(run)

    def plain(self, text: str) -> list[str]:
        """Return the lines of a page or export without what is drawn anew each time, sorted."""
        text = text.replace(str(self.case), "PERKARA").replace(str(self.person), "ORANG")
        text = TOKEN_RE.sub("", HEX_RE.sub("HEX", UUID_RE.sub("ID", text)))
        # Lines of one act share their instant, so their order among themselves is drawn anew.
        numbers = [str(len(NUMBER_RE.findall(text)))]
        text = NUMBER_RE.sub("NO", text)
        return numbers + sorted(" ".join(part.split()) for part in re.split(r"(?=<tr)|</tr>|\n(?=\{)", text))


def seen(role: str, history: History) -> dict[str, list[str]]:
    """Collect what a role is shown of the log: every page, narrowed in every way, and who looked."""
    client = signed_in(Client(), officer(role, role, "KANIM-BATULICIN", "ID"))
    log, head = reverse("accountability:log"), reverse("accountability:head")
    asked = [
        *((log, {"hal": str(page)}) for page in (1, 2, 3)),
        *((log, {"siapa": who}) for who in ("Lestari", "Bayu", "Intan")),
        *((log, {"perbuatan": what}) for what in ("cases:", "cases:case:read", "registry:person:read")),
        *((log, {"tentang": str(about)}) for about in (history.case, history.person)),
        (head, {}),
        (reverse("accountability:reads", args=[history.person]), {}),
    ]
    pages = {str(query): client.get(*query) for query in asked}
    pages["periksa"] = client.post(head)
    return {
        name.replace(str(history.case), "P").replace(str(history.person), "O"): [
            str(answer.status_code),
            *history.plain(answer.content.decode()),
        ]
        for name, answer in pages.items()
    }


def lived(screening, look):
    with undone():
        return look(History(screening, folder.overstayer()))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_the_same_log_of_a_sealed_and_of_an_open_case(role):
    sealed = lived(SIGNS, lambda history: seen(role, history))
    opened = lived(CLEAR, lambda history: seen(role, history))
    assert sealed == opened


def test_every_export_is_the_same_too():
    def export(history):
        with acting_as(arif):
            return history.plain("\n".join(accountability.log_export()))

    sealed, opened = lived(SIGNS, export), lived(CLEAR, export)
    assert sealed == opened
    assert any("halaman perkara" in line for line in sealed)


def test_the_common_log_has_no_number_left_out_for_a_sealed_line():
    def numbers(_history):
        with acting_as(arif):
            return sorted(Entry.objects.exclude(seq=None).values_list("seq", flat=True))

    sealed = lived(SIGNS, numbers)
    assert sealed == lived(CLEAR, numbers) == list(range(len(sealed)))


def test_the_comparison_can_fail():
    """A line more for the one of them, and the two are told apart."""

    def one_more(history):
        with acting_as(bayu):
            queries.case_get(bayu, history.case)
        return seen("auditor", history)

    assert lived(SIGNS, one_more) != lived(CLEAR, lambda history: seen("auditor", history))


def test_the_truth_is_kept_under_the_seal_and_provable_there():
    folder.office()
    case = folder.screened(SIGNS)
    for reader in (bayu, lestari):
        with acting_as(reader):
            queries.case_get(reader, case)
    with acting_as(machine):
        assert sequence() > 0
        assert not SealedEntry.objects.exists()
        size = Entry.objects.exclude(seq=None).count()
    with acting_as(lestari):
        lines = {line.actor_name: line for line in SealedEntry.objects.all()}
        assert sorted(line.seq for line in lines.values()) == [0, 1]
        assert "tertutup" in lines["Bayu"].body
        person = lines["Lestari"].person_id
        assert person == lines["Bayu"].person_id is not None
        assert not Entry.objects.filter(actor_name="Lestari", tag__startswith="registry").exists()
        bond = accountability.bond_open(lestari, size)
        assert (bond.size, bond.holds) == (2, True)
        assert accountability.sealed_verify(lestari).is_whole
        assert "Lestari" in [read.actor_name for read in accountability.reads_of_person(lestari, person)]
    with acting_as(bayu):
        assert "Lestari" not in [read.actor_name for read in accountability.reads_of_person(bayu, person)]
        for deed in (accountability.sealed_verify, lambda a: accountability.bond_open(a, size)):
            with pytest.raises(AccessDenied):
                deed(bayu)
        assert accountability.sealed_list(bayu) == []


def outsider(file, lines):
    """Let the separate verifier read an export."""
    file.write_text("\n".join(lines))
    return subprocess.run([sys.executable, VERIFIER, file], capture_output=True, text=True, check=False)


def test_the_sealed_log_is_handed_out_in_the_format_that_the_verifier_reads(tmp_path):
    folder.office()
    case = folder.screened(SIGNS)
    for reader in (lestari, bayu):
        with acting_as(reader):
            queries.case_get(reader, case)
        with acting_as(machine):
            sequence()
    with acting_as(lestari):
        lines = accountability.sealed_export(lestari)
        bonds = accountability.bonds_open(lestari)
        exported = SealedEntry.objects.get(tag="accountability:sealed:exported")
    assert (exported.actor_name, exported.seq) == ("Lestari", None)
    with acting_as(arif):
        assert not Entry.objects.filter(tag="accountability:sealed:exported").exists()
        common = {head.size: bytes(head.bond).hex() for head in Checkpoint.objects.all()}
    told = [json.loads(line)["checkpoint"] for line in lines if line.startswith('{"checkpoint"')]
    opened = {head["bond"]["of"]: head for head in told if "bond" in head}
    assert len(opened) == len(bonds) == len(common) > 1
    for size, digest in common.items():
        head = opened[size]
        text = f"{head['bond']['salt']}:{head['size']}:{head['root']}"
        assert hashlib.sha256(text.encode()).hexdigest() == head["bond"]["digest"] == digest
    found = outsider(tmp_path / "sealed.jsonl", lines)
    assert (found.returncode, found.stdout[:12]) == (0, "SAH: 2 entri"), found.stderr
    spoilt = [line.replace("Lestari", "Melati") for line in lines]
    assert outsider(tmp_path / "spoilt.jsonl", spoilt).returncode == 1
    cut = [line for line in lines if not line.startswith('{"seq": 1')]
    assert outsider(tmp_path / "cut.jsonl", cut).returncode == 1


def test_the_sealed_log_goes_whole_and_to_holders_of_the_seal_alone():
    regional = officer("Nining", "victim_protection_officer", "KANIM-BATULICIN", "63.10")
    for reader, is_given in ((lestari, True), (regional, False), (arif, False), (bayu, False)):
        with acting_as(reader):
            if is_given:
                assert accountability.sealed_export(reader)
                continue
            with pytest.raises(AccessDenied):
                accountability.sealed_export(reader)


def test_a_spoilt_sealed_log_is_found():
    folder.office()
    case = folder.screened(SIGNS)
    with acting_as(lestari):
        queries.case_get(lestari, case)
    with acting_as(machine):
        sequence()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE audit_sealed DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY")
        cursor.execute("UPDATE audit_sealed SET body = replace(body, 'Lestari', 'Melati')")
        cursor.execute("ALTER TABLE audit_sealed ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY")
        cursor.execute("SET ROLE timpora_app")
    with acting_as(lestari):
        assert not accountability.sealed_verify(lestari).is_whole
