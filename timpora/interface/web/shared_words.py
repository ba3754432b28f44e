"""Words that rooms below keep in Indonesian and screens translate: named here so that catalogues hold them.

A test compares the list with the rooms, so a new state or rule cannot be forgotten.
"""

from django.utils.translation import gettext_noop as _

PURPOSE_WORDS = (
    _("Operasi pengawasan"),
    _("Penanganan perkara"),
    _("Verifikasi data dan keterhubungan"),
    _("Permohonan orang yang bersangkutan"),
    _("Pengawasan administratif"),
    _("Pemeriksaan internal"),
)
INDICATION_WORDS = (
    _("Terbuka"),
    _("Terverifikasi"),
    _("Ada penjelasan"),
    _("Data keliru"),
    _("Tidak lagi ditemukan"),
    _("Ketidaksesuaian nyata; penjelasan wajar sudah disingkirkan"),
    _("Ada penjelasan yang wajar"),
    _("Data sumber keliru"),
)
RULE_WORDS = (
    _("Alamat tinggal lain dari alamat izin"),
    _("Keberadaan dilaporkan sesudah keluar wilayah"),
    _("Penjamin melaporkan berakhir, izin masih berjalan"),
    _("Laporan tamu terlambat"),
    _("Berada di wilayah tanpa catatan masuk"),
    _("Izin berakhir, keberadaan masih dilaporkan"),
    _("Menginap di dua tempat pada malam yang sama"),
    _("Tempat kerja lain dari RPTKA"),
    _("Bekerja dengan izin yang tidak membolehkan bekerja"),
)
