"""A letter becomes a PDF: same data, same bytes.

typst compiles `<kind>.typ`, which lies beside the module of the letter's dataclass. The data travels as
JSON in memory, never as markup and never through a file, so a name like `#import "x"` prints literally
and no personal data is left in a temporary folder. Only the fonts in `fonts/` are used. The result is
PDF/A-2a and PDF/UA-1: archivable and readable aloud.
"""

import hashlib
import io
import json
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import segno
import typst

from timpora.kernel.documents.errors import LetterIncomplete, LetterUnprintable
from timpora.kernel.documents.letter import Letter, MissingField, missing, printed

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
FONTS: Final = HERE / "fonts"
BASE: Final = HERE / "templates" / "base.typ"
STANDARDS: Final[tuple[Literal["a-2a", "ua-1"], ...]] = ("a-2a", "ua-1")
SEAL: Final = 12
UNKNOWN_GLYPH: Final = re.compile(r"the text `\"(.+?)\"` could not be displayed")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A printed letter and what proves it.

    `data_digest` is the SHA-256 of the JSON the printer was given (fields, number, verification code); its
    first 12 characters stand in the footer. The file cannot hold its own digest, `sha256`, which is kept
    beside it and shown by the verification page.
    """

    pdf: bytes
    sha256: str
    data_digest: str
    template_digest: str
    pages: int

    @property
    def seal(self) -> str:
        """The part of the data digest that the footer shows."""
        return self.data_digest[:SEAL]


def render(
    letter: Letter, *, number: str, verify_at: str, replaces: str = "", template: Path | None = None
) -> Rendered:
    """Print a letter that is complete; `verify_at` is the public address coded in its QR.

    `replaces` is the number of the letter that this one corrects, printed under the letterhead.

    Raises:
        LetterIncomplete: fields are empty; `missing` lists them.
        LetterUnprintable: a character has no shape in the shipped fonts, or would deceive the reader.

    """
    if holes := missing(letter):
        raise LetterIncomplete([hole.label for hole in holes])
    besides = {"number": number, "verify_at": verify_at, "replaces": replaces}
    return _compile(letter, besides, template=template, is_draft=False)


def preview(letter: Letter, *, template: Path | None = None) -> Rendered:
    """Print a draft: marked KONSEP on every page, without number, with the missing fields listed on top."""
    besides = {"number": "", "verify_at": "", "replaces": ""}
    return _compile(letter, besides, template=template, holes=missing(letter), is_draft=True)


def paper(letter: Letter, *, template: Path | None = None) -> Rendered:
    """Print what is no letter: without number, seal and mark of a draft; its template shows none of them."""
    besides = {"number": "", "verify_at": "", "replaces": ""}
    return _compile(letter, besides, template=template, is_draft=False)


def template_of(kind: type[Letter]) -> Path:
    """Return the template of a kind: the file of the same name beside its module."""
    return Path(str(sys.modules[kind.__module__].__file__)).with_suffix(".typ")


def template_digest(template: Path) -> str:
    """Return the SHA-256 over the kind's template and the common form, which together fix the wording."""
    return hashlib.sha256(template.read_bytes() + BASE.read_bytes()).hexdigest()


def _compile(
    letter: Letter,
    besides: dict[str, str],
    *,
    template: Path | None,
    holes: tuple[MissingField, ...] = (),
    is_draft: bool,
) -> Rendered:
    source = template or template_of(type(letter))
    data = printed(letter, **besides)
    digest = hashlib.sha256(data.encode()).hexdigest()
    seal = {
        "digest": digest[:SEAL],
        "qr": _qr(besides["verify_at"]) if besides["verify_at"] else "",
        "is_draft": is_draft,
        "missing": [hole.label for hole in holes],
    }
    compiler = typst.Compiler(
        source,
        root=ROOT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"letter": data, "seal": json.dumps(seal)},
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=[*STANDARDS])
    except typst.TypstError as problem:
        raise _named(problem) from problem
    if not isinstance(pdf, bytes):
        raise TypeError(type(pdf))
    return Rendered(
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        data_digest=digest,
        template_digest=template_digest(source),
        pages=int(compiler.query("<pages>", field="value", one=True)),
    )


def _named(problem: typst.TypstError) -> Exception:
    found = UNKNOWN_GLYPH.search(problem.message)
    return LetterUnprintable(character=found[1]) if found else problem


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None
    )
    return drawn.getvalue().decode()
