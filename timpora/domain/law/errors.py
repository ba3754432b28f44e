"""Why a set of law files, or a question to it, cannot be used."""

from datetime import date


class LawBookUnreadable(ValueError):
    """A law file cannot be accepted; the message names the file, the row and what to mend."""

    code = "law.unreadable"
    message = "Berkas hukum tidak dapat dibaca."

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(f"{file}: {self.message} {detail}")
        self.file = file
        self.detail = detail


class FileUnplaced(LawBookUnreadable):
    """The name says neither texts, values, visas nor calendar."""

    code = "law.file-unplaced"
    message = "Nama berkas harus texts/….toml, values/….toml, visas/….toml, atau calendar/….toml."


class TomlBroken(LawBookUnreadable):
    """The file is not TOML."""

    code = "law.toml-broken"
    message = "Isi berkas bukan TOML yang sah; perbaiki tanda baca di tempat yang disebut."


class FieldMissing(LawBookUnreadable):
    """A row lacks something it must say."""

    code = "law.field-missing"
    message = "Isian wajib belum ada; tambahkan."


class FieldWrong(LawBookUnreadable):
    """A row says something of the wrong kind, such as a date written as text."""

    code = "law.field-wrong"
    message = "Isian tidak dapat dipakai."


class FieldUnknown(LawBookUnreadable):
    """A row says something nobody reads; often a misspelt field."""

    code = "law.field-unknown"
    message = "Isian tidak dikenal; periksa ejaannya."


class IntervalsOverlap(LawBookUnreadable):
    """Two versions of one thing would hold on the same day."""

    code = "law.intervals-overlap"
    message = "Dua versi berlaku pada hari yang sama; tutup versi lama dengan `to`."


class CiteUnknown(LawBookUnreadable):
    """A number names an article that no file holds."""

    code = "law.cite-unknown"
    message = "Pasal yang dirujuk tidak ada; tambahkan pasalnya atau perbaiki `cite`."


class CiteNotInForce(LawBookUnreadable):
    """A number holds on days when its article does not."""

    code = "law.cite-not-in-force"
    message = "Pasal yang dirujuk tidak berlaku sepanjang masa nilai; sesuaikan `from`, `to`, atau `cite`."


class LawUnknown(LookupError):
    """The law book was asked for something it does not hold on that day."""

    code = "law.unknown"
    message = "Tidak ada dalam berkas hukum"

    def __init__(self, key: str, on: date | None = None) -> None:
        when = "" if on is None else f" pada {on:%d-%m-%Y}"
        super().__init__(f"{self.message}{when}: {key}")
        self.key = key
        self.on = on


class ArticleUnknown(LawUnknown):
    """No file holds the article."""

    code = "law.article-unknown"
    message = "Pasal tidak ada dalam berkas hukum"


class ArticleNotInForce(LawUnknown):
    """The article is known, but was not in force on the day."""

    code = "law.article-not-in-force"
    message = "Pasal tidak berlaku"


class ValueUnknown(LawUnknown):
    """No number of this name holds on the day."""

    code = "law.value-unknown"
    message = "Nilai hukum tidak ada"
