"""Refusals of the letter desk; each says what to do."""

from collections.abc import Sequence

from timpora.kernel.errors import Refusal


class DocumentsError(Refusal):
    """Root of the letter desk's refusals."""

    code = "documents.refused"
    message = "Surat tidak dapat diproses."


class LetterIncomplete(DocumentsError):
    """Fields are still empty; `labels` names them for the form."""

    code = "documents.incomplete"
    message = "Lengkapi isi surat sebelum menerbitkannya."

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__(f"Lengkapi dahulu: {'; '.join(labels)}.")
        self.labels = tuple(labels)


class LetterUnprintable(DocumentsError):
    """A text holds a character that has no honest printed form; `path` names the field where known."""

    code = "documents.unprintable"
    message = "Ada huruf yang tidak dapat dicetak; tulis ejaan Latin seperti di paspor."

    def __init__(self, *, path: str = "", label: str = "", character: str) -> None:
        sign = f"{character} " if character.isprintable() else ""
        where = f" pada {label}" if label else ""
        super().__init__(
            f"Huruf {sign}(U+{ord(character[0]):04X}){where} tidak dapat dicetak; "
            "tulis ejaan Latin seperti di paspor.",
        )
        self.path, self.label, self.character = path, label, character


class PatternInvalid(DocumentsError):
    """A pattern of letter numbers could give one number twice, or names something unknown."""

    code = "documents.pattern-invalid"
    message = "Pola nomor surat tidak sah."


class LetterUnknown(DocumentsError):
    """The letter to be replaced is not there, or not the actor's to replace."""

    code = "documents.unknown"
    message = "Surat yang hendak diganti tidak ditemukan."


class LetterReplaced(DocumentsError):
    """A letter is replaced once; the next correction replaces the newest one."""

    code = "documents.replaced"
    message = "Surat ini sudah diganti; betulkan surat penggantinya."


class NumbersOfOffice(DocumentsError):
    """A post was asked for a number of a book that its office keeps."""

    code = "documents.numbers-of-office"
    message = "Nomor surat dan perkara diberikan kantor, bukan pos. Terbitkan di kantor."
