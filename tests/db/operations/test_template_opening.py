"""An operation opened from a template keeps its SOP version, report form and annexes."""

from dataclasses import replace

import pytest

from tests.cast import bayu, citra, dodi, hasan, officer, ratna, surya
from tests.db.operations import templates, world
from timpora.apps.operations import actions, queries
from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.report_forms import form_of
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
rina = officer("Rina", "timpora_secretary", world.BATULICIN, "63.10")


@pytest.fixture(autouse=True)
def offices():
    world.people(surya, rina)


def opened(version, by=ratna, **words):
    with acting_as(by):
        return actions.operation_open(by, new=replace(world.NEW, template_version=version, **words))


def test_the_operation_keeps_sop_form_and_annexes_of_the_version():
    template, version = templates.jagratara()
    operation = opened(version)
    with acting_as(ratna):
        actions.template_redraft(ratna, template_id=template)
        now = queries.template_get(ratna, template)
        words = replace(templates.WORDS, sop_version="lapangan-2")
        actions.template_write(ratna, template_id=template, seen=now.seen, words=words)
        now = queries.template_get(ratna, template)
        actions.question_remove(ratna, template_id=template, seen=now.seen, key="jumlah_tka")
        now = queries.template_get(ratna, template)
        (annex,) = now.annexes
        actions.annex_remove(ratna, template_id=template, seen=now.seen, annex_id=annex.id)
    templates.published(template)
    with acting_as(ratna):
        actions.version_withdraw(ratna, version_id=version, because="Diganti.")
    with acting_as(bayu):
        view = queries.operation_get(bayu, operation)
        kept = queries.operation_template(bayu, operation)
        assert queries.operation_annex(bayu, operation, annex.id).data == templates.PDF
    assert (view.sop_version, view.template_title) == ("lapangan-1", "Jagratara, versi 1")
    assert [one.key for one in form_of(operation).questions] == ["jenis_tempat", "jumlah_tka"]
    assert kept.form == form_of(operation)
    assert [one.title for one in kept.annexes] == ["Lembar bantu"]
    assert kept.version.withdrawn_because == "Diganti."


def test_without_a_template_all_is_as_before():
    operation = opened(None)
    with acting_as(bayu):
        view = queries.operation_get(bayu, operation)
        kept = queries.operation_template(bayu, operation)
    assert (view.sop_version, view.template_version) == (queries.SOP_IN_FORCE, None)
    assert form_of(operation).questions == ()
    assert (kept.version, kept.title, kept.form.questions, kept.annexes) == (None, "", (), ())


def test_a_withdrawn_version_or_one_for_another_kind_opens_nothing():
    _, version = templates.jagratara()
    _, own = templates.jagratara(name="Kantor", kinds=("mandiri",))
    with pytest.raises(errors.VersionUnfit):
        opened(own)
    assert opened(own, by=hasan, kind="mandiri", name="Sendiri")
    with acting_as(surya):
        actions.version_withdraw(surya, version_id=version, because="Diganti.")
    with pytest.raises(errors.VersionWithdrawn):
        opened(version)


def test_nobody_opens_from_a_template_that_is_not_for_him():
    _, version = templates.jagratara(bayu, hasan, kinds=("mandiri",))
    with pytest.raises(AccessDenied):
        opened(version, by=officer("Citra kepala", "kanim_head", world.PALEMBANG, "16.71"), kind="mandiri")
    assert opened(version, by=hasan, kind="mandiri")


def test_an_annex_is_for_whoever_reads_the_operation_and_for_nobody_else():
    _, version = templates.jagratara(bayu, hasan, kinds=("mandiri",))
    operation = opened(version, by=hasan, kind="mandiri")
    other = opened(templates.jagratara(name="Lain")[1], name="Lain")
    with acting_as(bayu):
        annex = queries.operation_template(bayu, operation).annexes[0].id
    # The centre and the secretary of the team read the operation, though the template is not theirs to use.
    for by in (ratna, rina, bayu):
        with acting_as(by):
            assert queries.operation_annex(by, operation, annex).name == "Lembar bantu.pdf"
            with pytest.raises(AccessDenied):
                queries.operation_annex(by, other, annex)
    for by in (citra, dodi):
        with acting_as(by), pytest.raises(AccessDenied):
            queries.operation_annex(by, operation, annex)
