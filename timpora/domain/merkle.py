"""The Merkle tree of RFC 6962 under the audit log: heads, proofs, and a frontier that grows.

A leaf is SHA-256(0x00 || data) and a node SHA-256(0x01 || left || right), so no leaf can pass for a
node. Every function takes leaf hashes, never the entries: `leaf_hash` is the only door for data.
Verification follows RFC 9162, sections 2.1.3.2 and 2.1.4.2, and answers False to anything malformed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

HASH_SIZE: Final = 32
EMPTY_HEAD: Final = sha256(b"").digest()


class MerkleError(ValueError):
    """A tree was asked for something it does not hold, or was given hashes that cannot be its own."""

    code = "merkle.error"


class NotInTree(MerkleError):
    """The leaf or the earlier size lies beyond the tree."""

    code = "merkle.not-in-tree"


class MalformedFrontier(MerkleError):
    """The hashes are not 32 bytes each, or not one for each 1-bit of the size."""

    code = "merkle.malformed-frontier"


def leaf_hash(data: bytes) -> bytes:
    """Return the hash under which an entry stands in the tree."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbours."""
    return sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """Return the largest power of two smaller than the size."""
    return 1 << (size - 1).bit_length() - 1


def tree_head(leaves: Sequence[bytes]) -> bytes:
    """Return the root over these leaf hashes, by the definition in RFC 6962, section 2.1."""
    if not leaves:
        return EMPTY_HEAD
    if len(leaves) == 1:
        return leaves[0]
    at = _split(len(leaves))
    return node_hash(tree_head(leaves[:at]), tree_head(leaves[at:]))


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the neighbours that lead from one leaf to the root, lowest first."""
    if not 0 <= index < len(leaves):
        raise NotInTree(f"Entri {index} tidak ada dalam pohon berisi {len(leaves)} entri.")
    if len(leaves) == 1:
        return ()
    at = _split(len(leaves))
    if index < at:
        return (*inclusion_proof(index, leaves[:at]), tree_head(leaves[at:]))
    return (*inclusion_proof(index - at, leaves[at:]), tree_head(leaves[:at]))


def consistency_proof(old_size: int, leaves: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return what shows that the first `old_size` leaves still begin this tree.

    Empty for an empty old tree and for the same tree: there is nothing to show.
    """
    if not 0 <= old_size <= len(leaves):
        raise NotInTree(f"Ukuran {old_size} melebihi pohon berisi {len(leaves)} entri.")
    return _subproof(old_size, leaves, head_is_known=True) if old_size else ()


def _subproof(size: int, leaves: Sequence[bytes], *, head_is_known: bool) -> tuple[bytes, ...]:
    if size == len(leaves):
        return () if head_is_known else (tree_head(leaves),)
    at = _split(len(leaves))
    if size <= at:
        left = _subproof(size, leaves[:at], head_is_known=head_is_known)
        return (*left, tree_head(leaves[at:]))
    return (*_subproof(size - at, leaves[at:], head_is_known=False), tree_head(leaves[:at]))


def inclusion_holds(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the proof shows that the leaf stands at this place under this root."""
    if not (0 <= index < size and _are_hashes(leaf, root, *proof)):
        return False
    place, last, head = index, size - 1, leaf
    for neighbour in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            head = node_hash(neighbour, head)
            place, last = _climb(place, last)
        else:
            head = node_hash(head, neighbour)
        place, last = place >> 1, last >> 1
    return last == 0 and head == root


def consistency_holds(
    *, old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether the proof shows that the new tree only added to the old one."""
    if not (0 <= old_size <= new_size and _are_hashes(old_root, new_root, *proof)):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_HEAD
    # The head of a complete old tree is a node of the new one, so the proof leaves it out.
    is_complete = old_size & (old_size - 1) == 0
    path = (old_root, *proof) if is_complete else tuple(proof)
    return _grown(path, old_size, new_size) == (old_root, new_root)


def _grown(path: tuple[bytes, ...], old_size: int, new_size: int) -> tuple[bytes, bytes] | None:
    """Return the old and the new head that this path leads to, if its length fits the sizes."""
    if not path:
        return None
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for neighbour in path[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(neighbour, old), node_hash(neighbour, new)
            place, last = _climb(place, last)
        else:
            new = node_hash(new, neighbour)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _climb(place: int, last: int) -> tuple[int, int]:
    """Skip the levels at which the place at the right edge has no neighbour."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_SIZE for value in values)


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a growing tree: enough to append and to give the root, in O(log n).

    `peaks` holds the heads of the complete subtrees, largest first: one for each 1-bit of `size`.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count() or not _are_hashes(*self.peaks):
            raise MalformedFrontier(
                f"Tepi pohon {self.size} entri tidak cocok dengan {len(self.peaks)} hash."
            )

    @classmethod
    def of(cls, size: int, hashes: Sequence[bytes]) -> Self:
        """Read a frontier back from its size and the list that `hashes` gave."""
        return cls(size, tuple(bytes(value) for value in hashes))

    def hashes(self) -> list[bytes]:
        """Return the 32-byte hashes to store beside the size."""
        return list(self.peaks)

    def append(self, leaf: bytes) -> Self:
        """Return the frontier with one more leaf hash."""
        if not _are_hashes(leaf):
            raise MalformedFrontier(f"Daun harus hash {HASH_SIZE} bita, bukan {len(leaf)}.")
        peaks, size, head = list(self.peaks), self.size, leaf
        while size & 1:
            head, size = node_hash(peaks.pop(), head), size >> 1
        return type(self)(self.size + 1, (*peaks, head))

    def root(self) -> bytes:
        """Return the tree head: the same as `tree_head` over all the leaves."""
        if not self.peaks:
            return EMPTY_HEAD
        *larger, head = self.peaks
        for peak in reversed(larger):
            head = node_hash(peak, head)
        return head
