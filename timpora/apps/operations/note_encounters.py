"""A check without an order that was reported at a post comes home, and its clock with it (Pasal 30).

Each state of a check is reached once, so a step is known by the state it led to: a file from before brings
nothing, one from after brings what followed. Where the post and the office decided differently the office's
decision stands, and the line says so.
"""

from typing import Final

from timpora.apps.operations.encounters import LINE_MAX, TEXT_MAX, owe_order
from timpora.apps.operations.errors import NoteRefused
from timpora.apps.operations.models import Encounter, EncounterStep
from timpora.apps.operations.note_home import NOT_HIS, Came, Home, came_with, require_words
from timpora.apps.operations.note_types import EncounterNote, EncounterStepNote
from timpora.domain.states import EncounterState, may_step
from timpora.kernel.access import P

OTHER: Final = (
    "Pemeriksaan dengan kode ini sudah ada dengan isi lain. Bandingkan keduanya; yang di kantor tetap."
)
DECIDED: Final = (
    "Kantor sudah memutus pemeriksaan ini, dan lain dari pos. Putusan kantor tetap; catat di jurnal."
)
OWN: Final = "Diputus oleh pelapornya atau anggota regunya sendiri. Kepala kantor memutus pemeriksaan ini."
DOUBTFUL: Final = (
    "Kunci pemutusnya sudah dicabut sebelum berkas ini masuk. Kepala kantor memutus pemeriksaan ini."
)
DAY: Final = "Hari pemeriksaannya tidak cocok dengan persetujuan dan laporannya. Periksa jam laptop pos."
CHECKED: Final = frozenset({EncounterState.NIL, EncounterState.FOUND})


def encounter_in(home: Home, note: EncounterNote) -> Came:
    """Take a check in, or what it became since; with a finding its order is owed from the check's day."""
    told: dict[str, object] = {
        "operation_id": home.operation_id,
        "team_id": note.team_id,
        "exemption": note.exemption.value,
        "because": note.because,
        "met": note.met,
        "place": note.place,
        "address": note.address,
        "reported_by_id": note.by_id,
        "reported_at": note.at,
    }
    held = Encounter.objects.select_for_update().filter(pk=note.id).first()
    if held is not None and any(getattr(held, name) != value for name, value in told.items()):
        raise NoteRefused(OTHER)
    row = held or _new(home, note, told)
    known = set(EncounterStep.objects.filter(encounter=row).values_list("after", flat=True))
    fresh = [step for step in note.steps if step.after.value not in known]
    return came_with(lambda step: _follow(home, row, note, step), fresh, is_new=held is None)


def _new(home: Home, note: EncounterNote, told: dict[str, object]) -> Encounter:
    team = home.team(note.team_id)
    author = home.author(note.by_id, note.at, P.OPERATIONS_ENCOUNTER_REPORT)
    is_member = team.members.filter(officer_id=author.id).exists()
    if not is_member and P.OPERATIONS_ORDER_DRAFT not in author.permissions:
        raise NoteRefused(NOT_HIS)
    lines = [(line, LINE_MAX) for line in (note.met, note.place, note.address)]
    needed = (note.because, note.met, note.place, note.address)
    require_words((note.because, TEXT_MAX), *lines, needed=needed)
    row = Encounter(
        id=note.id,
        unit_code=team.unit_code,
        wilayah=team.wilayah,
        zone=home.zone,
        reported_by=author.name,
        **told,
        **home.mark(note.by_id),
    )
    row.save(force_insert=True)
    return row


def _follow(home: Home, row: Encounter, note: EncounterNote, step: EncounterStepNote) -> None:
    """Let the check take one step that it took at the post."""
    before, after = EncounterState(row.state), step.after
    require_words((step.because, TEXT_MAX))
    if after in CHECKED:
        by = _checked(home, row, note, step)
    elif after is EncounterState.REPORTED:
        by = home.author(step.by_id, step.at, P.OPERATIONS_ENCOUNTER_REPORT).name
    else:
        by = _decided(home, row, step)
    if after is not EncounterState.REPORTED:
        if not may_step(before, after):
            raise NoteRefused(DECIDED)
        row.state = after.value
        row.save(force_update=True)
    EncounterStep(
        encounter=row,
        before="" if after is EncounterState.REPORTED else before.value,
        after=after.value,
        by_id=step.by_id,
        by=by,
        at=step.at,
        because=step.because,
        **home.mark(step.by_id),
    ).save(force_insert=True)
    if after is EncounterState.FOUND:
        owe_order(home.act, row)


def _decided(home: Home, row: Encounter, step: EncounterStepNote) -> str:
    """Note the decision of somebody who could decide, and who had no part in the check."""
    if row.decided_at is not None:
        raise NoteRefused(DECIDED)
    by = home.author(step.by_id, step.at, P.OPERATIONS_ENCOUNTER_DECIDE)
    if home.proven[by.id]:
        raise NoteRefused(DOUBTFUL)
    if by.id == row.reported_by_id or row.team.members.filter(officer_id=by.id).exists():
        raise NoteRefused(OWN)
    require_words(needed=(step.because,))
    row.decided_by_id, row.decided_by = by.id, by.name
    row.decided_at, row.decided_because = step.at, step.because
    return by.name


def _checked(home: Home, row: Encounter, note: EncounterNote, step: EncounterStepNote) -> str:
    """Note the day of the check: between its approval and the report that told of it."""
    by = home.author(step.by_id, step.at, P.FINDINGS_REPORT_SUBMIT)
    is_own = by.id == row.reported_by_id or row.team.members.filter(officer_id=by.id).exists()
    if not is_own:
        raise NoteRefused(NOT_HIS)
    if row.decided_at is None or note.check_on is None:
        raise NoteRefused(DECIDED)
    # A second report of the same check may have moved its day, so the last of them bounds it.
    told = [one.at for one in note.steps if one.after in CHECKED]
    home.require_hour(*told)
    if not home.day(row.decided_at) <= note.check_on <= home.day(max(told)):
        raise NoteRefused(DAY)
    row.check_on = note.check_on
    return by.name
