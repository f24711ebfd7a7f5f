"""A site of files for measuring crawls: the files, their addresses, and a server that does nothing else."""

import asyncio
import mimetypes
import random
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

from corpus.vocabulary.errors import WorkspaceError

HOST = "127.0.0.1"
SITEMAP = "/sitemap.xml"
FILES = "/files/"
_APART = get_context("spawn")
_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
)


def make_files(folder: Path, *, documents: int, size: int) -> None:
    """Fill a folder with so many distinct files of ``size`` bytes that begin as PDFs do and hardly compress."""
    for number in range(documents):
        head = _PAGE + b"%% document %d\n" % number
        filling = random.Random(number).randbytes(max(0, size - len(head)))  # noqa: S311 - nothing secret
        (folder / f"document-{number:06}.pdf").write_bytes(head + filling)


def paths_of(folder: Path) -> list[str]:
    """Return the paths under which the files of a folder are served, in order.

    Raises
    ------
    WorkspaceError
        When there is none.
    """
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    if not files:
        raise WorkspaceError(f"{folder} holds no file to serve")
    return [f"{FILES}{quote(path.as_posix())}" for path in files]


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve a folder from a process of its own; yield the port."""
    ours, theirs = _APART.Pipe(duplex=False)
    server = _APART.Process(target=_serve, args=(folder, theirs), daemon=True)
    server.start()
    try:
        yield ours.recv()
    finally:
        server.kill()
        server.join()


def _serve(folder: Path, tell: Connection) -> None:
    async def forever() -> None:
        listening = socket.create_server((HOST, 0))
        port: int = listening.getsockname()[1]
        paths = paths_of(folder)
        files = {path: folder / unquote(path.removeprefix(FILES)) for path in paths}
        sitemap = _sitemap(paths, port=port)
        server = await asyncio.get_running_loop().create_server(
            lambda: _Answering(files, sitemap), sock=listening
        )
        tell.send(port)
        await server.serve_forever()

    asyncio.run(forever())


def _sitemap(paths: list[str], *, port: int) -> bytes:
    places = "".join(f"<url><loc>{escape(f'http://{HOST}:{port}{path}')}</loc></url>\n" for path in paths)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    ).encode()


class _Answering(asyncio.Protocol):
    """One connection: each request is answered at once, in order, until the other side hangs up."""

    def __init__(self, files: Mapping[str, Path], sitemap: bytes) -> None:
        self._files, self._sitemap = files, sitemap
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        *requests, self._received = (self._received + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1].decode("latin-1")
            if self._transport is not None:
                self._transport.write(self._answer(path))

    def _answer(self, path: str) -> bytes:
        if path == SITEMAP:
            body = self._sitemap
        elif path in self._files:
            body = self._files[path].read_bytes()
        else:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return (
            f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
            "Server: static\r\n\r\n"
        ).encode("latin-1") + body
