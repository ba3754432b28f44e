"""Where the program of a data folder listens, as the start command noted it there."""

import json
from pathlib import Path


def address_of(data: Path, port: int) -> str:
    """Return the address of what runs, or last ran, on the folder `data`; without one this machine's `port`.

    The start command (`config.claim`) writes `run.lock`, and an address given by `--port` stands only there.
    """
    try:
        return str(json.loads((data / "run.lock").read_text())["url"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"http://127.0.0.1:{port}"
