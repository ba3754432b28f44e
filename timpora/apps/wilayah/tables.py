"""The editable reference tables: which columns they have and which file they come from."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from timpora.apps.wilayah.types import Column, ReferenceTable

NATIONALITIES: Final = ReferenceTable(
    code="kebangsaan",
    title=_("Kebangsaan"),
    meaning=_(
        "Kode kebangsaan seperti tercetak pada paspor, dengan nama dan ejaan lain yang dipakai instansi."
    ),
    file="nationalities.csv",
    key=("code",),
    listed=("id", "en", "kind"),
    columns=(
        Column("code", _("Kode")),
        Column("iso_alpha3_or_parent", _("ISO alfa-3")),
        Column("iso_alpha2", _("ISO alfa-2")),
        Column("kind", _("Jenis kode")),
        Column("id", _("Nama Indonesia")),
        Column("en", _("Nama Inggris")),
        Column("aliases_id", _("Ejaan lain (pisahkan dengan titik koma)"), is_long=True),
    ),
    # The file has no column of confidence: codes and names are those of ISO 3166, CLDR and ICAO.
    sure="high",
)
VISA_REGIME: Final = ReferenceTable(
    code="rezim-visa",
    title=_("Rezim visa"),
    meaning=_("Negara bebas visa kunjungan, visa saat kedatangan dan calling visa."),
    file="visa_regime.csv",
    key=("code", "regime"),
    listed=("code", "regime", "note"),
    columns=(
        Column("code", _("Kode kebangsaan")),
        Column("regime", _("Rezim")),
        Column("note", _("Catatan"), is_long=True),
    ),
)
VISA_INDEX: Final = ReferenceTable(
    code="indeks-visa",
    title=_("Indeks visa"),
    meaning=_("Indeks visa dengan lama tinggal, perpanjangan, kegiatan dan penjamin."),
    file="visa_index.csv",
    key=("code",),
    listed=("name_id", "category", "max_days", "status"),
    columns=(
        Column("code", _("Indeks")),
        Column("name_id", _("Nama")),
        Column("name_en", _("Nama Inggris")),
        Column("category", _("Golongan")),
        Column("entry", _("Masuk")),
        Column("max_days", _("Lama tinggal (hari)")),
        Column("extension", _("Perpanjangan")),
        Column("max_total_days", _("Paling lama (hari)")),
        Column("work_allowed", _("Boleh bekerja")),
        Column("guarantor", _("Penjamin")),
        Column("allowed_activities", _("Kegiatan"), is_long=True),
        Column("status", _("Keberlakuan")),
    ),
)
STAY_PERMITS: Final = ReferenceTable(
    code="izin-tinggal",
    title=_("Jenis izin tinggal"),
    meaning=_("Jenis izin tinggal dan dokumen sejenis."),
    file="stay_permit_types.csv",
    key=("code",),
    listed=("name_id", "length", "work"),
    columns=(
        Column("code", _("Kode")),
        Column("name_id", _("Nama")),
        Column("name_en", _("Nama Inggris")),
        Column("length", _("Lama"), is_long=True),
        Column("work", _("Bekerja")),
    ),
)
OFFICE_AREAS: Final = ReferenceTable(
    code="wilayah-kerja",
    title=_("Wilayah kerja kantor"),
    meaning=_("Kantor imigrasi yang melayani tiap kabupaten/kota, sampai 25-01-2026 dan sesudahnya."),
    file="office_areas.csv",
    key=("regency_code",),
    listed=("regency_code", "office_2024", "office_2026", "also_partly"),
    columns=(
        Column("regency_code", _("Kabupaten/kota")),
        Column("office_2024", _("Kantor sampai 25-01-2026")),
        Column("office_2026", _("Kantor sejak 26-01-2026")),
        Column("also_partly", _("Melayani sebagian (pisahkan dengan spasi)")),
    ),
    confidence=("confidence_2024", "confidence_2026"),
)
CHECKPOINTS: Final = ReferenceTable(
    code="tpi",
    title=_("Tempat pemeriksaan imigrasi"),
    meaning=_("Bandara, pelabuhan dan pos lintas batas dengan letak dan kantornya."),
    file="tpi.csv",
    key=("code",),
    listed=("name", "kind", "regency_code", "office_code"),
    columns=(
        Column("code", _("Kode")),
        Column("name", _("Nama")),
        Column("kind", _("Jenis (udara, laut, darat)")),
        Column("regency_code", _("Kabupaten/kota")),
        Column("office_code", _("Kantor")),
        Column("lat", _("Lintang (derajat)")),
        Column("lon", _("Bujur (derajat)")),
    ),
)
SETTINGS: Final = ReferenceTable(
    code="setelan-aturan",
    title=_("Setelan aturan"),
    meaning=_("Fakta yang hanya diketahui kantor dan yang diperlukan aturan indikasi."),
    file="office_settings.csv",
    key=("code",),
    listed=("name", "value", "note"),
    columns=(
        Column("code", _("Kode")),
        Column("name", _("Setelan")),
        Column("value", _("Nilai")),
        Column("note", _("Catatan"), is_long=True),
    ),
)
TABLES: Final = {
    table.code: table
    for table in (
        VISA_INDEX,
        VISA_REGIME,
        STAY_PERMITS,
        NATIONALITIES,
        OFFICE_AREAS,
        CHECKPOINTS,
        SETTINGS,
    )
}
