"""How fast a server answers at most: raw connections that ask for one file after the other."""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence

_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n")


def answers_per_second(host: str, port: int, paths: Sequence[str], *, connections: int) -> float:
    """Ask once for each path over so many kept connections; return how many were answered a second.

    Raises
    ------
    OSError
        When the server answers anything but 200.
    """
    return asyncio.run(_measure(host, port, paths, connections=connections))


async def _measure(host: str, port: int, paths: Sequence[str], *, connections: int) -> float:
    waiting, loop = iter(paths), asyncio.get_running_loop()
    askers = [_Asking(host, waiting, loop.create_future()) for _ in range(connections)]
    began = time.perf_counter()
    for asker in askers:
        await loop.create_connection(lambda asker=asker: asker, host, port)  # type: ignore[misc]
    await asyncio.gather(*(asker.is_done for asker in askers))
    return len(paths) / (time.perf_counter() - began)


class _Asking(asyncio.Protocol):
    """One connection. Bodies are counted, not kept."""

    def __init__(self, host: str, waiting: Iterator[str], is_done: asyncio.Future[None]) -> None:
        self._host, self._waiting, self.is_done = host, waiting, is_done
        self._head, self._missing = b"", 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._ask()

    def data_received(self, data: bytes) -> None:
        if not self._missing:
            self._head += data
            head, end, rest = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            length = _LENGTH.search(head + b"\r\n")
            if not head.startswith(b"HTTP/1.1 200 ") or length is None:
                self._end(OSError(head.partition(b"\r\n")[0].decode("latin-1")))
                return
            self._head, self._missing, data = b"", int(length[1]), rest
        self._missing -= len(data)
        if not self._missing:
            self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        self._end(error or OSError("the server hung up"))

    def _ask(self) -> None:
        path = next(self._waiting, None)
        if path is None or self._transport is None:
            self._end(None)
        else:
            self._transport.write(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode("latin-1"))

    def _end(self, error: Exception | None) -> None:
        if not self.is_done.done():
            if error is None:
                self.is_done.set_result(None)
            else:
                self.is_done.set_exception(error)
        if self._transport is not None:
            self._transport.close()
