"""Templates for tests: Jagratara of the centre, drafted by the posko and published by the director."""

from dataclasses import replace
from uuid import UUID

from tests.cast import ratna, surya
from timpora.apps.operations import actions, queries
from timpora.apps.operations.types import TemplateView, TemplateWords
from timpora.domain.relative_phases import RelativePhase
from timpora.domain.report_forms import Choice, Question, QuestionKind
from timpora.kernel.access import Actor
from timpora.kernel.database.session import acting_as

WORDS = TemplateWords(
    name="Jagratara",
    kinds=("serentak", "wilayah", "mandiri"),
    instruction="Laporkan setiap kunjungan hari itu juga.",
    sop_version="lapangan-1",
    phases=(RelativePhase("Tahap II", 0, 3, 2), RelativePhase("Tahap III", 30, 2)),
)
PLACE = Question(
    key="jenis_tempat",
    kind=QuestionKind.ONE,
    text_id="Jenis tempat yang dikunjungi",
    text_en="Kind of place visited",
    choices=(Choice("mes", "Mes karyawan", "Staff quarters"), Choice("hotel", "Hotel", "Hotel")),
    asked_for=("pemeriksaan", "nihil"),
)
WORKERS = Question(
    key="jumlah_tka",
    kind=QuestionKind.NUMBER,
    text_id="Jumlah TKA menurut penanggung jawab",
    text_en="Foreign workers according to the person in charge",
    min=0,
    max=9_999,
    asked_for=("pemeriksaan",),
)
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def seen(template: UUID, by: Actor = ratna) -> TemplateView:
    """Return a template as its keeper sees it."""
    with acting_as(by):
        return queries.template_get(by, template)


def begun(by: Actor = ratna, **words: object) -> UUID:
    """Begin a template with words."""
    with acting_as(by):
        return actions.template_begin(by, words=replace(WORDS, **words))


def asked(template: UUID, question: Question, by: Actor = ratna) -> None:
    """Add a question."""
    with acting_as(by):
        actions.question_put(by, template_id=template, seen=seen(template, by).seen, question=question)


def annexed(template: UUID, data: bytes = PDF, by: Actor = ratna, title: str = "Lembar bantu") -> UUID:
    """Add an annex."""
    with acting_as(by):
        return actions.annex_add(
            by, template_id=template, seen=seen(template, by).seen, title=title, name="a.pdf", data=data
        )


def published(template: UUID, by: Actor = surya) -> UUID:
    """Publish the draft as it stands."""
    with acting_as(by):
        return actions.template_publish(by, template_id=template, seen=seen(template, by).seen)


def jagratara(by: Actor = ratna, publisher: Actor = surya, **words: object) -> tuple[UUID, UUID]:
    """Return a template and its version 1, with two questions and an annex."""
    template = begun(by, **words)
    asked(template, PLACE, by)
    asked(template, WORKERS, by)
    annexed(template, by=by)
    return template, published(template, publisher)
