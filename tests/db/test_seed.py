"""A seed file installs offices, officers and foreigners; a faulty one changes nothing."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import bayu, machine
from timpora.apps.identity import queries as identity
from timpora.apps.registry import queries as registry
from timpora.interface.console.scenario.install import DESK, offices_install
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
CONTRACT = Path(__file__).resolve().parents[2] / "docs" / "contract-seed.md"


@pytest.fixture
def example(tmp_path):
    """The example that the contract prints."""
    found = re.search(r"```json\n(.*?)```", CONTRACT.read_text(), re.S)
    assert found
    file = tmp_path / "seed.json"
    file.write_text(found.group(1))
    with acting_as(DESK):
        offices_install()
    return file


def test_the_example_of_the_contract_installs_and_installs_again(example, capsys):
    for _ in range(2):
        call_command("seed", str(example))
        assert "1 satuan, 1 petugas, 1 orang asing" in capsys.readouterr().out
    assert identity.unit_get("DISNAKER-63-10").zone == "Asia/Makassar"
    with acting_as(bayu):
        (found,) = registry.person_search(bayu, "contoh satu")
        page = registry.person_get(bayu, found.id)
    assert (page.person.document, len(page.permits), len(page.works)) == ("EJ1234567", 1, 2)
    # The permit prints its last day; here the first day without it is kept.
    assert f"{page.permits[0].ends:%d-%m-%Y}" == "01-02-2025"


def test_a_faulty_file_names_its_faults_and_changes_nothing(example):
    told = json.loads(example.read_text())
    told["people"][0]["assignments"][0]["unit"] = "KANIM-TIDAK-ADA"
    example.write_text(json.dumps(told))
    with pytest.raises(CommandError, match=r"people\[0\]\.assignments\[0\]\.unit"):
        call_command("seed", str(example))
    assert identity.unit_get("DISNAKER-63-10") is None
    with acting_as(machine):
        assert list(registry.link_records(machine)) == []


def test_the_carried_offices_know_their_kabupaten(example):
    batulicin = identity.unit_get("KANIM-BATULICIN")
    assert batulicin.areas == ("63.02", "63.10")
    assert identity.unit_for_place("63.10.01.2003").code == "KANIM-BATULICIN"
    assert identity.unit_get("DITJENIM").areas == ("ID",)
    assert len(identity.unit_list(kinds=["KANIM"])) == 150
