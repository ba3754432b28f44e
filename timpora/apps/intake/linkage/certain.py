"""The same document of the same state is the same person, unless what else is known contradicts it.

A mistyped number that happens to be another person's is rare and grave: so a birth date or a sex
that conflicts, or names with nothing in common, make the pair doubtful instead. So does a holder whom
the register knows outside the places of the list alone, unless birth date and name agree as well: else
a list of guessed numbers would bring anybody's file before its sender's office.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from timpora.apps.intake.linkage.records import Document, Evidence, LinkRecord, Pair, Verdict
from timpora.domain.linkage import same_from_afar, sound_of, words_of
from timpora.domain.territory import NATION, known_at

# A document number decides alone: the odds are written as 20 bits, the ceiling of the screen's bars.
CERTAIN = 20.0
# Of so many holders of a number, and so many of one birth date, a record is compared with each.
MOST_COMPARED = 5
ELSEWHERE = Evidence(
    "place",
    "Selama ini hanya dikenal di luar wilayah pengirim daftar; tanggal lahir lengkap dan separuh nama"
    " tidak keduanya sama.",
    -8.0,
)
GUESSED = Evidence(
    "place",
    "Selama ini hanya dikenal di luar wilayah pengirim daftar; pengirim menyebut nomor ini dengan lebih dari"
    " satu tanggal lahir.",
    -8.0,
)


def certain_pairs(records: Iterable[LinkRecord]) -> tuple[Pair, ...]:
    """Return the pairs that share a document, new with new and new with known."""
    holders: dict[tuple[str, str], list[LinkRecord]] = defaultdict(list)
    for record in records:
        for document in record.documents:
            holders[(issuer(document, record), document.number)].append(record)
    pairs = {pair.left + "\0" + pair.right: pair for held in holders.values() for pair in _pairs(held)}
    return tuple(pairs[key] for key in sorted(pairs))


class Holders:
    """Who holds one number so far; whoever comes is compared with a few of them, however many there are.

    With the first few, and with the first few of the same birth date: a number that more persons hold is
    no number of a passport, and each of them waits for two eyes anyway.
    """

    def __init__(self, held: Iterable[LinkRecord] = ()) -> None:
        """Begin with those who are known, the likeliest first."""
        self._held: list[LinkRecord] = []
        self._of_birth: dict[str, list[LinkRecord]] = defaultdict(list)
        for holder in held:
            self.add(holder)

    def add(self, holder: LinkRecord) -> None:
        """Note one more holder, behind the others."""
        self._held.append(holder)
        if len(self._of_birth[holder.birth]) < MOST_COMPARED:
            self._of_birth[holder.birth].append(holder)

    @property
    def first(self) -> LinkRecord | None:
        """Return the likeliest holder."""
        return self._held[0] if self._held else None

    def match(self, record: LinkRecord) -> LinkRecord | None:
        """Return the holder whom a record is about: of several, one whose birth date is the record's."""
        same = self._of_birth.get(record.birth, []) if record.birth else []
        near = (*same, *self._held[:MOST_COMPARED])
        return next((holder for holder in near if not contradiction(holder, record)), None)


def _pairs(held: list[LinkRecord]) -> Iterator[Pair]:
    """Tie each holder to the first one that it agrees with, so that n holders give n - 1 pairs."""
    apart = Holders()
    places = next((holder.places for holder in held if not holder.is_known), (NATION,))
    for record in sorted(held, key=lambda one: (not one.is_known, not known_at(one.places, places), one.id)):
        anchor = apart.match(record)
        if anchor is None:
            anchor = apart.first
            apart.add(record)
        if anchor is not None and anchor.id != record.id and not (anchor.is_known and record.is_known):
            yield pair_of(anchor, record)


def pair_of(anchor: LinkRecord, record: LinkRecord) -> Pair:
    """Return the pair of two holders of one document, doubtful where they contradict each other."""
    one, other = sorted((anchor, record), key=lambda holder: holder.id)
    conflicts = contradiction(one, other)
    evidence = (Evidence("document", "Nomor dokumen dan negara penerbit sama.", CERTAIN), *conflicts)
    weight = sum(item.weight for item in evidence)
    verdict = Verdict.DOUBTFUL if conflicts else Verdict.SAME
    return Pair(one.id, other.id, 2**weight / (1 + 2**weight), weight, verdict, evidence)


def contradiction(one: LinkRecord, other: LinkRecord) -> tuple[Evidence, ...]:
    """Return what speaks against two holders of one document being one person."""
    return tuple(_conflicts(one, other))


def _conflicts(one: LinkRecord, other: LinkRecord) -> Iterator[Evidence]:
    if one.birth and other.birth and not _births_agree(one.birth, other.birth):
        yield Evidence("birth", f"Tanggal lahir bertentangan: {one.birth} dan {other.birth}.", -8.0)
    if one.sex and other.sex and one.sex != other.sex and "X" not in {one.sex, other.sex}:
        yield Evidence("sex", "Jenis kelamin bertentangan.", -4.0)
    if one.names and other.names and not _share_a_sound(one, other):
        yield Evidence("name", "Nama tidak memiliki kata yang sama.", -8.0)
    yield from _from_afar(one, other)


def _from_afar(one: LinkRecord, other: LinkRecord) -> Iterator[Evidence]:
    if not is_elsewhere(one, other):
        return
    if not _agree_from_afar(one, other):
        yield ELSEWHERE
    elif one.is_guess or other.is_guess:
        yield GUESSED


def is_elsewhere(one: LinkRecord, other: LinkRecord) -> bool:
    """Tell whether the register knows one of the two outside the places of the other's list alone."""
    if one.is_known == other.is_known:
        return False
    known, new = (one, other) if one.is_known else (other, one)
    return not known_at(known.places, new.places)


def held_against(pair: Pair, one: LinkRecord, other: LinkRecord) -> Pair:
    """Return a pair that probability found; likeness joins nobody whom a document would not have joined.

    So who shares a number and contradicts the other is left to two eyes, however alike the rest is; and
    who is known elsewhere alone is not joined by likeness.
    """
    conflicts = contradiction(one, other) if share_document(one, other) else tuple(_from_afar(one, other))
    if not conflicts:
        return pair
    spoken = {item.field for item in pair.evidence}
    added = tuple(item for item in conflicts if item.field not in spoken)
    return replace(pair, verdict=Verdict.DOUBTFUL, evidence=(*pair.evidence, *added))


def share_document(one: LinkRecord, other: LinkRecord) -> bool:
    """Tell whether two hold one number of the same state; a state that nobody names may be any."""
    return any(
        mine.number == theirs.number and len({issuer(mine, one), issuer(theirs, other)} - {""}) <= 1
        for mine in one.documents
        for theirs in other.documents
    )


def issuer(document: Document, holder: LinkRecord) -> str:
    """Return who issued a document: where no list says, the state of nationality is the likeliest one."""
    return document.state or holder.nationality


def _agree_from_afar(one: LinkRecord, other: LinkRecord) -> bool:
    return same_from_afar(one.names, one.birth, other.names, other.birth)


def _births_agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _share_a_sound(one: LinkRecord, other: LinkRecord) -> bool:
    left, right = _words(one), _words(other)
    if "".join(sorted("".join(left))) == "".join(sorted("".join(right))):
        return True
    return not {sound_of(word) for word in left}.isdisjoint(sound_of(word) for word in right)


def _words(record: LinkRecord) -> list[str]:
    return [word for name in record.names for word in words_of(name)]
