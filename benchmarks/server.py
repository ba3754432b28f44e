"""The system under measurement: `timpora run` with a data folder and a port of its own."""

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

READY_SECONDS = 600
END_SECONDS = 60
ROOT = Path(__file__).resolve().parents[1]


def port_free() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """One installation in `folder`, started and ended as often as wanted."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self._process: subprocess.Popen[str] | None = None
        # Settings of the shell must not reach the installation that is measured.
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TIMPORA_")}
        self.environment = clean | {"TIMPORA_DATA": str(folder), "PYTHONPATH": str(ROOT)}

    def start(self) -> float:
        """Start it and return the seconds until it says that it is ready."""
        words = ["run", "--no-demo", "--data", str(self.folder), "--port", str(self.port)]
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "timpora", *words], env=self.environment, cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        said: list[str] = []
        assert self._process.stdout
        for line in self._process.stdout:
            said.append(line)
            if line.startswith("Siap dalam"):
                # Whoever supervises waits for ever where nobody hears what it says.
                threading.Thread(target=self._process.stdout.read, daemon=True).start()
                return time.perf_counter() - began
        raise SystemExit("the system did not start:\n" + "".join(said))

    def end(self) -> None:
        """End it as Ctrl-C does."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(END_SECONDS)

    def command(self, *words: str) -> str:
        """Run a module of ours on this installation and return the last line it prints."""
        done = subprocess.run(
            [sys.executable, "-m", *words], env=self.environment, cwd=ROOT, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"`{' '.join(words)}` failed:\n{done.stdout}{done.stderr}")
        return done.stdout.strip().rpartition("\n")[2]

    def processor_seconds(self) -> float:
        """Return the processor time of all its processes so far; a busy machine stretches it less."""
        return sum(self._spent().values())

    def processes(self) -> set[int]:
        """Return the numbers of all its processes now."""
        return set(self._spent())

    def _spent(self) -> dict[int, float]:
        assert self._process
        parents, spent = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            pid = int(stat.parent.name)
            parents[pid] = int(words[1])
            # Own time and that of children who ended, in user and system mode.
            spent[pid] = sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")
        ours = {self._process.pid}
        while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
            ours |= more
        return {pid: spent.get(pid, 0.0) for pid in ours}

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: Any) -> None:
        self.end()
