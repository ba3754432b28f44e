"""Invented persons, figures and forms that the style page shows the components with."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext_lazy as _

from timpora.interface.web.day_fields import DayField

CAUSES = (("permit", _("Izin berakhir")), ("sponsor", _("Laporan penjamin")), ("visit", _("Kunjungan")))


class SampleForm(forms.Form):
    """A form whose errors are shown; nothing of it is kept."""

    name = forms.CharField(
        label=_("Nama penanggung jawab"),
        help_text=_("Seperti tertulis pada surat tugas."),
    )
    found_on = DayField(label=_("Tanggal temuan"), help_text=_("Contoh: 21-08-2024"))
    ground = forms.ChoiceField(label=_("Dasar sasaran"), choices=CAUSES, widget=forms.RadioSelect)
    office = forms.ChoiceField(label=_("Kantor"), choices=[("b", "Batulicin"), ("p", "Palembang")])
    note = forms.CharField(label=_("Catatan"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    is_ready = forms.BooleanField(
        label=_("Penghuni sudah diberi tahu maksud kunjungan"),
        error_messages={"required": _("Beri tahu penghuni dahulu, lalu tandai kotak ini.")},
    )


def sample_frame(now: datetime) -> dict[str, object]:
    """Return a frame for a visitor who has not signed in; its person is invented."""
    places = (
        (_("Beranda"), "home", "b", 4, True),
        (_("Posko"), "broadcast", "p", None, True),
        (_("Operasi"), "target-arrow", "o", None, False),
        (_("Orang"), "users", "r", None, True),
        (_("Indikasi"), "alert-triangle", "i", 12, False),
        (_("Perkara"), "gavel", "k", 1, False),
        (_("Hukum"), "book", "h", None, False),
    )
    return {
        "actor": {"name": "Ratna Dewi (contoh)", "role": "Kepala Kantor Imigrasi", "is_acting": True},
        "nav": [
            {"label": label, "icon": icon, "url": "#", "key": key, "count": count, "is_on_phone": on_phone}
            | {"is_here": key == "b"}
            for label, icon, key, count, on_phone in places
        ],
        "unit": "Kantor Imigrasi Kelas II TPI Batulicin",
        "purpose": "Operasi: Jagratara II",
        "clock": {
            "iso": now.isoformat(),
            "text": f"{now:%H.%M}",
            "zone": "WITA",
            "is_simulated": True,
            "rate": 1,
        },
        "notices": 3,
        "notices_url": "#",
        "search_url": "#",
        "languages": [],
    }


def samples(now: datetime, today: date) -> dict[str, object]:
    """Return what the components are shown with; persons and numbers are invented."""
    return {
        "now": now,
        "earlier": now - timedelta(hours=3),
        "yesterday": now - timedelta(days=1, hours=2),
        "born": date(1985, 3, 12),
        "soon": today + timedelta(days=5),
        "late": today - timedelta(days=2),
        "far": today + timedelta(days=40),
        "cites": [
            SimpleNamespace(id="uu-6-2011/ps78/a3", label="Pasal 78 ayat (3) UU 6/2011"),
            SimpleNamespace(id="uu-6-2011/ps75/a1", label="Pasal 75 ayat (1)"),
        ],
        "sources": [
            _("Perlintasan TPI Syamsudin Noor, 14-02-2024"),
            _("Laporan hotel, 19-08-2024 (belum diverifikasi)"),
        ],
        "tabs": [
            {"label": _("Ringkasan"), "url": "#komponen", "is_here": True, "count": None},
            {"label": _("Dokumen"), "url": "#komponen", "is_here": False, "count": 3},
            {"label": _("Siapa melihat"), "url": "#komponen", "is_here": False, "count": 0},
        ],
        "page_of": {"first": 51, "last": 100, "total": 40130, "previous_url": "#tab", "next_url": "#tab"},
        "compared": [
            {"label": _("Nama"), "left": "MUHAMMAD ALI", "right": "MOHAMED ALY"},
            {"label": _("Lahir"), "left": "12-03-1985", "right": "13-03-1985"},
            {"label": _("Kelamin"), "left": "L", "right": "L"},
            {"label": _("Paspor"), "left": "A1234567", "right": "A1234576"},
            {"label": _("Penjamin"), "left": "PT Contoh Karya", "right": None},
        ],
        "speaks_for": [
            {"text": _("Nomor paspor sama kecuali dua angka yang bertukar."), "weight": 0.8},
            {"text": _("Ejaan nama yang biasa bertukar."), "weight": 0.5},
        ],
        "speaks_against": [{"text": _("Hari lahir berbeda satu hari."), "weight": 0.3}],
    }
