"""Addresses of databases: read from one line, written as one line."""

import pytest

from timpora.kernel.database.address import Address, AddressUnreadable, address_read

ADDRESSES = [
    Address("db.kantor.go.id", 5433, "timpora", "timpora_app", "s@ndi/:?#"),
    Address("/var/run/postgresql", 5432, "timpora", "timpora_app", ""),
    Address("localhost", 5432, "nama dengan spasi", "peran", ""),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_writing_and_reading_are_inverse(address: Address):
    assert address_read(address.to_url()) == address


@pytest.mark.parametrize(
    "url", ["mysql://a/b", "postgresql://localhost", "timpora", "", "postgresql:///", "postgresql://h:x/d"]
)
def test_what_is_no_address_is_refused_with_its_form(url: str):
    with pytest.raises(AddressUnreadable, match="postgresql://pengguna"):
        address_read(url)


def test_the_socket_folder_wins_over_the_host():
    assert address_read("postgresql://u@/d?host=/run/pg").host == "/run/pg"
    assert address_read("postgresql://u@h/d").host == "h"
