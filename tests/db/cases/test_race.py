"""Eight officers at once: one decision, one letter, one step (P23)."""

from collections import Counter
from dataclasses import replace
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from tests.committed import committing
from tests.db.cases import folder
from tests.db.cases.folder import CHARGE, bayu, hasan, intan
from timpora.apps.cases import actions, errors
from timpora.apps.cases.models import Case, Countersign, Decision, Proposal, Step
from timpora.config.settings_test import APP_ROLE
from timpora.domain.states import CaseState
from timpora.kernel.database.session import acting_as
from timpora.kernel.documents.models import StoredLetter
from timpora.kernel.errors import Refusal

OFFICERS = 8
pytestmark = pytest.mark.xdist_group("committing")


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    with committing(django_db_blocker, APP_ROLE):
        folder.office()
        yield folder.proposed()


def all_at_once(deed):
    """Let eight threads do `deed(number)` at one moment; return what became of each."""
    together, told = Barrier(OFFICERS), Counter()

    def run(number):
        together.wait()
        try:
            deed(number)
            told["done"] += 1
        except Refusal as refusal:
            told[type(refusal)] += 1
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(OFFICERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_eight_heads_decide_once(committed):
    def decide(number):
        head = replace(hasan, id=uuid4(), name=f"Kepala {number}")
        with acting_as(head):
            actions.measure_decide(head, case_id=committed, version=1, because="Setuju.")

    assert all_at_once(decide) == {"done": 1, errors.CaseMoved: OFFICERS - 1}
    with acting_as(bayu):
        assert Decision.objects.filter(case_id=committed).count() == 1
        assert Step.objects.filter(case_id=committed, after=CaseState.DECIDED).count() == 1
        assert StoredLetter.objects.filter(subject_id=str(committed)).count() == 1


def test_a_decision_and_an_edit_at_once_leave_no_decision_on_a_lost_version(committed):
    def either(number):
        who = replace(hasan, id=uuid4()) if number % 2 else bayu
        with acting_as(who):
            if number % 2:
                actions.measure_decide(who, case_id=committed, version=1, because="Setuju.")
            else:
                actions.measure_propose(who, case_id=committed, proposal=CHARGE)

    told = all_at_once(either)
    with acting_as(bayu):
        newest = Proposal.objects.filter(case_id=committed).latest("version")
        made = list(Decision.objects.filter(case_id=committed))
        case = Case.objects.get(pk=committed)
    assert told["done"] >= 1
    assert [d.proposal_id for d in made] in ([], [newest.pk])
    assert case.state == (CaseState.DECIDED if made else CaseState.PROPOSED)


def test_initials_are_put_once(committed):
    def sign(_number):
        with acting_as(intan):
            actions.measure_countersign(intan, case_id=committed, version=1)

    assert all_at_once(sign) == {"done": 1, errors.AlreadySigned: OFFICERS - 1}
    with acting_as(bayu):
        assert Countersign.objects.filter(case_id=committed).count() == 1
