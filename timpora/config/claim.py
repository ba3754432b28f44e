"""A data folder serves one run at a time; the second is told where the first one is."""

import fcntl
import json
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

LEFTOVER_SECONDS = 20
LOOK_SECONDS = 0.1


class Claimed(Exception):
    """The data folder or the port is in use; the message says by whom and what to do."""


class Claim:
    """The lock on a data folder, held by the supervisor and by every part it starts.

    The parts hold it too, so that a run after `kill -9` of a supervisor begins when its last part is gone.
    """

    def __init__(self, data: Path, url: str, note: Callable[[str], None]) -> None:
        self.url = url
        self._data = data
        self._note = note

    def __enter__(self) -> "Claim":
        self._data.mkdir(parents=True, exist_ok=True)
        self._file = (self._data / "run.lock").open("a+")
        if not self._try():
            self._await_leftovers()
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "url": self.url}, self._file)
        self._file.flush()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._file.close()

    @property
    def number(self) -> int:
        """The descriptor of the lock, for the parts to hold."""
        return self._file.fileno()

    def _await_leftovers(self) -> None:
        deadline = time.monotonic() + LEFTOVER_SECONDS
        self._refuse_living()
        self._note("Menunggu sisa proses dari jalannya yang lalu berakhir …")
        while not self._try():
            self._refuse_living()
            if time.monotonic() > deadline:
                raise Claimed(f"Proses dari jalannya yang lalu masih memakai {self._data}; akhiri dahulu.")
            time.sleep(LOOK_SECONDS)

    def _refuse_living(self) -> None:
        self._file.seek(0)
        try:
            holder = json.load(self._file)
        except ValueError:  # whoever holds it has not yet written who it is
            return
        if _is_alive(holder["pid"]):
            raise Claimed(
                f"Timpora sudah berjalan pada folder data {self._data}: {holder['url']} "
                f"(proses {holder['pid']}). Hentikan dahulu, atau pilih folder lain dengan --data."
            )

    def _try(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def port_refuse_taken(host: str, port: int, option: str = "--port") -> None:
    """Raise `Claimed` where another program listens on the port, or the address is not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise Claimed(
                f"Porta {port} pada {host} tidak dapat dipakai ({error}). Pilih yang lain dengan {option}."
            ) from error


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
