"""Whole letters of invented persons, one of every kind."""

from dataclasses import replace
from datetime import date

from timpora.apps.cases.letters.measure_decision import Measure, MeasureDecision, Objection, Subject
from timpora.apps.cases.letters.objection_receipt import ObjectionReceipt
from timpora.apps.findings.letters.examination_minutes import (
    RIGHTS_WITH_ORDER,
    ExaminationMinutes,
    Examined,
    Exchange,
)
from timpora.apps.findings.letters.receipt import ReportReceipt
from timpora.apps.operations.letters.assignment_order import AssignmentOrder, Place
from timpora.kernel.documents.letter import Ink, Letterhead, Official, Paired, Signatory

NUMBER = "W.19.IMI.IMI.2-GR.03.06-325/2024"
VERIFY_AT = "https://timpora.example.go.id/v/7KQM-29XT-BHRW-4E6P"

KOP = Letterhead(
    ministry="Kementerian Hukum dan Hak Asasi Manusia Republik Indonesia",
    directorate="Direktorat Jenderal Imigrasi",
    regional_office="Kantor Wilayah Kalimantan Selatan",
    office="Kantor Imigrasi Kelas II TPI Batulicin",
    address="Jalan Contoh Nomor 1, Simpang Empat, Kabupaten Tanah Bumbu, Kalimantan Selatan",
    contact="Telepon (0518) 000000 · Laman batulicin.example.go.id · Surel kanim@example.go.id",
)
HEAD = Signatory(
    capacity="Plt.",
    position="Kepala Kantor Imigrasi Kelas II TPI Batulicin",
    name="Ratna Puspasari Wijayaningrum",
    rank="Pembina Tk. I (IV/b)",
    nip="198003122005012001",
)


def official(at: int, name: str) -> Official:
    return Official(
        name=name,
        number=f"1990010120150310{at:02}",
        rank="Penata Muda Tk. I (III/b)",
        position="Analis Keimigrasian Ahli Pertama",
        role="ketua tim" if at == 1 else "anggota",
    )


TEAM = (official(1, "Dodi"), official(2, "Bayu Saputra"), official(3, "Citra Maharani Kusumadewi"))

ORDER = AssignmentOrder(
    letterhead=KOP,
    issued_in="Batulicin",
    dated=date(2024, 8, 20),
    considering=(
        "bahwa berdasarkan analisis data keberadaan Orang Asing terdapat titik sasaran yang perlu diperiksa;",
        "bahwa untuk pelaksanaannya perlu menugaskan petugas yang namanya tercantum dalam surat ini.",
    ),
    legal_basis=(
        "Undang-Undang Nomor 6 Tahun 2011 tentang Keimigrasian, Pasal 68 dan Pasal 69;",
        "Peraturan Pemerintah Nomor 31 Tahun 2013, Pasal 180 dan Pasal 181;",
        "Perintah Direktur Jenderal Imigrasi tentang Operasi Jagratara Tahap II Tahun 2024.",
    ),
    personnel=TEAM,
    tasks=(
        "melaksanakan pengawasan keimigrasian lapangan di titik sasaran;",
        "meminta keterangan dan memeriksa dokumen perjalanan serta izin tinggal;",
        "melaporkan hasil setiap kunjungan kepada posko pada hari yang sama.",
    ),
    places=(
        Place(
            name="Mes karyawan PT Contoh Tambang",
            address="Jalan Angsana Km 12",
            area="Angsana, Tanah Bumbu",
        ),
        Place(name="Penginapan Bahari", address="Jalan Pelabuhan 4", area="Simpang Empat, Tanah Bumbu"),
    ),
    first_day=date(2024, 8, 21),
    last_day=date(2024, 8, 23),
    operation="Jagratara Tahap II",
    funding="DIPA Kantor Imigrasi Kelas II TPI Batulicin Tahun Anggaran 2024",
    signatory=HEAD,
    copies=(
        "Direktur Jenderal Imigrasi;",
        "Kepala Kantor Wilayah Kalimantan Selatan;",
        "Arsip.",
    ),
)

DECISION = MeasureDecision(
    letterhead=KOP,
    issued_in="Batulicin",
    dated=date(2024, 9, 2),
    decided_by="Kepala Kantor Imigrasi Kelas II TPI Batulicin",
    about="tindakan administratif keimigrasian terhadap Orang Asing atas nama Muhammad Ali Contoh",
    considering=(
        "bahwa Orang Asing tersebut berada di Wilayah Indonesia 72 (tujuh puluh dua) hari sejak "
        "izin tinggalnya berakhir pada 22 Juni 2024;",
        "bahwa hasil penapisan tidak menunjukkan tanda korban perdagangan orang ataupun permohonan suaka;",
        "bahwa gelar kasus menyimpulkan tindakan administratif lebih efektif daripada penuntutan.",
    ),
    legal_basis=(
        "Undang-Undang Nomor 6 Tahun 2011 tentang Keimigrasian, Pasal 75 dan Pasal 78 ayat (3);",
        "Peraturan Pemerintah Nomor 31 Tahun 2013 tentang Peraturan Pelaksanaan Undang-Undang Keimigrasian.",
    ),
    noting=(
        "Berita acara pemeriksaan tanggal 23 Agustus 2024;",
        "Hasil gelar kasus tanggal 28 Agustus 2024.",
    ),
    subject=Subject(
        name="MUHAMMAD ALI CONTOH",
        sex="Laki-laki",
        born="Lahore, 12 Maret 1985",
        nationality="Pakistan",
        travel_document="Paspor A1234567, berlaku s.d. 11 Maret 2027",
        stay_permit="Izin Tinggal Kunjungan, berakhir 22 Juni 2024",
        address="Jalan Angsana Km 12, Angsana, Tanah Bumbu",
        guarantor="PT Contoh Tambang",
    ),
    measures=(
        Measure(text="deportasi dari Wilayah Indonesia", basis="UU 6/2011 Pasal 75 ayat (2) huruf f"),
        Measure(
            text="pengusulan pencantuman dalam daftar penangkalan",
            basis="UU 6/2011 Pasal 75 ayat (2) huruf a",
        ),
    ),
    objection=Objection(
        addressed_to="Menteri melalui Direktur Jenderal Imigrasi",
        term=Paired(
            "21 (dua puluh satu) hari kerja sejak keputusan ini diterima.",
            "21 working days from receipt of this decision.",
        ),
        content=Paired(
            "Tertulis dalam bahasa Indonesia, memuat identitas, alasan, dan bukti sanggahan, serta "
            "ditandatangani Orang Asing atau kuasanya dengan surat kuasa.",
            "In writing, in Indonesian, with identity, reasons and rebutting evidence, signed by you or by a "
            "proxy holding a power of attorney.",
        ),
        effect=Paired(
            "Pengajuan keberatan tidak menunda pelaksanaan tindakan.",
            "An objection does not suspend the measure.",
        ),
        basis="UU 6/2011 Pasal 77; Permen Imipas 2/2025 Pasal 73",
    ),
    signatory=replace(HEAD, capacity="", electronic=False),
    copies=("Direktur Jenderal Imigrasi;", "Kepala Kantor Wilayah Kalimantan Selatan;", "Yang bersangkutan."),
)

OBJECTION = ObjectionReceipt(
    letterhead=replace(KOP, regional_office="", office="Direktorat Pengawasan dan Penindakan Keimigrasian"),
    issued_in="Jakarta",
    dated=date(2024, 9, 20),
    nature="Segera",
    annex="1 (satu) berkas",
    about="Tanda terima keberatan",
    addressee="Sdr. Muhammad Ali Contoh",
    addressee_place="Banjarmasin",
    objector="Muhammad Ali Contoh",
    proxy="Sari Anggraini, S.H. (surat kuasa 17 September 2024)",
    decision_number="W.19.IMI.IMI.2-0007.GR.03.09 TAHUN 2024",
    decision_dated=date(2024, 9, 2),
    received_on=date(2024, 9, 20),
    received_parts=("surat keberatan dalam bahasa Indonesia;", "surat kuasa;", "bukti sanggahan, 3 lembar."),
    next_steps=(
        "Direktur Jenderal meneruskan keberatan beserta pertimbangannya kepada Menteri dalam 5 hari kerja.",
        "Menteri memutus dalam 5 hari kerja sejak menerimanya. Putusan disampaikan kepada Saudara.",
    ),
    legal_basis=("UU 6/2011 Pasal 77;", "Permen Imipas 2/2025 Pasal 73."),
    signatory=Signatory(
        capacity="a.n.",
        position="Direktur Jenderal Imigrasi",
        own_position="Direktur Pengawasan dan Penindakan Keimigrasian",
        name="Hendra Gunawan Contoh",
        nip="197501012000031002",
    ),
    copies=("Kepala Kantor Imigrasi Kelas II TPI Batulicin.",),
)

MINUTES = ExaminationMinutes(
    letterhead=KOP,
    issued_in="Angsana",
    dated=date(2024, 8, 21),
    examined_on=date(2024, 8, 21),
    started_at="10.15 WITA",
    ended_at="11.05 WITA",
    place="Mes karyawan PT Contoh Tambang, Jalan Angsana Km 12, Kecamatan Angsana, Kabupaten Tanah Bumbu",
    authority="Surat Perintah Nomor W.19.IMI.IMI.2-GR.03.06-325/2024 tanggal 20 Agustus 2024",
    officers=TEAM[:2],
    examined=Examined(
        name="MUHAMMAD ALI CONTOH",
        sex="Laki-laki",
        born="Lahore, 12 Maret 1985",
        nationality="Pakistan",
        travel_document="Paspor A1234567",
        stay_permit="Izin Tinggal Kunjungan, berakhir 22 Juni 2024",
        occupation="Mekanik alat berat, menurut pengakuannya",
        address="Mes karyawan PT Contoh Tambang",
    ),
    language="Inggris",
    interpreter="Lestari Handayani",
    documents=("Paspor A1234567 (asli);", "fotokopi izin tinggal kunjungan."),
    exchanges=(
        Exchange("Sejak kapan Saudara tinggal di tempat ini?", "Sejak April 2024, diajak teman sekampung."),
        Exchange("Siapa yang memegang paspor Saudara?", "Saya sendiri."),
        Exchange("Apa kegiatan Saudara sehari-hari?", "Membantu memperbaiki alat berat, dibayar mingguan."),
    ),
    observations=("Baju kerja atas nama yang bersangkutan di bengkel.",),
    rights=RIGHTS_WITH_ORDER,
    read_back="dibacakan kembali dalam bahasa Inggris melalui juru bahasa",
    refusal="ingin membaca terjemahan tertulis lebih dahulu.",
    inks=(
        Ink(
            place="pemeriksa-1",
            strokes=(
                (
                    (80, 250),
                    (160, 60),
                    (230, 250),
                    (300, 120),
                    (360, 240),
                    (430, 130),
                    (520, 230),
                    (900, 180),
                ),
                ((120, 180), (220, 170)),
                ((930, 120),),
            ),
            signed_at="11.04 WITA",
        ),
    ),
    witnesses=("Suparman, Ketua RT 04",),
)

RECEIPT = ReportReceipt(
    letterhead=KOP,
    issued_in="Posko Batulicin",
    dated=date(2024, 8, 21),
    reporter="Dodi",
    reporter_unit="Seksi Inteldakim, Kantor Imigrasi Kelas II TPI Batulicin",
    report_kind="Temuan kunjungan lapangan",
    report_code="0198F2-7C41",
    operation="Jagratara Tahap II, hari ke-1",
    place="Mes karyawan PT Contoh Tambang, Angsana, Tanah Bumbu",
    made_on=date(2024, 8, 21),
    made_at="11.10 WITA",
    received_at="14.32 WITA",
    summary=("7 orang diperiksa;", "1 temuan: izin tinggal berakhir."),
    attachments=("3 foto;", "1 berita acara."),
)

ALL = (ORDER, DECISION, OBJECTION, MINUTES, RECEIPT)
