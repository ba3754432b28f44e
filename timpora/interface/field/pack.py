"""What the form carries into the field as one JSON value: own tasks, words, the clock. Nothing else (F46)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from timpora.apps.findings.types import DOUBTS, FINDINGS, OUTCOMES, SENDABLE, Outcome
from timpora.apps.operations import queries as operations
from timpora.apps.operations.types import SopStep, TaskEncounter, TaskTarget, TeamNow
from timpora.domain.states import TEAM_STEPS, EncounterState, TargetState, TeamState
from timpora.domain.territory import ZONE_LABELS
from timpora.interface.sentences import told
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
PLACES: Final = {
    TeamState.AT_OFFICE: _("di kantor"),
    TeamState.UNDERWAY: _("di jalan"),
    TeamState.ON_SITE: _("di lokasi"),
}
MOVES: Final = {
    TeamState.UNDERWAY: _("Berangkat"),
    TeamState.ON_SITE: _("Tiba di lokasi"),
    TeamState.AT_OFFICE: _("Kembali ke kantor"),
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
    is_field = holds(actor, P.OPERATIONS_TEAM_MOVE)
    return {
        "officer": {"id": str(actor.id), "name": actor.name, "unit": main.unit_name if main else ""},
        "now": clock.now().isoformat(),
        "is_simulated": clock.is_simulated(),
        "tasks": [
            *(_met(one) for one in operations.encounter_tasks(actor)),
            *(_task(task) for task in operations.task_list(actor)),
        ],
        "offices": _offices(actor),
        "registers": [
            {"url": reverse("operations:register-write", args=[pk]), "name": name}
            for pk, name in (operations.register_operations(actor) if is_field else [])
        ],
        "teams": [_team(team) for team in operations.own_teams(actor)] if is_field else [],
        "places": {state.value: str(said) for state, said in PLACES.items()},
        "moves": {
            state.value: [
                {"after": after.value, "label": str(MOVES[after])} for after in MOVES if after in afters
            ]
            for state, afters in TEAM_STEPS.items()
        },
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
        "is_visited": target.state is TargetState.VISITED,
        "lat": target.lat,
        "lng": target.lng,
        "ground": told(task.ground),
        "ground_text": target.ground_text,
        "checks": target.checks,
        "order": task.order_number,
        "order_url": reverse("field:order", args=[task.order_id]),
        "team": task.team_name,
        "first_day": f"{task.first_day:%d-%m-%Y}",
        "last_day": f"{task.last_day:%d-%m-%Y}",
        "zone": task.zone,
        "zone_label": ZONE_LABELS.get(task.zone, ""),
        "steps": _steps(task.steps),
        "persons": [
            {
                "id": str(person.id),
                "name": person.name,
                "document": person.document,
                "birth": person.birth,
                "permit": told(person.permit),
                "as_of": _instant(person.as_of),
            }
            for person in task.persons
        ],
    }


def _met(task: TaskEncounter) -> dict[str, object]:
    """Return an approved check without an order as the form shows a target; it names nobody."""
    met = task.encounter
    day = "" if met.decided_at is None else f"{met.decided_at.astimezone(ZoneInfo(met.zone)):%d-%m-%Y}"
    return {
        "target": str(met.id),
        "is_encounter": True,
        "operation": str(task.operation_id),
        "code": gettext("Pemeriksaan langsung"),
        "name": met.place,
        "address": met.address,
        "is_visited": met.state is not EncounterState.APPROVED,
        "lat": None,
        "lng": None,
        "ground": gettext(met.exemption_label),
        "ground_text": met.because,
        "checks": met.met,
        "order": met.order_number or gettext("Disetujui %(name)s") % {"name": met.decided_by},
        "order_url": reverse("field:encounter", args=[met.id]),
        "team": met.team_name,
        "first_day": day,
        "last_day": day,
        "zone": met.zone,
        "zone_label": ZONE_LABELS.get(met.zone, ""),
        "steps": _steps(task.steps),
        "persons": [],
    }


def _steps(steps: Iterable[SopStep]) -> list[dict[str, object]]:
    return [
        {
            "code": step.code,
            "title": step.title,
            "note": step.note,
            "is_gate": step.is_gate,
            "asks_language": step.asks_language,
        }
        for step in steps
    ]


def _team(team: TeamNow) -> dict[str, str]:
    return {
        "id": str(team.id),
        "order": str(team.order_id),
        "number": team.order_number,
        "name": team.name,
        "state": team.state.value,
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
    "unsent": gettext_noop("%n belum terkirim · tersimpan di ponsel"),
    "all_sent": gettext_noop("Semua terkirim"),
    "nothing_yet": gettext_noop("Belum ada laporan di ponsel ini"),
    "sending": gettext_noop("Mengirim …"),
    "offline": gettext_noop("tanpa jaringan"),
    "draft": gettext_noop("Draf · %n orang"),
    "draft_empty": gettext_noop("Draf"),
    "postponed": gettext_noop("Ditunda · %n orang"),
    "reported": gettext_noop("Sudah dilaporkan"),
    "waiting": gettext_noop("Menunggu jaringan"),
    "todo": gettext_noop("Belum dikunjungi"),
    "visited": gettext_noop("Sudah dikunjungi"),
    "km": gettext_noop("%n km"),
    "m": gettext_noop("%n m"),
    "kept": gettext_noop("Tersimpan di ponsel %n"),
    "full": gettext_noop(
        "Ponsel penuh: kata terakhir BELUM tersimpan. Kirim laporan yang menunggu, lalu coba lagi."
    ),
    "mrz_good": gettext_noop("Angka periksa cocok. Bandingkan nama dengan dokumen."),
    "mrz_bad": gettext_noop("Angka periksa tidak cocok: %n. Baca sekali lagi, atau lanjutkan dengan tanda."),
    "mrz_form": gettext_noop("Belum berbentuk MRZ: %n"),
    "mrz_long": gettext_noop("teks terlalu panjang"),
    "mrz_sign": gettext_noop("tanda yang tidak dikenal pada baris %n"),
    "mrz_length": gettext_noop("%n karakter; paspor 88"),
    "mrz_row": gettext_noop("panjang baris %n"),
    "mrz_rows": gettext_noop("perlu dua atau tiga baris"),
    "mrz_document": gettext_noop("nomor dokumen"),
    "mrz_birth": gettext_noop("tanggal lahir"),
    "mrz_expiry": gettext_noop("tanggal berakhir"),
    "mrz_optional": gettext_noop("data tambahan"),
    "mrz_composite": gettext_noop("seluruh baris"),
    "no_store": gettext_noop(
        "Peramban ini tidak dapat menyimpan laporan. Pakai peramban lain, di luar mode penyamaran."
    ),
    "gate": gettext_noop("Lengkapi dahulu %n langkah wajib di atas: centang, atau tulis alasannya."),
    "approval": gettext_noop("Lihat persetujuannya"),
    "no_place": gettext_noop(
        "Lokasi tidak diizinkan atau tidak ada sinyal GPS. Laporan tetap dapat dikirim."
    ),
    "place": gettext_noop("Lokasi terbaca, ketelitian %n m"),
    "place_none": gettext_noop("Lokasi belum dibaca"),
    "place_wait": gettext_noop("Mencari lokasi …"),
    "person": gettext_noop("Orang ke-%n"),
    "nameless": gettext_noop("Tanpa nama"),
    "no_outcome": gettext_noop("Hasil belum dipilih"),
    "confirm_people": gettext_noop("%n orang dicatat"),
    "confirm_nil": gettext_noop("Nihil: tidak ada orang asing di tempat"),
    "remainder": gettext_noop("%n orang dihitung tetapi belum dicatat"),
    "retry_login": gettext_noop("Sesi berakhir. Masuk lagi; laporan tetap tersimpan dan akan terkirim."),
    "retry_reload": gettext_noop("Halaman perlu dimuat ulang sebelum mengirim. Laporan tetap tersimpan."),
    "retry_later": gettext_noop("Belum sampai. Dicoba lagi sendiri begitu ada jaringan."),
    "retry_odd": gettext_noop("Jawaban server tidak dikenal; laporan tetap disimpan dan dicoba lagi."),
    "other_officer": gettext_noop("Milik %n. Terkirim bila %n masuk di ponsel ini."),
    "hash_same": gettext_noop("Sama dengan isi yang dihitung ponsel"),
    "conflict": gettext_noop(
        "Isi lain dengan kode ini sudah ada di posko. Keduanya disimpan untuk dibandingkan."
    ),
    "drop_person": gettext_noop("Hapus orang ini dari draf?"),
    "drop_draft": gettext_noop("Hapus draf ini?"),
    "as_of": gettext_noop("data per %n"),
    "move_failed": gettext_noop("Belum tercatat. Perlu jaringan: coba lagi, atau kabari posko."),
    "office_nil": gettext_noop("Nihil untuk seluruh %n hari ini"),
}
