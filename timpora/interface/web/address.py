"""From where somebody knocks, for the counting of refused sign-ins."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "?"
# Whoever has one IPv6 address has a network of them.
NETWORK_BITS = 64


def address_of(request: HttpRequest) -> str:
    """Return the address of the visitor; behind a proxy of ours, what that proxy says of him.

    Without it all visitors would be one address, and eighty refused sign-ins would close the door to
    everybody. A proxy adds the address it saw at the end, so only the last one is believed, and only of a
    peer named in `settings.PROXIES`.
    """
    peer = request.META.get("REMOTE_ADDR") or UNKNOWN
    if peer in settings.PROXIES:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return _counted(told) or peer
    return _counted(peer) or peer


def _counted(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        plain = address.ipv4_mapped
        return str(plain) if plain else str(ip_network((int(address), NETWORK_BITS), strict=False))
    return str(address)
