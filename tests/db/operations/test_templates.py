"""A template is drafted freely, published by another person, never changed after, withdrawn with a reason."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import bayu, citra, dodi, hasan, officer, ratna, surya
from tests.db.operations import templates, world
from timpora.apps.identity.models import Unit
from timpora.apps.operations import actions, queries
from timpora.apps.operations import template_errors as errors
from timpora.apps.operations.errors import ReasonMissing
from timpora.apps.operations.models import (
    Template,
    TemplateAnnex,
    TemplateVersion,
    TemplateWithdrawal,
    VersionAnnex,
)
from timpora.domain.relative_phases import RelativePhase
from timpora.kernel.access import AccessDenied
from timpora.kernel.database.session import acting_as

pytestmark = pytest.mark.django_db
KANWIL = "KANWIL-KALSEL"
yuni = officer("Yuni", "kanim_head", KANWIL, "63")
tono = officer("Tono", "inteldakim_head", KANWIL, "63")


@pytest.fixture(autouse=True)
def offices():
    world.people(surya, yuni, tono)
    Unit.objects.filter(code=KANWIL).update(kind="KANWIL")
    Unit.objects.filter(code=world.BATULICIN).update(parent_id=KANWIL, kind="KANIM")


def listed(by):
    with acting_as(by):
        return {
            row.name: (row.offered.number if row.offered else 0, row.has_draft)
            for row in queries.template_list(by)
        }


def offered(by, *kinds):
    with acting_as(by):
        return [
            row.title for row in queries.versions_offered(by, kinds or ("serentak", "wilayah", "mandiri"))
        ]


def test_another_person_publishes_and_the_last_author_may_not():
    template = templates.begun()
    with pytest.raises(errors.OwnTemplate):
        templates.published(template, by=ratna)
    version = templates.published(template)
    row = TemplateVersion.objects.get(pk=version)
    assert (row.number, row.drafted_by, row.published_by) == (1, "Ratna", "Surya")
    # A change by the director makes him the last author, so that the posko publishes.
    with acting_as(surya):
        actions.template_redraft(surya, template_id=template)
    with pytest.raises(errors.OwnTemplate):
        templates.published(template)
    templates.published(template, by=ratna)
    assert offered(ratna) == ["Jagratara, versi 2"]


def test_who_publishes_says_which_draft_he_saw():
    template = templates.begun()
    seen = templates.seen(template, surya).seen
    templates.asked(template, templates.PLACE)
    with acting_as(surya), pytest.raises(errors.TemplateMoved):
        actions.template_publish(surya, template_id=template, seen=seen)
    with acting_as(ratna), pytest.raises(errors.TemplateMoved):
        actions.template_write(ratna, template_id=template, seen=seen, words=templates.WORDS)
    templates.published(template)
    with pytest.raises(errors.TemplateSettled):
        templates.published(template)
    now = templates.seen(template).seen
    with acting_as(ratna), pytest.raises(errors.TemplateSettled):
        actions.template_write(ratna, template_id=template, seen=now, words=templates.WORDS)


def test_a_published_version_stays_as_it_was_when_the_template_moves_on():
    template, version = templates.jagratara()
    with acting_as(ratna):
        before = queries.version_get(ratna, version)
        actions.template_redraft(ratna, template_id=template)
        with pytest.raises(errors.TemplateDrafted):
            actions.template_redraft(ratna, template_id=template)
        view = queries.template_get(ratna, template)
        words = replace(templates.WORDS, name="Jagratara baru", phases=(RelativePhase("Satu", 0, 1),))
        actions.template_write(ratna, template_id=template, seen=view.seen, words=words)
        view = queries.template_get(ratna, template)
        actions.question_remove(ratna, template_id=template, seen=view.seen, key="jumlah_tka")
        view = queries.template_get(ratna, template)
        annex = view.annexes[0].id
        actions.annex_remove(ratna, template_id=template, seen=view.seen, annex_id=annex)
        assert queries.version_get(ratna, version) == before
        assert queries.annex_get(ratna, annex).data == templates.PDF
    second = templates.published(template)
    with acting_as(ratna):
        after = queries.version_get(ratna, second)
    assert (after.row.number, after.row.words.name, after.annexes) == (2, "Jagratara baru", ())
    assert [one.key for one in after.form.questions] == ["jenis_tempat"]
    assert after.row.digest != before.row.digest


@pytest.mark.parametrize("model", [TemplateVersion, VersionAnnex, TemplateWithdrawal])
def test_the_database_lets_nobody_change_or_remove_what_was_published(model):
    _template, version = templates.jagratara()
    with acting_as(surya):
        actions.version_withdraw(surya, version_id=version, because="Diganti.")
        row = model.objects.first()
        field = "position" if model is VersionAnnex else "because" if model is TemplateWithdrawal else "name"
        for act in (lambda: model.objects.filter(pk=row.pk).update(**{field: 7}), row.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


def test_an_annex_never_changes_and_goes_only_if_no_version_has_it():
    template, _version = templates.jagratara()
    with acting_as(ratna):
        kept = TemplateAnnex.objects.get()
        with pytest.raises(DatabaseError), transaction.atomic():
            TemplateAnnex.objects.filter(pk=kept.pk).update(data=b"lain")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM operations_templateannex; SET CONSTRAINTS ALL IMMEDIATE")
        actions.template_redraft(ratna, template_id=template)
    fresh = templates.annexed(template, data=templates.PDF + b"\n", title="Salah berkas")
    with acting_as(ratna):
        view = queries.template_get(ratna, template)
        assert [one.title for one in view.annexes] == ["Lembar bantu", "Salah berkas"]
        actions.annex_remove(ratna, template_id=template, seen=view.seen, annex_id=fresh)
        assert list(TemplateAnnex.objects.values_list("title", flat=True)) == ["Lembar bantu"]


def test_the_same_file_is_no_second_annex_and_a_stranger_is_none_at_all():
    template = templates.begun()
    templates.annexed(template)
    with pytest.raises(errors.AnnexTwice):
        templates.annexed(template, title="Lagi")
    with pytest.raises(errors.AnnexUnreadable):
        templates.annexed(template, data=b"MZ")
    with pytest.raises(errors.AnnexUnreadable):
        templates.annexed(template, data=templates.PDF + b"\n", title=" ")


def test_no_more_annexes_than_anybody_reads():
    template = templates.begun()
    for n in range(10):
        templates.annexed(template, data=templates.PDF + b"\n" * (n + 1))
    with pytest.raises(errors.AnnexTooMany):
        templates.annexed(template)


def test_questions_are_put_moved_and_taken_out():
    template = templates.begun()
    templates.asked(template, templates.PLACE)
    templates.asked(template, templates.WORKERS)
    templates.asked(template, replace(templates.WORKERS, key="lain"))

    def done(act, **words):
        with acting_as(ratna):
            act(ratna, template_id=template, seen=queries.template_get(ratna, template).seen, **words)
            return [one.key for one in queries.template_get(ratna, template).form.questions]

    swapped = ["jumlah_tka", "jenis_tempat", "lain"]
    assert done(actions.question_move, key="jumlah_tka", by=-1) == swapped
    assert done(actions.question_move, key="jumlah_tka", by=-1) == swapped
    assert done(actions.question_move, key="lain", by=1) == swapped
    assert done(actions.question_move, key="jumlah_tka", by=1) == ["jenis_tempat", "jumlah_tka", "lain"]
    changed = replace(templates.PLACE, text_id="Tempat apa")
    after = done(actions.question_put, question=changed, instead="jenis_tempat")
    assert after == ["jenis_tempat", "jumlah_tka", "lain"]
    assert templates.seen(template).form.questions[0].text_id == "Tempat apa"
    with pytest.raises(errors.TemplateFormUnreadable):
        templates.asked(template, templates.WORKERS)
    with pytest.raises(AccessDenied):
        done(actions.question_move, key="tidak_ada", by=1)
    assert done(actions.question_remove, key="jenis_tempat") == ["jumlah_tka", "lain"]


@pytest.mark.parametrize(
    "words",
    [{"name": " "}, {"kinds": ()}, {"kinds": ("apa saja",)}, {"sop_version": "lapangan-9"},
     {"sop_version": "../sop/lapangan-1"}],
)  # fmt: skip
def test_a_template_that_says_too_little_is_refused(words):
    templates.begun()
    with pytest.raises(errors.TemplateUnreadable):
        templates.begun(**words)


@pytest.mark.parametrize(
    "phase", [RelativePhase("", 0, 1), RelativePhase("A", -1, 1), RelativePhase("A", 0, 0)]
)
def test_phases_that_are_none_are_refused_and_a_version_has_one(phase):
    with pytest.raises(errors.TemplatePhasesUnreadable):
        templates.begun(phases=(phase,))
    template = templates.begun(phases=())
    with pytest.raises(errors.TemplateIncomplete):
        templates.published(template)


def test_a_withdrawn_version_is_offered_no_more_and_says_why():
    template, version = templates.jagratara()
    with acting_as(ratna):
        with pytest.raises(ReasonMissing):
            actions.version_withdraw(ratna, version_id=version, because=" ")
        actions.version_withdraw(ratna, version_id=version, because="SOP diganti.")
        with pytest.raises(errors.VersionWithdrawn):
            actions.version_withdraw(ratna, version_id=version, because="Sekali lagi.")
        told = queries.version_get(ratna, version).row
    assert (told.withdrawn_by, told.withdrawn_because) == ("Ratna", "SOP diganti.")
    assert offered(ratna) == []
    assert listed(ratna) == {"Jagratara": (0, False)}
    # The version before the withdrawn one is offered again.
    with acting_as(ratna):
        actions.template_redraft(ratna, template_id=template)
    templates.published(template)
    assert offered(ratna) == ["Jagratara, versi 2"]


def test_the_centre_s_are_for_all_a_kanwil_s_for_those_under_it_an_office_s_for_itself():
    templates.jagratara()
    _, kanwil = templates.jagratara(tono, yuni, name="Kalsel", kinds=("wilayah", "mandiri"))
    _, office = templates.jagratara(bayu, hasan, name="Batulicin", kinds=("mandiri",))
    assert set(listed(hasan)) == {"Jagratara", "Kalsel", "Batulicin"}
    assert set(listed(yuni)) == {"Jagratara", "Kalsel"}
    assert set(listed(citra)) == {"Jagratara"}
    assert set(listed(surya)) == {"Jagratara"}
    with acting_as(hasan):
        assert queries.version_get(hasan, kanwil).row.words.name == "Kalsel"
    for by, version in ((citra, kanwil), (citra, office), (yuni, office)):
        with acting_as(by), pytest.raises(AccessDenied):
            queries.version_get(by, version)


def test_a_unit_above_keeps_no_template_of_an_office():
    template, version = templates.jagratara(bayu, hasan, kinds=("mandiri",))
    # The territory is the Kanwil's and the country's too; the template is the office's own.
    for by in (yuni, surya):
        with acting_as(by):
            for ask in (
                lambda by: actions.template_redraft(by, template_id=template),
                lambda by: actions.version_withdraw(by, version_id=version, because="Saya."),
            ):
                with pytest.raises(AccessDenied):
                    ask(by)
    with acting_as(hasan):
        actions.template_redraft(hasan, template_id=template)
        actions.version_withdraw(hasan, version_id=version, because="Diganti.")


def test_a_draft_is_nobody_else_s_to_see_or_to_write():
    template = templates.begun()
    annex = templates.annexed(template)
    assert listed(ratna) == {"Jagratara": (0, True)}
    assert listed(hasan) == {}
    for by in (hasan, yuni, citra):
        with acting_as(by):
            for ask in (
                lambda by: queries.template_get(by, template),
                lambda by: queries.annex_get(by, annex),
                lambda by: actions.template_redraft(by, template_id=template),
            ):
                with pytest.raises(AccessDenied):
                    ask(by)
    templates.published(template)
    with acting_as(hasan):
        assert queries.annex_get(hasan, annex).name == "Lembar bantu.pdf"
        # What is published is his to use, and not to keep.
        with pytest.raises(AccessDenied):
            queries.template_get(hasan, template)
        with pytest.raises(AccessDenied):
            actions.template_redraft(hasan, template_id=template)
    with acting_as(dodi), pytest.raises(AccessDenied):
        queries.annex_get(dodi, annex)


def test_a_section_drafts_and_its_head_publishes():
    template = templates.begun(bayu, kinds=("mandiri",))
    with pytest.raises(AccessDenied):
        templates.published(template, by=bayu)
    assert templates.published(template, by=hasan)


@pytest.mark.parametrize(
    ("by", "kinds"), [(bayu, ("serentak",)), (bayu, ("wilayah",)), (tono, ("serentak",))]
)
def test_no_template_is_for_what_its_own_people_cannot_open(by, kinds):
    templates.begun(by, kinds=("mandiri",))
    with pytest.raises(errors.TemplateUnreadable):
        templates.begun(by, kinds=kinds)


def test_the_wall_of_the_database_shows_downwards_and_lets_none_write_upwards():
    template, version = templates.jagratara()
    mine = templates.begun(bayu, kinds=("mandiri",))
    with acting_as(citra):
        assert list(Template.objects.values_list("pk", flat=True)) == [template]
        assert Template.objects.filter(pk=template).update(name="Lain") == 0
        assert not Template.objects.filter(pk=mine).exists()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM operations_templateannex")
            assert cursor.rowcount == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            TemplateWithdrawal.objects.create(
                version_id=version, by_id=citra.id, by="Citra", at="2024-08-21T00:00Z", because="Begitu saja."
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            Template.objects.create(
                unit_code="DITJEN", unit_name="x", wilayah="ID", name="Palsu", kinds=["mandiri"],
                sop_version="lapangan-1",
                changed_by_id=citra.id, changed_by="Citra", changed_at="2024-08-21T00:00Z",
            )  # fmt: skip
    with acting_as(yuni):
        assert Template.objects.filter(pk=mine).exists()


def test_the_list_asks_the_database_as_often_for_many_as_for_one(django_assert_num_queries):
    templates.jagratara()
    with acting_as(ratna), django_assert_num_queries(3):
        queries.template_list(ratna)
    for n in range(3):
        templates.jagratara(name=f"Templat {n}")
    with acting_as(ratna), django_assert_num_queries(3):
        assert len(queries.template_list(ratna)) == 4
