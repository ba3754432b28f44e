"""What every page of the office shows around its content: places to go, unit, purpose, clock."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from timpora.domain.territory import ZONE_LABELS
from timpora.kernel import clock
from timpora.kernel.access import Actor, P, holds
from timpora.kernel.access.permissions import NEEDS_PURPOSE


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the rail: label, icon, route, the key after `g`, who may go, and what is done there."""

    label: str | Promise
    icon: str
    route: str
    key: str
    opens_for: tuple[P, ...]
    meaning: str | Promise = ""
    is_on_phone: bool = False
    # Whoever may go further finds it from there.
    but_not_for: P | None = None


PLACES = (
    Place(_("Beranda"), "home", "start:home", "b", (P.IDENTITY_SESSION_OPEN,), is_on_phone=True),
    Place(
        _("Posko"),
        "broadcast",
        "posko:list",
        "p",
        (P.OPERATIONS_POSKO_WATCH,),
        _("Operasi yang sedang berjalan: siapa sudah melapor, siapa diam, apa yang ditemukan."),
        is_on_phone=True,
    ),
    Place(
        _("Tugas saya"),
        "checklist",
        "field:home",
        "t",
        (P.OPERATIONS_TASK_READ,),
        _("Sasaran regu Anda hari ini, surat perintahnya, dan formulir laporan."),
        is_on_phone=True,
    ),
    Place(
        _("Ponsel"),
        "device-mobile",
        "devices:list",
        "n",
        (P.FINDINGS_DEVICE_READ,),
        _("Ponsel petugas: kontak terakhir dan antreannya, pencabutan, karantina, berkas antrean."),
    ),
    Place(
        _("Operasi"),
        "target-arrow",
        "operations:list",
        "o",
        (P.OPERATIONS_OPERATION_READ,),
        _("Tahap, kantor peserta, sasaran, regu, dan surat perintah."),
    ),
    Place(
        _("Register operasi"),
        "clipboard-check",
        "operations:registers",
        "g",
        (P.OPERATIONS_REGISTER_READ,),
        _("Penggunaan kekuatan, cedera, dan pengaduan setiap operasi; yang kosong pun disebut."),
        but_not_for=P.OPERATIONS_OPERATION_READ,
    ),
    Place(
        _("Daftar masuk"),
        "table-import",
        "intake:list",
        "d",
        (P.INTAKE_SUBMISSION_READ,),
        _("Daftar instansi: kirim, cocokkan kolomnya, perbaiki baris yang salah."),
    ),
    Place(
        _("Orang"),
        "users",
        "registry:search",
        "r",
        (P.REGISTRY_PERSON_FIND,),
        _("Cari satu orang dan baca riwayatnya dengan sumber setiap fakta."),
        is_on_phone=True,
    ),
    Place(
        _("Indikasi"),
        "alert-triangle",
        "indications:list",
        "i",
        (P.INDICATIONS_INDICATION_READ,),
        _("Fakta yang tidak cocok, dengan pasalnya; petugas yang menilai."),
    ),
    Place(
        _("Perkara"),
        "gavel",
        "cases:list",
        "k",
        (P.CASES_CASE_READ,),
        _("Dari penapisan sampai putusan, surat, dan keberatan."),
    ),
    Place(
        _("Pelindungan"),
        "shield-check",
        "protection:list",
        "l",
        (P.CASES_PROTECTION_READ,),
        _("Tanda dari lapangan dan rujukan; hanya petugas pelindungan yang melihatnya."),
        is_on_phone=True,
    ),
    Place(
        _("Audit"),
        "shield-check",
        "accountability:log",
        "a",
        (P.ACCOUNTABILITY_AUDIT_READ,),
        _("Siapa berbuat apa dan melihat siapa, dan apakah catatannya utuh."),
    ),
    Place(
        _("Hukum"),
        "book",
        "law:list",
        "h",
        (P.LAW_BOOK_READ,),
        _("Pasal dan angka yang dipakai program, dengan masa berlakunya."),
    ),
    Place(
        _("Akun"),
        "users-group",
        "accounts:list",
        "u",
        (P.IDENTITY_USER_READ,),
        _("Penugasan petugas dan penunjukan Plt. atau Plh."),
    ),
    Place(
        _("Kop surat"),
        "building",
        "offices:list",
        "s",
        (P.IDENTITY_LETTERHEAD_WRITE,),
        _("Nama, alamat, dan kota yang dicetak di atas surat kantor."),
    ),
    Place(
        _("Data acuan"),
        "database",
        "wilayah:reference",
        "c",
        (P.WILAYAH_REFERENCE_READ,),
        _("Wilayah, TPI, kebangsaan, indeks visa; yang belum diverifikasi ditandai."),
    ),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Give templates `frame`, worked out only on pages that show it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, object]:
    actor: Actor | None = getattr(request, "actor", None)
    main = actor.main if actor else None
    zone = main.zone if main else "Asia/Jakarta"
    return {
        "actor": {
            "name": actor.name,
            "role": main.title if main else "",
            "is_acting": bool(main and main.acting),
        }
        if actor
        else None,
        "nav": _nav(request, actor) if actor else [],
        "unit": main.unit_name if main else "",
        "purpose": actor.purpose if actor else None,
        "back": _back(request),
        "is_purpose_needed": bool(actor and actor.permissions & NEEDS_PURPOSE),
        "clock": _clock(zone),
        "notices": 0,
        "search_url": _address("registry:search") if actor and holds(actor, P.REGISTRY_PERSON_FIND) else "",
        "languages": [
            {"code": code, "name": name, "is_chosen": bool(actor and actor.language == code)}
            for code, name in settings.LANGUAGES
        ],
    }


def _back(request: HttpRequest) -> str:
    """Return the page to come back to once a purpose is chosen; a form that was sent is no page."""
    is_page = request.method == "GET" and request.path != _address("identity:purpose")
    return request.get_full_path() if is_page else ""


def _clock(zone: str) -> dict[str, object]:
    now = clock.now().astimezone(ZoneInfo(zone))
    return {
        "iso": now.isoformat(),
        "text": f"{now:%H.%M}",
        "day": f"{now:%d-%m-%Y}",
        "zone": ZONE_LABELS.get(zone, zone),
        "is_simulated": clock.is_simulated(),
        "rate": clock.setting().rate,
    }


def _nav(request: HttpRequest, actor: Actor) -> list[dict[str, object]]:
    here = request.path
    found: list[dict[str, object]] = []
    for place in PLACES:
        url = _address(place.route)
        is_elsewhere = place.but_not_for is not None and holds(actor, place.but_not_for)
        if url and not is_elsewhere and any(holds(actor, permission) for permission in place.opens_for):
            is_here = here == url or (url != "/" and here.startswith(url))
            found.append(
                {
                    "label": place.label,
                    "meaning": place.meaning,
                    "icon": place.icon,
                    "url": url,
                    "key": place.key,
                    "is_here": is_here,
                    "is_on_phone": place.is_on_phone,
                    "count": None,
                },
            )
    return found


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        # A room that is not built yet has no door.
        return ""
