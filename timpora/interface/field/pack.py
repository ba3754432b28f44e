"""What the form carries into the field as one JSON value: own tasks, words, the clock. Nothing else (F46)."""

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from timpora.apps.findings.types import DOUBTS, FINDINGS, OUTCOMES, SENDABLE, Outcome
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import TaskTarget
from timpora.domain.territory import ZONE_LABELS
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, holds

HINTS: Final = {
    Outcome.COMPLIANT: _("Dokumen, izin, alamat, dan kegiatan cocok."),
    Outcome.ADVISED: _("Perubahan data perlu dilaporkan sendiri."),
    Outcome.PASSPORT_RETAINED: _("Beri STP kepada yang bersangkutan."),
    Outcome.BROUGHT_IN: _("Untuk diperiksa lebih lanjut dengan berita acara."),
    Outcome.PROTECTION: _("Ada tanda korban. Hanya petugas pelindungan yang membacanya."),
    Outcome.REFUGEE_NOTED: _("Kartu UNHCR atau pernyataan lisan."),
    Outcome.NOT_MET: _("Namanya ada dalam tugas, orangnya tidak ada di tempat."),
}
SIGNS: Final = (
    _("Paspor dipegang orang lain"),
    _("Tidak boleh pergi sendiri"),
    _("Upah ditahan atau terlilit utang"),
    _("Diancam atau dianiaya"),
    _("Jawaban dituntun orang lain"),
    _("Di bawah 18 tahun"),
)


def pack(actor: Actor) -> dict[str, object]:
    """Return everything the page works with until the network is back."""
    main = actor.main
    return {
        "officer": {"id": str(actor.id), "name": actor.name, "unit": main.unit_name if main else ""},
        "now": clock.now().isoformat(),
        "is_simulated": clock.is_simulated(),
        "tasks": [_task(task) for task in operations.task_list(actor)],
        "offices": _offices(actor),
        "outcomes": [
            {"code": str(code), "label": str(OUTCOMES[code]), "hint": str(HINTS.get(code, ""))}
            for code in SENDABLE
        ],
        "findings": [{"code": str(code), "label": str(label)} for code, label in FINDINGS.items()],
        "doubts": {str(code): str(label) for code, label in DOUBTS.items()},
        "signs": [str(sign) for sign in SIGNS],
        "words": {key: gettext(text) for key, text in WORDS.items()},
    }


def _task(task: TaskTarget) -> dict[str, object]:
    target = task.target
    return {
        "target": str(target.id),
        "operation": str(target.operation_id),
        "code": target.code,
        "name": target.name,
        "address": target.address,
        "lat": target.lat,
        "lng": target.lng,
        "ground": task.ground,
        "ground_text": target.ground_text,
        "checks": target.checks,
        "order": task.order_number,
        "order_url": reverse("field:order", args=[task.order_id]),
        "team": task.team_name,
        "first_day": f"{task.first_day:%d-%m-%Y}",
        "last_day": f"{task.last_day:%d-%m-%Y}",
        "zone": task.zone,
        "zone_label": ZONE_LABELS.get(task.zone, ""),
        "steps": [
            {"code": step.code, "title": step.title, "note": step.note, "is_gate": step.is_gate}
            for step in task.steps
        ],
        "persons": [
            {
                "id": str(person.id),
                "name": person.name,
                "document": person.document,
                "birth": person.birth,
                "permit": person.permit,
                "as_of": _instant(person.as_of),
            }
            for person in task.persons
        ],
    }


def _instant(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _offices(actor: Actor) -> list[dict[str, str]]:
    """Return the operations in which the actor may say that the whole office is nil."""
    mine = {grant.unit_code: grant for grant in actor.grants_for(P.FINDINGS_OFFICE_NIL)}
    if not mine or not holds(actor, P.OPERATIONS_OPERATION_READ):
        return []
    return [
        {"operation": str(row.operation.id), "name": row.operation.name, "unit": grant.unit_name}
        for row in operations.operation_list(actor)
        if row.operation.is_open
        for grant in mine.values()
    ]


# Sentences that the form says by itself; the rest stands in its templates.
WORDS: Final = {
    "unsent": noop("%n belum terkirim · tersimpan di ponsel"),
    "all_sent": noop("Semua terkirim"),
    "nothing_yet": noop("Belum ada laporan di ponsel ini"),
    "sending": noop("Mengirim …"),
    "offline": noop("tanpa jaringan"),
    "draft": noop("Draf · %n orang"),
    "draft_empty": noop("Draf"),
    "postponed": noop("Ditunda · %n orang"),
    "reported": noop("Sudah dilaporkan"),
    "waiting": noop("Menunggu jaringan"),
    "todo": noop("Belum dikunjungi"),
    "km": noop("%n km"),
    "m": noop("%n m"),
    "kept": noop("Tersimpan di ponsel %n"),
    "full": noop("Ponsel penuh: kata terakhir BELUM tersimpan. Kirim laporan yang menunggu, lalu coba lagi."),
    "mrz_good": noop("Angka periksa cocok. Bandingkan nama dengan dokumen."),
    "mrz_bad": noop("Angka periksa tidak cocok: %n. Baca sekali lagi, atau lanjutkan dengan tanda."),
    "mrz_form": noop("Belum berbentuk MRZ: %n"),
    "gate": noop("Centang dahulu %n langkah wajib di atas."),
    "no_place": noop("Lokasi tidak diizinkan atau tidak ada sinyal GPS. Laporan tetap dapat dikirim."),
    "place": noop("Lokasi terbaca, ketelitian %n m"),
    "place_none": noop("Lokasi belum dibaca"),
    "place_wait": noop("Mencari lokasi …"),
    "person": noop("Orang ke-%n"),
    "nameless": noop("Tanpa nama"),
    "no_outcome": noop("Hasil belum dipilih"),
    "confirm_people": noop("%n orang dicatat"),
    "confirm_nil": noop("Nihil: tidak ada orang asing di tempat"),
    "remainder": noop("%n orang dihitung tetapi belum dicatat"),
    "retry_login": noop("Sesi berakhir. Masuk lagi; laporan tetap tersimpan dan akan terkirim."),
    "retry_reload": noop("Halaman perlu dimuat ulang sebelum mengirim. Laporan tetap tersimpan."),
    "retry_later": noop("Belum sampai. Dicoba lagi sendiri begitu ada jaringan."),
    "retry_odd": noop("Jawaban server tidak dikenal; laporan tetap disimpan dan dicoba lagi."),
    "other_officer": noop("Milik %n. Terkirim bila %n masuk di ponsel ini."),
    "hash_same": noop("Sama dengan isi yang dihitung ponsel"),
    "conflict": noop("Isi lain dengan kode ini sudah ada di posko. Keduanya disimpan untuk dibandingkan."),
    "drop_person": noop("Hapus orang ini dari draf?"),
    "drop_draft": noop("Hapus draf ini?"),
    "as_of": noop("data per %n"),
    "office_nil": noop("Nihil untuk seluruh %n hari ini"),
}
