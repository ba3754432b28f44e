"""The screen before anything else: signs of trafficking (Pasal 1 UU 21/2007) and of a need for refuge.

The questions are few and asked of the person, alone and in a language understood. A sign is no proof:
it stops every measure and hands the person to protection, where somebody trained looks further.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from timpora.domain.measures import REFUGEE_CITE, VICTIM_CITES, Screen, ScreenAnswer
from timpora.domain.verdict import Verdict

DEFINITION_CITE: Final = "uu-21-2007/ps1"
CITES: Final = (DEFINITION_CITE, *VICTIM_CITES, REFUGEE_CITE)


class Reply(StrEnum):
    """What a question brought; the last leaves the screen unfinished."""

    NO = "tidak"
    YES = "ya"
    UNKNOWN = "belum_jelas"


class Block(StrEnum):
    """A part of the questionnaire, asked on its own."""

    SETTING = "keadaan"
    ACT = "perbuatan"
    MEANS = "cara"
    PURPOSE = "tujuan"
    REFUGE = "pengungsi"
    OTHER = "lain"


class Care(StrEnum):
    """What changes the path of a case though it shelters from no measure (F63)."""

    CHILD = "anak"
    PREGNANT = "hamil"
    ILL = "sakit"
    DISABILITY = "disabilitas"


class Provider(StrEnum):
    """What kind of service was asked to take somebody in; never which house, which is a secret of its own."""

    SHELTER = "rumah_pelindungan"
    WOMEN_CHILDREN = "layanan_perempuan_anak"
    HEALTH = "layanan_kesehatan"
    LEGAL = "bantuan_hukum"
    POLICE = "polri_ppa"
    REFUGEE = "unhcr_iom"
    REFUGEE_SHELTER = "penampungan_pengungsi"


class Answer(StrEnum):
    """What a service answered, by category only."""

    ACCEPTED = "diterima"
    WAITING = "menunggu"
    FULL = "tidak_ada_tempat"
    DECLINED = "tidak_bersedia"


class Ending(StrEnum):
    """How a referral ended with somebody protected."""

    HOME = "pulang_sukarela"
    REINTEGRATED = "reintegrasi"
    RESETTLED = "ditangani_unhcr"
    STAYS = "menetap_dengan_izin"
    WISH = "atas_permintaannya"


PROVIDERS: Final[Mapping[Provider, str]] = {
    Provider.SHELTER: "Rumah pelindungan sosial",
    Provider.WOMEN_CHILDREN: "Layanan perempuan dan anak (UPTD PPA)",
    Provider.HEALTH: "Layanan kesehatan (PPT rumah sakit)",
    Provider.LEGAL: "Pendampingan hukum atau LPSK",
    Provider.POLICE: "Polri, unit perempuan, anak, dan TPPO",
    Provider.REFUGEE: "UNHCR atau IOM",
    Provider.REFUGEE_SHELTER: "Penampungan pengungsi pemerintah daerah",
}
ANSWERS: Final[Mapping[Answer, str]] = {
    Answer.ACCEPTED: "Diterima",
    Answer.WAITING: "Menunggu jawaban",
    Answer.FULL: "Tidak ada tempat",
    Answer.DECLINED: "Yang bersangkutan tidak bersedia",
}
ENDINGS: Final[Mapping[Ending, str]] = {
    Ending.HOME: "Pulang dengan sukarela dan aman",
    Ending.REINTEGRATED: "Reintegrasi sosial berjalan",
    Ending.RESETTLED: "Ditangani UNHCR menurut aturan pengungsi",
    Ending.STAYS: "Menetap dengan izin",
    Ending.WISH: "Atas permintaan yang bersangkutan",
}
CHILD_SIGN: Final = "Di bawah 18 tahun"
# What a victim has a right to (UU 21/2007 Pasal 51-54), and refugees by their own decree.
SERVICE_CITES: Final = ("uu-21-2007/ps51", REFUGEE_CITE)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the screen: to which block it belongs, its words, and what to listen for."""

    code: str
    block: Block
    words: str
    hint: str = ""


BLOCK_TITLES: Final[Mapping[Block, str]] = {
    Block.SETTING: "Keadaan wawancara",
    Block.ACT: "Perbuatan: bagaimana sampai di sini",
    Block.MEANS: "Cara: apakah ada paksaan, tipuan, atau jeratan",
    Block.PURPOSE: "Tujuan: apakah dimanfaatkan",
    Block.REFUGE: "Pengungsi atau pencari suaka",
    Block.OTHER: "Tanda lain",
}

QUESTIONS: Final = (
    Question(
        "sendiri",
        Block.SETTING,
        "Apakah yang bersangkutan diwawancarai tanpa majikan, penjamin, atau perantara di ruangan?",
        "Bila tidak, ulangi: jawaban di depan orang yang menguasai dirinya tidak dapat dipakai.",
    ),
    Question(
        "bahasa",
        Block.SETTING,
        "Apakah ia mengerti bahasanya, atau ada juru bahasa yang bukan dari pihak majikan?",
    ),
    Question(
        "direkrut",
        Block.ACT,
        "Apakah orang lain merekrut, mengangkut, menampung, memindahkan, atau menerimanya?",
        "Siapa yang mengurus perjalanan dan tempat tinggal? Sendirian hal ini belum tanda.",
    ),
    Question(
        "dokumen_ditahan",
        Block.MEANS,
        "Apakah paspor, telepon, atau uangnya dipegang orang lain?",
    ),
    Question(
        "tidak_bebas",
        Block.MEANS,
        "Apakah ia diancam, dipukul, disekap, diawasi, atau tidak bebas pergi?",
    ),
    Question(
        "ditipu",
        Block.MEANS,
        "Apakah pekerjaan, upah, atau tempatnya lain dari yang dijanjikan?",
    ),
    Question(
        "utang",
        Block.MEANS,
        "Apakah ia harus bekerja untuk melunasi utang, biaya berangkat, atau denda?",
    ),
    Question(
        "posisi_rentan",
        Block.MEANS,
        "Apakah ada yang menyalahgunakan kuasa, atau keadaannya yang lemah (usia, sakit, keluarga)?",
    ),
    Question(
        "kerja_paksa",
        Block.PURPOSE,
        "Apakah ia bekerja tanpa upah, upahnya ditahan, atau tidak boleh berhenti?",
    ),
    Question(
        "eksploitasi_lain",
        Block.PURPOSE,
        "Apakah ia dimanfaatkan secara seksual, untuk mengemis, menipu daring, atau lainnya?",
    ),
    Question(
        "kartu_unhcr",
        Block.REFUGE,
        "Apakah ia memegang kartu UNHCR, atau pernah mendaftar ke UNHCR?",
    ),
    Question(
        "mohon_suaka",
        Block.REFUGE,
        "Apakah ia menyatakan mencari suaka atau perlindungan?",
    ),
    Question(
        "takut_pulang",
        Block.REFUGE,
        "Apakah ia takut dipulangkan karena akan dianiaya, dihukum tidak adil, atau terancam jiwanya?",
        "Catat perkataannya sendiri. Jangan menghubungi negara asalnya.",
    ),
    Question(
        "tanda_lain",
        Block.OTHER,
        "Apakah Anda sendiri melihat tanda lain bahwa ia mungkin korban?",
        "Misalnya luka, ketakutan, jawaban hafalan, tinggal di tempat kerja.",
    ),
)

_SIGNS: Final = frozenset({Block.MEANS, Block.PURPOSE, Block.OTHER})
Replies = Mapping[str, Reply]


def screen_of(replies: Replies, *, is_child: bool) -> Screen:
    """Return what the replies amount to; an unanswered question leaves its screen unfinished.

    A yes on means, purpose or what the officer saw is a sign. Being recruited or moved alone is none,
    except for a child, whom no means need have been used on.
    """
    is_heard = all(_reply(replies, q) is Reply.YES for q in QUESTIONS if q.block is Block.SETTING)
    signs = _SIGNS | {Block.ACT} if is_child else _SIGNS
    trafficking = _answer(
        replies,
        asked={Block.ACT, *_SIGNS},
        signs=signs,
        is_heard=is_heard,
    )
    refuge = frozenset({Block.REFUGE})
    return Screen(trafficking, _answer(replies, asked=refuge, signs=refuge, is_heard=is_heard))


def screen_told(screen: Screen) -> Verdict[ScreenAnswer]:
    """Conclude in one answer what the two screens say: signs before all, then what is still open."""
    answers = (screen.trafficking, screen.refugee)
    if ScreenAnswer.SHELTERED in answers:
        because = "Ada tanda yang perlu ditangani pelindungan; setiap tindakan berhenti di sini."
        return Verdict(ScreenAnswer.SHELTERED, because, CITES)
    if ScreenAnswer.OPEN in answers:
        because = "Penapisan belum selesai: masih ada pertanyaan yang belum terjawab dengan layak."
        return Verdict(ScreenAnswer.OPEN, because, CITES)
    return Verdict(ScreenAnswer.CLEAR, "Penapisan selesai tanpa tanda korban atau pengungsi.", CITES)


def unanswered(replies: Replies) -> tuple[Question, ...]:
    """Return the questions that still keep a screen open, as the interview must be taken up again."""
    return tuple(
        q
        for q in QUESTIONS
        if _reply(replies, q) is Reply.UNKNOWN
        or (q.block is Block.SETTING and _reply(replies, q) is Reply.NO)
    )


def _reply(replies: Replies, question: Question) -> Reply:
    return replies.get(question.code, Reply.UNKNOWN)


def _answer(
    replies: Replies, *, asked: frozenset[Block] | set[Block], signs: frozenset[Block], is_heard: bool
) -> ScreenAnswer:
    told = {q: _reply(replies, q) for q in QUESTIONS if q.block in asked}
    # A sign counts however the interview went; only its absence must have been heard properly.
    if any(reply is Reply.YES for q, reply in told.items() if q.block in signs):
        return ScreenAnswer.SHELTERED
    if not is_heard or Reply.UNKNOWN in told.values():
        return ScreenAnswer.OPEN
    return ScreenAnswer.CLEAR
