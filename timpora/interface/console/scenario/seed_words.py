"""Says in Indonesian what a validator found, and where in the file it stands."""

from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file: where it stands (`people[3].nip`) and what is wrong."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"- {self.where}: {self.what}"


WORDS = {
    "missing": "wajib diisi",
    "extra_forbidden": "kunci tidak dikenal; periksa ejaannya",
    "string_type": "harus berupa teks",
    "string_too_short": "terlalu pendek (paling sedikit {min_length} huruf)",
    "string_too_long": "terlalu panjang (paling banyak {max_length} huruf)",
    "literal_error": "harus salah satu dari {expected}",
    "tuple_type": "harus berupa daftar [...]",
    "model_type": "harus berupa objek {{...}}",
    "model_attributes_type": "harus berupa objek {{...}}",
    "value_error": "{error}",
}
SHAPES = {
    "code": "huruf besar, angka dan tanda hubung, misalnya KANIM-BATULICIN",
    "unit": "huruf besar, angka dan tanda hubung, misalnya KANIM-BATULICIN",
    "wilayah": "kode Kemendagri seperti 63.10 atau 63.10.06, atau ID",
    "territories": "kode Kemendagri seperti 63.10 atau 63.10.06, atau ID",
    "username": "huruf kecil, angka, titik atau tanda hubung, paling sedikit dua",
    "nip": "18 angka (NIP) atau 8 angka (NRP)",
    "role": "huruf kecil dan garis bawah, misalnya kanim_head",
    "nationality": "kode paspor tiga huruf seperti CHN, atau D",
    "number": "huruf besar dan angka",
    "born_on": "TTTT, TTTT-BB atau TTTT-BB-HH",
    "name": "tidak boleh memuat tanda kendali",
}
"""What a field should look like, by its name; a list's own name stands for its members."""
DAY_TYPES = ("date_", "datetime_")


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """Turn a validator's findings into faults, in the order of the file."""
    return tuple(Fault(_where(found["loc"]), _what(found)) for found in error.errors(include_url=False))


def _where(location: tuple[int | str, ...]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path or "berkas"


def _what(found: ErrorDetails) -> str:
    kind = found["type"]
    if kind.startswith(DAY_TYPES):
        return "bukan tanggal yang sah; tulis TTTT-BB-HH"
    if kind == "string_pattern_mismatch":
        field = next((step for step in reversed(found["loc"]) if isinstance(step, str)), "")
        return f"bentuknya tidak sesuai: {SHAPES.get(field, 'periksa isinya')}"
    words = WORDS.get(kind, "nilai tidak dapat dibaca")
    return words.format(**found.get("ctx", {}))
