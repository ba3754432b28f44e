"""Checks without an order, for tests: reported by Dodi's team, decided by Hasan."""

from uuid import UUID

from tests.cast import dodi, hasan
from timpora.apps.operations import actions
from timpora.apps.operations.types import NewEncounter
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as

WORDS = {
    "exemption": "patut_diduga",
    "because": "Terlihat mengoperasikan mesin tanpa pengawas.",
    "met": "2 orang laki-laki dewasa",
    "place": "Gudang di Simpang Empat",
    "address": "Jalan Raya Batulicin Km 3",
}


def reported(team: UUID, by: Actor = dodi, **words: str) -> UUID:
    """Report first."""
    with acting_as(by):
        return actions.encounter_report(by, new=NewEncounter(team_id=team, **(WORDS | words)))


def decided(encounter: UUID, by: Actor = hasan, *, is_approved: bool = True) -> UUID:
    """Let the head decide."""
    with acting_as(by):
        actions.encounter_decide(
            by, encounter_id=encounter, is_approved=is_approved, because="Keadaannya jelas."
        )
    return encounter


def approved(team: UUID) -> UUID:
    """Report, and let the head approve."""
    return decided(reported(team))
