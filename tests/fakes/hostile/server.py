"""A server that says whatever the table says, byte for byte, and a canary that nobody may ever reach."""

import contextlib
import socket
import socketserver
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Self

from tests.fakes.hostile.inputs import PDF, Answer, answer, filled, redirect

_LONGEST = 20.0  # seconds that any connection lives
_RESET = struct.pack("ii", 1, 0)  # linger for no time: the connection is reset, not closed


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients hang up on purpose here."""


class HostileServer:
    """Serves answers by path on 127.0.0.1. ``otherwise`` is asked first. ``said`` are the paths that were asked for, in order."""

    def __init__(
        self,
        answers: Mapping[str, Answer],
        *,
        ports: Callable[[], Mapping[str, object]],
        context: ssl.SSLContext | None = None,
        otherwise: Callable[[str], Answer | None] = lambda _: None,
    ) -> None:
        said: list[str] = []
        self.said = said

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.request.settimeout(_LONGEST)
                secured = context.wrap_socket(self.request, server_side=True) if context is not None else None
                with secured or contextlib.nullcontext(self.request) as connection:
                    if (path := _path_asked(connection)) is not None:
                        said.append(path)
                        _send(connection, otherwise(path) or _answer_to(path, answers), ports())

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class Canary:
    """Stands for what must stay private. ``connections`` counts who came: it must stay 0."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family)
        self.port: int = self._socket.getsockname()[1]
        self.connections = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _watch(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                visitor, _ = self._socket.accept()
                self.connections += 1
                visitor.close()


def _path_asked(connection: socket.socket) -> str | None:
    head = b""
    while b"\r\n\r\n" not in head:
        if not (more := connection.recv(65536)):
            return None
        head += more
        if not head[:1].isalpha():  # a greeting of TLS
            connection.sendall(answer(b"plain HTTP", status="400 Bad Request", kind="text/plain"))
            return None
    return head.split(b" ", 2)[1].decode("latin-1")


def _answer_to(path: str, answers: Mapping[str, Answer]) -> Answer:
    bare = path.partition("?")[0]
    if bare in answers:
        return answers[bare]
    if bare == "/ok.pdf":
        return answer(PDF)
    if bare == "/circle":
        return redirect("{here}/redirect-in-a-circle")
    if bare.startswith("/further/"):
        return redirect(f"{{here}}/further/{int(bare.rpartition('/')[2]) + 1}")
    return answer(b"nothing here", status="404 Not Found", kind="text/plain")


def _send(connection: socket.socket, said: Answer, ports: Mapping[str, object]) -> None:
    if isinstance(said, bytes):
        connection.sendall(filled(said.decode("latin-1"), ports).encode("latin-1"))
        _hang_up(connection)
        return
    ends = time.monotonic() + _LONGEST
    for piece in said():
        if time.monotonic() > ends:
            break
        if isinstance(piece, bytes):
            connection.sendall(piece)
        elif piece < 0:
            time.sleep(0.2)  # what was sent is read first
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            connection.close()
            return
        elif _is_gone(connection, seconds=piece):
            return


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)


def _is_gone(connection: socket.socket, *, seconds: float) -> bool:
    """Wait; return whether the client hung up meanwhile."""
    connection.settimeout(min(seconds, _LONGEST))
    try:
        return not connection.recv(1)
    except TimeoutError:
        return False
    finally:
        connection.settimeout(_LONGEST)


def paths(inputs: Iterable[object]) -> dict[str, Answer]:
    """Return the answers of some inputs by path."""
    return {i.path: i.answer for i in inputs if i.answer is not None}  # type: ignore[attr-defined]
