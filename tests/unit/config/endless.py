"""A program of one stream: it ends when its server is asked to end; with the word `deaf`, never."""

import asyncio
import sys

from granian.constants import Interfaces

from timpora.config.ending import Server, when_ending

over = asyncio.Event()


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        if "deaf" not in sys.argv:
            when_ending(over.set)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        return await send({"type": "lifespan.shutdown.complete"})
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"open", "more_body": True})
    await over.wait()
    return await send({"type": "http.response.body", "body": b" and ended"})


if __name__ == "__main__":
    Server(
        "tests.unit.config.endless:app",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        workers=2,
        # Long enough for who heard, however busy the machine is; who is deaf is waited for in vain.
        workers_kill_timeout=1 if "deaf" in sys.argv else 20,
    ).serve()
