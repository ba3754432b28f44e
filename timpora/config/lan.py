"""The post on one laptop: which address its phones come to, and what its doors are told (ADR 0021)."""

import http.client
import io
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path
from typing import Final

import segno

from timpora.kernel import clock
from timpora.kernel.authority import PUBLIC, ServerFiles, fingerprint_of, is_of_a_post, server_keep

FOLDER: Final = "lan"
ANSWER_SECONDS: Final = 2
LAN_PORT: Final = 8443
LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
# Asked for the way there, the system says which address of ours it would come from. Nothing is sent.
FAR_ENDS: Final = ("10.255.255.254", "172.31.255.254", "192.168.255.254")
PORTS: Final = range(1, 2**16 - 1)


class LanUnusable(Exception):
    """The post cannot open to phones; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Lan:
    """The two doors for phones: TLS on `port`, and on the next one the page that tells how to trust it."""

    address: IPv4Address
    port: int

    @property
    def doors(self) -> tuple[tuple[str, int], ...]:
        """Where the two listen."""
        return (str(self.address), self.port), (str(self.address), self.port + 1)

    @property
    def url(self) -> str:
        """Where phones work."""
        return f"https://{self.address}:{self.port}"

    @property
    def join_url(self) -> str:
        """Where a phone begins that does not trust the post yet."""
        return f"http://{self.address}:{self.port + 1}/"


def lan_choose(asked: str, port: int, host: str) -> Lan:
    """Return the doors for `asked`, or for the only private address of this machine."""
    if host not in LOOPBACK:
        raise LanUnusable(
            f"Dengan --lan, HTTP hanya didengarkan di laptop ini; hapus --host {host} (TIMPORA_HOST)."
        )
    if port not in PORTS:
        raise LanUnusable(f"--lan-port harus antara 1 dan {PORTS[-1]}, bukan {port}.")
    return Lan(_read(asked) if asked else _only(_found()), port)


def lan_environment(lan: Lan) -> Mapping[str, str]:
    """Return what every part has to know of the doors."""
    return {"TIMPORA_LAN_ADDRESS": str(lan.address), "TIMPORA_LAN_PORT": str(lan.port)}


def certificate_keep(data: Path, lan: Lan) -> ServerFiles:
    """Return a certificate that phones take now: theirs is the true time, whatever our clock was set to."""
    return server_keep(data / FOLDER, lan.address, clock.true_now())


def invitation(data: Path, lan: Lan, screen: str) -> str:
    """Return what the terminal says of joining, with the code that phones scan."""
    drawn = io.StringIO()
    segno.make(lan.join_url, error="m", micro=False).terminal(drawn, border=2, compact=True)
    return "\n".join(
        (
            f"Ponsel regu: sambungkan ke router yang sama, lalu pindai atau buka {lan.join_url}",
            drawn.getvalue().rstrip("\n"),
            f"Sesudah sertifikatnya dipasang: {lan.url}",
            "Sidik jari sertifikat (SHA-256), bandingkan dengan yang ditampilkan setiap ponsel:",
            fingerprint_of(data / FOLDER),
            f"Berkas sertifikat untuk disalin lewat kabel: {data / FOLDER / PUBLIC}",
            f"Layar untuk ditunjukkan kepada regu: {screen}/gabung\n",
        )
    )


def _read(asked: str) -> IPv4Address:
    try:
        address = IPv4Address(asked)
    except ValueError as error:
        raise LanUnusable(f"--lan-address {asked} bukan alamat IPv4, misalnya 192.168.1.10.") from error
    if not is_of_a_post(address):
        raise LanUnusable(
            f"{address} bukan alamat jaringan lokal (10.…, 172.16-31.…, 192.168.…, 169.254.…). "
            "Pos satu laptop tidak dibuka ke internet."
        )
    return address


def _only(found: list[IPv4Address]) -> IPv4Address:
    if not found:
        raise LanUnusable(
            "Laptop ini tidak mempunyai alamat jaringan lokal. Sambungkan ke router, atau sebutkan dengan "
            "--lan-address."
        )
    if len(found) > 1:
        listed = ", ".join(map(str, found))
        raise LanUnusable(f"Laptop ini ada di beberapa jaringan: {listed}. Pilih satu dengan --lan-address.")
    return found[0]


def _found() -> list[IPv4Address]:
    found = set()
    for far in FAR_ENDS:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
            probe.connect((far, 9))
            found.add(IPv4Address(probe.getsockname()[0]))
    return sorted(one for one in found if is_of_a_post(one) and not one.is_loopback)


def lan_answers(data: Path, lan: Lan) -> bool:
    """Tell whether both doors answer, the one for phones with a certificate that a phone would take."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.load_verify_locations(cadata=(data / FOLDER / PUBLIC).read_bytes())
    address = str(lan.address)
    doors = (
        (http.client.HTTPSConnection(address, lan.port, timeout=ANSWER_SECONDS, context=trusting), "/siap"),
        (http.client.HTTPConnection(address, lan.port + 1, timeout=ANSWER_SECONDS), "/"),
    )
    return all(_answers(door, path) for door, path in doors)


def _answers(door: http.client.HTTPConnection, path: str) -> bool:
    try:
        door.request("GET", path)
        return door.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        door.close()
