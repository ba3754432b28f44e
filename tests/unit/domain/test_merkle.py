from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timpora.domain.merkle import (
    EMPTY_HEAD,
    Frontier,
    MalformedFrontier,
    NotInTree,
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_head,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(64)]
HEADS = [tree_head(LEAVES[:size]) for size in range(65)]

# Inputs and roots of the Certificate Transparency reference tests, for trees of 0 to 8 entries.
REFERENCE_INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
REFERENCE_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def flipped(value: bytes) -> bytes:
    return bytes([value[0] ^ 1]) + value[1:]


def test_the_roots_are_those_of_certificate_transparency():
    leaves = [leaf_hash(bytes.fromhex(text)) for text in REFERENCE_INPUTS]
    for size, root in enumerate(REFERENCE_ROOTS):
        assert tree_head(leaves[:size]).hex() == root


def test_a_leaf_cannot_pass_for_a_node():
    pair = LEAVES[0] + LEAVES[1]
    assert leaf_hash(pair) != node_hash(LEAVES[0], LEAVES[1])
    assert leaf_hash(b"") == sha256(b"\x00").digest()


def test_every_inclusion_proof_up_to_64_holds_and_no_damaged_one():
    for size in range(1, 65):
        for index in range(size):
            proof = inclusion_proof(index, LEAVES[:size])
            case = {"leaf": LEAVES[index], "index": index, "size": size, "proof": proof, "root": HEADS[size]}
            assert inclusion_holds(**case)
            assert not inclusion_holds(**case | {"leaf": flipped(LEAVES[index])})
            assert not inclusion_holds(**case | {"root": flipped(HEADS[size])})
            assert not inclusion_holds(**case | {"index": size})
            assert not inclusion_holds(**case | {"index": -1})
            assert not inclusion_holds(**case | {"proof": (*proof, LEAVES[0])})
            assert not inclusion_holds(**case | {"leaf": b"short"})
            for other in range(size):
                assert (other == index) == inclusion_holds(**case | {"index": other})
            if proof:
                assert not inclusion_holds(**case | {"proof": proof[:-1]})
            for at in range(len(proof)):
                damaged = (*proof[:at], flipped(proof[at]), *proof[at + 1 :])
                assert not inclusion_holds(**case | {"proof": damaged})


def test_every_consistency_proof_up_to_64_holds_and_no_damaged_one():
    for new in range(65):
        for old in range(new + 1):
            proof = consistency_proof(old, LEAVES[:new])
            case = {
                "old_size": old,
                "old_root": HEADS[old],
                "new_size": new,
                "new_root": HEADS[new],
                "proof": proof,
            }
            assert consistency_holds(**case)
            assert not consistency_holds(**case | {"old_root": flipped(HEADS[old])})
            assert not consistency_holds(**case | {"proof": (*proof, LEAVES[0])})
            if old:
                assert not consistency_holds(**case | {"new_root": flipped(HEADS[new])})
            if proof:
                assert not consistency_holds(**case | {"proof": proof[:-1]})
                assert not consistency_holds(**case | {"proof": ()})
                assert not consistency_holds(**case | {"old_size": new, "new_size": old})
            for at in range(len(proof)):
                damaged = (*proof[:at], flipped(proof[at]), *proof[at + 1 :])
                assert not consistency_holds(**case | {"proof": damaged})


def test_a_proof_longer_or_shorter_than_the_tree_is_refused_even_if_its_hashes_fit():
    more = LEAVES[9]
    proof = inclusion_proof(1, LEAVES[:6])
    taller = node_hash(more, HEADS[6])
    assert not inclusion_holds(leaf=LEAVES[1], index=1, size=6, proof=(*proof, more), root=taller)
    short = consistency_proof(2, LEAVES[:4])
    assert not consistency_holds(old_size=2, old_root=HEADS[2], new_size=8, new_root=HEADS[4], proof=short)
    assert not consistency_holds(
        old_size=3,
        old_root=node_hash(more, HEADS[3]),
        new_size=7,
        new_root=node_hash(more, HEADS[7]),
        proof=(*consistency_proof(3, LEAVES[:7]), more),
    )


def test_a_rewritten_history_has_no_consistency_proof():
    rewritten = [leaf_hash(b"rewritten"), *LEAVES[1:]]
    for new in range(1, 65):
        for old in range(1, new + 1):
            assert not consistency_holds(
                old_size=old,
                old_root=HEADS[old],
                new_size=new,
                new_root=tree_head(rewritten[:new]),
                proof=consistency_proof(old, rewritten[:new]),
            )


def test_proofs_beyond_the_tree_are_refused():
    for index in (-1, 3):
        with pytest.raises(NotInTree):
            inclusion_proof(index, LEAVES[:3])
    for size in (-1, 4):
        with pytest.raises(NotInTree):
            consistency_proof(size, LEAVES[:3])
    assert consistency_proof(3, LEAVES[:3]) == ()


def test_the_frontier_has_the_root_of_the_batch():
    frontier = Frontier()
    assert frontier.root() == EMPTY_HEAD
    for size, leaf in enumerate(LEAVES, start=1):
        frontier = frontier.append(leaf)
        assert frontier.size == size
        assert frontier.root() == HEADS[size]
        assert frontier == Frontier.of(size, frontier.hashes())


@given(st.lists(st.binary(max_size=40), max_size=200), st.integers(0, 200))
def test_a_stored_frontier_goes_on_where_it_stopped(entries, cut):
    leaves = [leaf_hash(entry) for entry in entries]
    before = Frontier()
    for leaf in leaves[:cut]:
        before = before.append(leaf)
    after = Frontier.of(before.size, [memoryview(value) for value in before.hashes()])
    for leaf in leaves[cut:]:
        after = after.append(leaf)
    assert after.root() == tree_head(leaves)
    assert len(after.peaks) <= max(1, len(leaves)).bit_length()


@pytest.mark.parametrize(
    ("size", "hashes"),
    [(-1, []), (0, [LEAVES[0]]), (3, [LEAVES[0]]), (1, [b"short"]), (1, [])],
)
def test_a_malformed_frontier_is_refused(size, hashes):
    with pytest.raises(MalformedFrontier):
        Frontier.of(size, hashes)


def test_a_frontier_refuses_a_leaf_that_is_no_hash():
    with pytest.raises(MalformedFrontier):
        Frontier().append(b"the entry itself")
    with pytest.raises(MalformedFrontier):
        Frontier().append(LEAVES[0]).append(b"the entry itself")
