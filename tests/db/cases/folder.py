"""A case of an invented person, brought as far as a test needs it."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from tests.again import again
from tests.cast import bayu, hasan, installer, intan, machine
from timpora.apps.cases import actions
from timpora.apps.cases.types import Manner, NewConference, NewDelivery, NewProposal, NewScreening, PartyWords
from timpora.apps.identity import actions as identity
from timpora.apps.identity.models import Unit
from timpora.apps.identity.types import NewUnit
from timpora.apps.indications import actions as indications
from timpora.apps.indications.models import Indication
from timpora.apps.registry import actions as registry
from timpora.apps.registry.types import NewPermit, NewRecord, NewStay, Source
from timpora.domain.measures import ConferenceReason, Ground, MeasureKind
from timpora.domain.particulars import Particulars
from timpora.domain.protection import QUESTIONS, Block, Reply
from timpora.kernel.database.session import acting_as

TODAY = date(2024, 8, 22)
SOURCE = Source("HOTEL", "Laporan hotel", date(2024, 8, 20), ("63.10",))
hasan = replace(hasan, nip="197001011995031001")
bayu = replace(bayu, nip="198001012005031001")
intan = replace(intan, nip="198501012010032001")
WORDS = PartyWords(
    name="LI WEI",
    sex="Laki-laki",
    born="Fuzhou, 12 Maret 1985",
    nationality="Tiongkok",
    travel_document="Paspor E1234567",
    stay_permit="Izin tinggal terbatas, berlaku s.d. 10 Juni 2024",
    address="Penginapan Ebony, Simpang Empat",
)
HEARD = {q.code: Reply.YES if q.block is Block.SETTING else Reply.NO for q in QUESTIONS}
CLEAR = NewScreening(HEARD, "Mandarin, juru bahasa Sari")
UNFINISHED = NewScreening(HEARD | {"utang": Reply.UNKNOWN}, "Mandarin")
SIGNS = NewScreening(HEARD | {"dokumen_ditahan": Reply.YES}, "Mandarin", note="Paspor dipegang mandor.")
REFUGE = NewScreening(HEARD | {"takut_pulang": Reply.YES}, "Inggris")
CONFERENCE = NewConference(
    TODAY,
    "Hasan",
    ("Bayu, Kepala Seksi Inteldakim", "Intan, PPNS"),
    ConferenceReason.EVIDENCE_SHORT,
    "Alat bukti pidana belum cukup.",
)
NOTHING = NewProposal(MeasureKind.NONE, Ground.NONE, "Keterangan penjamin menjelaskan keadaannya.")
CHARGE = NewProposal(
    MeasureKind.CHARGE, Ground.OVERSTAY_CHARGE, "Baru pertama kali dan bersedia membayar biaya beban."
)
DEPORT = NewProposal(
    MeasureKind.DEPORTATION,
    Ground.OVERSTAY_DEPORTATION,
    "Overstay melampaui 60 hari dan tidak ada alasan yang meringankan.",
    wants_ban=True,
    particulars=Particulars(destination="Tiongkok"),
)
DELIVERED = NewDelivery(TODAY, "LI WEI", Manner.IN_PERSON)


@again
def office() -> None:
    """Store the office whose letterhead the letters bear."""
    with acting_as(installer):
        units = [NewUnit("KANIM-BATULICIN", "Kantor Imigrasi Batulicin", "KANIM", "63.10", areas=("63.10",))]
        identity.units_load(installer, units=units)
        head = {"address": "Jalan Contoh 1, Simpang Empat", "place": "Batulicin", "code": "W.19.IMI.IMI.2"}
        Unit.objects.filter(code="KANIM-BATULICIN").update(letterhead=head)


def overstayer(*, last_day_before: date = date(2024, 8, 11), name: str = "LI WEI") -> NewRecord:
    """Return somebody still reported present after the permit; `last_day_before` is the first day without."""
    facts = (
        NewPermit(kind="ITAS", starts=date(2023, 8, 11), ends=last_day_before, guarantor="PT Contoh"),
        NewStay(starts=date(2024, 8, 18), lodging="Ebony", wilayah="63.10.01"),
    )
    return NewRecord(
        id=uuid4(),
        person=uuid4(),
        name=name,
        birth="1985-03-12",
        birth_place="Fuzhou",
        sex="L",
        nationality="CHN",
        document_kind="paspor",
        document_number="E1234567",
        document_state="CHN",
        facts=facts,
    )


@again
def indicated(row: NewRecord | None = None) -> UUID:
    """Return an indication on the person that Bayu has verified."""
    row = row or overstayer()
    with acting_as(machine):
        registry.records_add(machine, source=SOURCE, records=[row])
        indications.rules_run(machine, on=TODAY)
        found = Indication.objects.filter(person_id=row.person).latest("found_at")
    with acting_as(bayu):
        indications.verdict_give(
            bayu,
            indication_id=found.pk,
            kind="terverifikasi",
            because="Sudah dicek.",
            ruled_out=found.innocent,
        )
    return found.pk


@again
def opened(row: NewRecord | None = None) -> UUID:
    """Return a case opened by Bayu with the words its letter needs."""
    found = indicated(row)
    with acting_as(bayu):
        case = actions.case_open(bayu, indication_id=found, because="Overstay nyata.")
        actions.party_correct(bayu, case_id=case, words=WORDS)
    return case


@again
def screened(screening: NewScreening = CLEAR, row: NewRecord | None = None) -> UUID:
    """Return a case that Intan has screened."""
    case = opened(row)
    with acting_as(intan):
        actions.screening_record(intan, case_id=case, screening=screening)
    return case


@again
def conferred(row: NewRecord | None = None) -> UUID:
    """Return a case whose conference was held."""
    case = screened(row=row)
    with acting_as(bayu):
        actions.conference_record(bayu, case_id=case, conference=CONFERENCE)
    return case


@again
def proposed(proposal: NewProposal = CHARGE, row: NewRecord | None = None) -> UUID:
    """Return a case with a measure proposed by Bayu."""
    case = conferred(row)
    with acting_as(bayu):
        actions.measure_propose(bayu, case_id=case, proposal=proposal)
    return case


@again
def decided(proposal: NewProposal = CHARGE, row: NewRecord | None = None) -> UUID:
    """Return a case on which Hasan has decided."""
    case = proposed(proposal, row)
    with acting_as(hasan):
        actions.measure_decide(hasan, case_id=case, version=1, because="Setuju dengan usulan.")
    return case


@again
def delivered(proposal: NewProposal = CHARGE) -> UUID:
    """Return a case whose decision was handed over today."""
    case = decided(proposal)
    with acting_as(bayu):
        actions.letter_deliver(bayu, case_id=case, delivery=DELIVERED)
    return case
