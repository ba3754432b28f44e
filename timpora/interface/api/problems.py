"""Faults of a body in Indonesian, each with the field; pydantic's own words are English."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext
from pydantic import ValidationError
from pydantic_core import ErrorDetails

MOST: Final = 50
Context = Mapping[str, Any]
Words = Callable[[Context], str]

WORDS: Final[dict[str, Words]] = {
    "bool_type": lambda _: gettext("Isi true atau false."),
    "date_from_datetime_parsing": lambda _: gettext("Tulis tanggal sebagai TTTT-BB-HH."),
    "datetime_from_date_parsing": lambda _: gettext(
        "Tulis waktu lengkap, misalnya 2024-08-22T10:15:00+08:00."
    ),
    "datetime_parsing": lambda _: gettext("Tulis waktu lengkap, misalnya 2024-08-22T10:15:00+08:00."),
    "datetime_type": lambda _: gettext("Tulis waktu lengkap, misalnya 2024-08-22T10:15:00+08:00."),
    "enum": lambda c: gettext("Pilih salah satu: %(expected)s.") % {"expected": c.get("expected", "")},
    "extra_forbidden": lambda _: gettext("Isian ini tidak dikenal."),
    "greater_than_equal": lambda c: gettext("Tidak boleh kurang dari %(ge)s.") % {"ge": c.get("ge", "")},
    "int_from_float": lambda _: gettext("Tulis bilangan bulat."),
    "int_parsing": lambda _: gettext("Tulis bilangan bulat."),
    "int_parsing_size": lambda _: gettext("Bilangan terlalu besar."),
    "int_type": lambda _: gettext("Tulis bilangan bulat."),
    "json_invalid": lambda _: gettext("Isi kiriman bukan JSON yang utuh."),
    "less_than_equal": lambda c: gettext("Tidak boleh lebih dari %(le)s.") % {"le": c.get("le", "")},
    "list_type": lambda _: gettext("Isi berupa daftar."),
    "missing": lambda _: gettext("Isian ini wajib ada."),
    "model_type": lambda _: gettext("Isi berupa objek."),
    "string_pattern_mismatch": lambda _: gettext("Bentuknya tidak sesuai."),
    "string_too_long": lambda c: gettext("Paling banyak %(n)s karakter.") % {"n": c.get("max_length", "")},
    "string_too_short": lambda _: gettext("Isian ini tidak boleh kosong."),
    "string_type": lambda _: gettext("Isi berupa teks."),
    "string_unicode": lambda _: gettext("Teks ini memuat tanda yang tidak dapat dibaca."),
    "timezone_aware": lambda _: gettext("Sebutkan zona waktunya, misalnya +08:00."),
    "too_long": lambda c: gettext("Paling banyak %(n)s baris.") % {"n": c.get("max_length", "")},
    "uuid_parsing": lambda _: gettext("Kode ini bukan UUID."),
    "uuid_type": lambda _: gettext("Kode ini bukan UUID."),
    "value_error": lambda c: str(c.get("error", "")),
}


def problems_of(error: ValidationError) -> list[dict[str, str]]:
    """Return the faults as `field` (dotted path) and `message`; the first fifty, and how many more."""
    every = error.errors(include_url=False, include_input=False)
    found = [{"field": _field(fault), "message": _words(fault)} for fault in every[:MOST]]
    if len(every) > MOST:
        more = gettext("%(number)s kesalahan lagi.") % {"number": len(every) - MOST}
        found.append({"field": "", "message": more})
    return found


def _field(fault: ErrorDetails) -> str:
    # The name of an unknown field comes from outside: shortened, so that no answer grows with its question.
    return ".".join(str(step)[:40] for step in fault["loc"])


def _words(fault: ErrorDetails) -> str:
    words = WORDS.get(fault["type"])
    return words(fault.get("ctx", {})) if words else gettext("Isian ini tidak dapat dibaca.")


def problem(status: HTTPStatus, code: str, message: str, *, errors: object = ()) -> HttpResponse:
    """Answer what went wrong, for a machine (`code`) and for a person (`message`)."""
    return JsonResponse({"code": code, "message": message, "errors": errors}, status=status)
