"""P26: a human met where the register does not know him is recognised at take-over, and sheltered at home.

Home is Palembang, whose register knows LI WEI and has a case on him; he is met in Batulicin.
"""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.cast import PALEMBANG, arif, citra, dodi, installer, lestari, machine, officer
from tests.db.cases import folder
from tests.db.cases.folder import CHARGE, CLEAR, CONFERENCE, SIGNS, TODAY, WORDS, bayu
from tests.db.cases.test_alike import ROLES, History, undone
from tests.db.findings.field import BUDI, MRZ, at_work, visit
from tests.web import signed_in
from timpora.apps.cases import actions, errors, queries
from timpora.apps.cases.models import Case, Party, ProtectionReferral, ReferralStep
from timpora.apps.findings import queries as findings
from timpora.apps.findings.actions import report_submit
from timpora.apps.findings.types import Outcome
from timpora.apps.identity import actions as identity
from timpora.apps.identity.models import Unit
from timpora.apps.identity.types import NewUnit
from timpora.apps.indications import actions as indications
from timpora.apps.indications.models import Indication
from timpora.apps.registry import actions as registry
from timpora.apps.registry.types import NewStay, Source
from timpora.domain.states import CaseState, ReferralState
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db

HOME = "16.71"
citra = replace(citra, nip="198101012006042001")
head = replace(officer("Yusuf", "kanim_head", "KANIM-PALEMBANG", *PALEMBANG), nip="197101011996031002")
screener = officer("Tari", "investigator_ppns", "KANIM-PALEMBANG", *PALEMBANG)
melati = officer("Melati", "victim_protection_officer", "DITJEN", "ID")
nining = officer("Nining", "victim_protection_officer", "KANIM-BATULICIN", "63.10")
at_home = officer("Sekar", "victim_protection_officer", "KANIM-PALEMBANG", HOME)
TOLD = replace(
    BUDI,
    name="WEI LI",
    document_number="e 1234567",
    document_state="CHN",
    birth_text="12-03-1985",
    outcome=Outcome.PROTECTION,
    signs=("Upah ditahan",),
    note="Ia takut.",
)


@pytest.fixture(autouse=True)
def office():
    folder.office()
    home_office()


def home_office():
    with acting_as(installer):
        unit = NewUnit("KANIM-PALEMBANG", "Kantor Imigrasi Palembang", "KANIM", HOME, areas=PALEMBANG)
        identity.units_load(installer, units=[unit])
        words = {"address": "Jalan Contoh 2, Palembang", "place": "Palembang", "code": "W.6.IMI.IMI.1"}
        Unit.objects.filter(code="KANIM-PALEMBANG").update(letterhead=words)


def do(actor, deed, **given):
    with acting_as(actor):
        return deed(actor, **given)


def li_wei(**words):
    """Return what Palembang's lists tell of LI WEI."""
    row = folder.overstayer()
    stay = NewStay(starts=row.facts[1].starts, lodging="Ebony", wilayah="16.71.01")
    return replace(row, facts=(row.facts[0], stay), **words)


def listed(row, place=HOME):
    with acting_as(machine):
        registry.records_add(machine, source=Source("HOTEL", "Laporan hotel", TODAY, (place,)), records=[row])
    return row


def indicated(row):
    listed(row)
    with acting_as(machine):
        indications.rules_run(machine, on=TODAY)
        found = Indication.objects.filter(person_id=row.person).latest("found_at")
    do(
        citra,
        indications.verdict_give,
        indication_id=found.pk,
        kind="terverifikasi",
        because="Sudah dicek.",
        ruled_out=found.innocent,
    )
    return found.pk


def screened(row, screening=CLEAR):
    case = do(citra, actions.case_open, indication_id=indicated(row), because="Overstay nyata.")
    do(citra, actions.party_correct, case_id=case, words=WORDS)
    do(screener, actions.screening_record, case_id=case, screening=screening)
    return case


def decided(row):
    case = screened(row)
    do(citra, actions.conference_record, case_id=case, conference=CONFERENCE)
    do(citra, actions.measure_propose, case_id=case, proposal=CHARGE)
    do(head, actions.measure_decide, case_id=case, version=1, because="Setuju.")
    return case


def met(told=TOLD):
    """Let Dodi report in Batulicin whom he met; return what protection finds of it."""
    report = visit(*at_work(), told)
    do(dodi, report_submit, report=report)
    with acting_as(lestari):
        return next(s.checked_id for s in findings.protection_list(lestari) if s.report_id == report.id)


def taken(told=TOLD, by=lestari):
    return do(by, actions.signs_take, checked_id=met(told))


def stands(case):
    with acting_as(lestari):
        row = Case.objects.get(pk=case)
    return row.state, row.is_sealed


def returned(case, by=lestari, confirmed=melati):
    with acting_as(by):
        (referral,) = queries.referral_list(by, case)
    if referral.state is ReferralState.WAITING:
        do(by, actions.referral_take, referral_id=referral.id)
    do(by, actions.review_record, referral_id=referral.id, screening=CLEAR, because="Bukan.")
    do(confirmed, actions.return_confirm, referral_id=referral.id, because="Benar.")


SHELTERED, UNTOUCHED = (CaseState.SHELTERED, True), (CaseState.SCREENED, False)
BY_ZONE = {"name": "", "document_number": "", "birth_text": "", "mrz": MRZ}


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (TOLD, {}),
        (replace(TOLD, document_state="", name="LI"), {}),
        (
            replace(TOLD, **BY_ZONE),
            {"name": "ERIKSSON ANNA", "birth": "1974-08-12", "document_number": "L898902C3"},
        ),
    ],
)
def test_the_case_at_home_is_closed_by_a_take_over_elsewhere(told, known):
    case = screened(li_wei(**known))
    protected = taken(told)
    assert stands(case) == SHELTERED
    with acting_as(citra):
        assert queries.case_get(citra, case).is_closed_to_reader
    with acting_as(lestari):
        # The case from the field goes on naming nobody, for it may open again to its own office.
        assert Party.objects.get(pk=protected).person_id is None
        assert queries.referral_list(lestari, case)[0].note == "Upah ditahan · Ia takut."


@pytest.mark.parametrize(
    "told",
    [
        replace(TOLD, document_number="E7654321"),
        replace(TOLD, birth_text="13-03-1985"),
        replace(TOLD, birth_text="1985"),
        replace(TOLD, birth_text=""),
        replace(TOLD, birth_text="entah"),
        replace(TOLD, name="JOHN SMITH"),
        replace(TOLD, name=""),
    ],
)
def test_whoever_is_not_surely_the_same_is_nobody(told):
    case = screened(li_wei())
    taken(told)
    assert stands(case) == UNTOUCHED


def test_two_humans_of_one_document_are_nobody():
    case = screened(li_wei())
    listed(replace(li_wei(), id=uuid4(), person=uuid4()), place="51.71")
    taken()
    assert stands(case) == UNTOUCHED


def test_one_human_under_two_identifiers_is_one():
    first, second = li_wei(), li_wei(name="LI WEY", document_number="E7777777")
    case = screened(second)
    listed(first)
    do(citra, registry.person_merge, keep=first.person, absorb=second.person, because="Satu orang.")
    taken()
    assert stands(case) == SHELTERED


def test_a_decision_at_home_stands_and_is_held_until_the_return():
    case = decided(li_wei())
    protected = taken()
    assert stands(case) == (CaseState.DECIDED, False)
    with pytest.raises(errors.MeasureHeld):
        do(citra, actions.letter_deliver, case_id=case, delivery=folder.DELIVERED)
    with pytest.raises(DatabaseError), acting_as(citra), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET state = 'disampaikan' WHERE id = %s", [case])
    returned(protected)
    do(citra, actions.letter_deliver, case_id=case, delivery=folder.DELIVERED)


def test_a_case_opened_afterwards_at_home_was_dealt_with_already():
    found = indicated(li_wei())
    protected = taken()
    with pytest.raises(errors.CaseHandled):
        do(citra, actions.case_open, indication_id=found, because="x")
    returned(protected)
    assert do(citra, actions.case_open, indication_id=found, because="x")


def test_a_case_at_home_of_somebody_not_recognised_is_opened():
    found = indicated(li_wei())
    taken(replace(TOLD, birth_text="13-03-1985"))
    assert do(citra, actions.case_open, indication_id=found, because="x")


def test_signs_that_a_screening_heard_away_from_home_close_the_case_at_home_at_take_over():
    case = screened(li_wei())
    report = visit(*at_work(), replace(TOLD, outcome=Outcome.ADVISED, signs=()))
    do(dodi, report_submit, report=report)
    with acting_as(bayu):
        (one,) = findings.report_get(bayu, report.id).checked
    away = do(bayu, actions.case_open, report_id=report.id, checked_id=one.id, because="x")
    do(folder.intan, actions.screening_record, case_id=away, screening=SIGNS)
    assert stands(case) == UNTOUCHED
    with acting_as(lestari):
        (referral,) = queries.referral_list(lestari, away)
    do(lestari, actions.referral_take, referral_id=referral.id)
    assert stands(case) == SHELTERED
    returned(case)
    assert {stands(one) for one in (case, away)} == {SHELTERED}
    returned(away)
    assert {stands(one) for one in (case, away)} == {UNTOUCHED}


def test_a_regional_officer_shelters_at_home_what_protection_there_then_takes_over():
    case = screened(li_wei())
    protected = taken(by=nining)
    assert stands(case) == SHELTERED
    with acting_as(nining):
        assert [row.case_id for row in queries.protection_desk(nining).referrals] == [protected]
        with pytest.raises(AccessDenied):
            queries.case_get(nining, case)
        assert not Case.objects.filter(pk=case).exists()
    with acting_as(at_home):
        (waiting,) = queries.protection_desk(at_home).referrals
        assert (waiting.case_id, waiting.state) == (case, ReferralState.WAITING)
    second = officer("Ayu", "victim_protection_officer", "KANIM-BATULICIN", "63.10")
    returned(protected, nining, second)
    assert stands(protected) == SHELTERED
    third = officer("Laras", "victim_protection_officer", "KANIM-PALEMBANG", HOME)
    returned(case, at_home, third)
    assert {stands(one) for one in (case, protected)} == {UNTOUCHED}


def test_who_was_recognised_is_read_under_the_seal_alone():
    row = li_wei()
    screened(row)
    taken()
    with acting_as(lestari):
        assert ReferralStep.objects.filter(person_id=row.person).count() == 1
    for reader in (bayu, citra, dodi, arif, nining):
        with acting_as(reader):
            visible = ReferralStep.objects.filter(person_id=row.person)
            assert visible.count() == (1 if reader is nining else 0)
            assert ProtectionReferral.objects.filter(wilayah__startswith="16").count() == 0


class Afar(History):
    """A case at home and somebody met elsewhere, with the same people doing the same."""

    def __init__(self, *, screening, told) -> None:
        self.minute = 0
        folder.office()
        home_office()
        row = li_wei()
        self.person = row.person
        self.case = self.at(lambda: screened(row, screening))
        checked = self.at(lambda: met(told))
        self.do(lestari, lambda: actions.signs_take(lestari, checked_id=checked))
        self.do(lestari, self.rest)

    def rest(self) -> None:
        for one in queries.referral_list(lestari, self.case):
            if one.state is ReferralState.WAITING:
                actions.referral_take(lestari, referral_id=one.id)

    def pages(self) -> list[tuple[str, dict[str, str]]]:
        log, listing = reverse("accountability:log"), reverse("cases:list")
        return [
            ("/", {}),
            (listing, {}),
            (listing, {"keadaan": CaseState.CLOSED.value}),
            (reverse("cases:page", args=[self.case]), {}),
            (reverse("registry:person", args=[self.person]), {}),
            (log, {"perbuatan": "cases:"}),
            (log, {"tentang": str(self.case)}),
        ]


def looked(history, unit, place):
    """Collect what every role sees of a history from this place, each look at an instant of its own."""
    found = {}
    for role in ROLES:
        client = signed_in(Client(), officer(f"{role} {unit}", role, unit, place))
        for at, page in enumerate(history.pages()):
            answer = history.at(lambda client=client, page=page: client.get(*page))
            found[role, at] = [str(answer.status_code), *history.plain(answer.content.decode())]
    return found


def lived(unit, place, **given):
    with undone():
        return looked(Afar(**given), unit, place)


def unlike(one, other):
    """Return by role and page the lines that one of two histories has and the other has not."""
    lines = {key: (set(one[key]) - set(other[key]), set(other[key]) - set(one[key])) for key in one}
    return {key: told for key, told in lines.items() if one[key] != other[key]}


UNLIKE = replace(TOLD, birth_text="13-03-1985")
SENDER, AT_HOME = ("KANIM-BATULICIN", "63.10"), ("KANIM-PALEMBANG", "ID")


def test_where_the_human_was_met_nobody_learns_whether_the_register_knew_him_elsewhere():
    known, unknown = (lived(*SENDER, screening=CLEAR, told=told) for told in (TOLD, UNLIKE))
    assert unlike(known, unknown) == {}
    assert any("200" in page for page in known.values())


def test_at_home_the_case_looks_like_one_whose_own_screen_closed_it():
    """Compared with the sight of the whole country, so that nobody sees more."""
    afar = lived(*AT_HOME, screening=CLEAR, told=TOLD)
    own = lived(*AT_HOME, screening=SIGNS, told=UNLIKE)
    assert unlike(afar, own) == {}


def test_the_comparison_can_fail():
    assert unlike(*(lived(*AT_HOME, screening=CLEAR, told=told) for told in (TOLD, UNLIKE)))
