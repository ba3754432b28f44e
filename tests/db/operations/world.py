"""A small operation for tests: one office (Batulicin), its people, a phase of three days."""

from datetime import datetime
from uuid import UUID

from tests.again import again
from tests.cast import bayu, citra, dodi, hasan, officer, ratna
from tests.web import enrolled
from timpora.apps.identity import actions as identity
from timpora.apps.identity.models import Unit, User
from timpora.apps.operations import actions
from timpora.apps.operations.grounds import Ground
from timpora.apps.operations.types import NewOperation, NewPhase
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as

BATULICIN, PALEMBANG = "KANIM-BATULICIN", "KANIM-PALEMBANG"
edi = officer("Edi", "field_officer", BATULICIN, "63.10", "63.02")
PHASE = NewPhase("Tahap II", datetime(2024, 8, 21), datetime(2024, 8, 24))  # noqa: DTZ001 - a wall time
NEW = NewOperation(
    name="Jagratara Tahap II",
    kind="serentak",
    phases=(PHASE,),
    order_number="IMI.5-GR.03.06-325/2024",
)
NIPS = {"hasan": "197609171999031903", "bayu": "198310252006042904", "dodi": "199502142017121905"}


@again
def people(*more: Actor) -> None:
    """Store the offices and officers, with service numbers."""
    for actor in (ratna, hasan, bayu, dodi, edi, citra, *more):
        enrolled(actor)
    with acting_as(identity.INSTALLER):
        head = {"address": "Jalan Contoh 1, Simpang Empat", "place": "Batulicin", "code": "W.19.IMI.IMI.2"}
        Unit.objects.filter(code=BATULICIN).update(letterhead=head)
        for actor in (hasan, bayu, dodi, edi):
            User.objects.filter(pk=actor.id).update(
                nip=NIPS.get(actor.name.lower(), "199611302018012906"), rank="Penata Muda (III/a)"
            )


@again
def opened(new: NewOperation = NEW) -> UUID:
    """Open the operation as the centre does."""
    with acting_as(ratna):
        return actions.operation_open(ratna, new=new)


@again
def proposed(operation: UUID, by: Actor = bayu, **words: object) -> UUID:
    """Propose a target; `words` replace those of the form."""
    form = {
        "name": "Mes karyawan PT Contoh",
        "address": "Jalan Angsana Km 12",
        "wilayah": "63.10.06",
        "lat": -3.45,
        "lng": 115.99,
        "ground": Ground.EMPLOYER_VISIT,
        "ground_text": "Daftar TKA Disnaker 12-08-2024 memuat 14 orang.",
        "checks": "Cocokkan paspor, ITAS dan RPTKA.",
    }
    with acting_as(by):
        return actions.target_propose(by, operation_id=operation, **(form | words))


@again
def approved(operation: UUID, **words: object) -> UUID:
    """Propose a target and let the head approve it."""
    target = proposed(operation, **words)
    with acting_as(hasan):
        actions.target_decide(hasan, target_id=target, is_approved=True)
    return target


@again
def team(
    operation: UUID, *targets: UUID, name: str = "Regu 1", leader: Actor = dodi, **words: object
) -> UUID:
    """Form a team led by `leader`."""
    with acting_as(bayu):
        return actions.team_form(
            bayu,
            operation_id=operation,
            name=name,
            leader_id=leader.id,
            member_ids=words.pop("member_ids", ()),
            target_ids=targets,
            **words,
        )


@again
def issued(team_id: UUID) -> UUID:
    """Draft the team's order and let the head issue it; return the order."""
    with acting_as(bayu):
        order = actions.order_draft(bayu, team_id=team_id)
    with acting_as(hasan):
        actions.order_issue(hasan, order_id=order)
    return order
