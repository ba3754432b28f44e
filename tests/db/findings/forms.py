"""An operation with a report form of every kind of question."""

from uuid import UUID

from tests.cast import ratna
from timpora.apps.operations.models import Operation
from timpora.kernel.database.session import acting_as

FORM = {
    "questions": [
        {
            "key": "hunian",
            "kind": "pilihan",
            "text_id": "Apa bangunannya?",
            "text_en": "What is the building?",
            "is_required": True,
            "choices": [
                {"key": "mes", "text_id": "Mes pekerja", "text_en": "Workers' lodging"},
                {"key": "rumah", "text_id": "Rumah"},
            ],
        },
        {
            "key": "terlihat",
            "kind": "pilihan_banyak",
            "text_id": "Apa yang terlihat?",
            "choices": [{"key": "alat", "text_id": "Alat berat"}, {"key": "dapur", "text_id": "Dapur umum"}],
        },
        {"key": "gerbang", "kind": "ya_tidak", "text_id": "Apakah gerbang dijaga?"},
        {"key": "kamar", "kind": "angka", "text_id": "Berapa kamar?", "max": 500, "help_id": "Yang dihuni."},
        {"key": "uraian", "kind": "teks", "text_id": "Uraikan tempatnya.", "max_length": 200},
        {"key": "sejak", "kind": "tanggal", "text_id": "Sejak kapan dipakai?", "asked_for": ["pemeriksaan"]},
    ]
}
ANSWERS = {
    "hunian": "mes",
    "terlihat": ["alat", "dapur"],
    "gerbang": False,
    "kamar": 12,
    "uraian": "Di belakang gudang.",
    "sejak": "2024-02-29",
}


def with_form(operation: UUID, form: dict[str, object] = FORM) -> UUID:
    """Give an operation of the tests a form, as it has one that was opened from a template."""
    with acting_as(ratna):
        assert Operation.objects.filter(pk=operation).update(report_form=form) == 1
    return operation
