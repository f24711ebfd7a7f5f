"""The library's face: a document's text, a page's picture, each made in a child process with limits."""

import logging
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import IO, Required, TypedDict, Unpack

from corpus.vocabulary.documents import ExtractedText, ExtractionLimits, TextSummary
from corpus.vocabulary.errors import ExtractionError, WorkspaceError
from harvester.extraction.exchange import ANSWERED, OUT_OF_MEMORY, REFUSED, Reading, Request, as_stored
from harvester.extraction.progress import Place, place_in

logger = logging.getLogger(__name__)

DEFAULT_LIMITS = ExtractionLimits()
# The child needs no secrets: it gets these variables only.
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR", "COVERAGE_PROCESS_CONFIG")
_SPARE_SECONDS = 5.0  # the child ends itself when its time is up; one that cannot is ended after so much more
# PDFium ends the process in this way when it is refused memory.
_STOPPED_ITSELF = frozenset({-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL})
_UNFORESEEN = 1  # Python's own exit status for an error that nobody caught
_BEGUN = ", in main\n"  # a line of its traceback, once the child's own code runs
_TOO_SLOW = frozenset({-signal.SIGALRM, -signal.SIGXCPU})
_MOST_AVOIDED = 3  # pages of a document
_CODE = Path(__file__).resolve().parents[2]


def extract_document(
    document: Path | bytes,
    *,
    limits: ExtractionLimits = DEFAULT_LIMITS,
    media_type: str | None = None,
    title: str | None = None,
) -> ExtractedText:
    """Read the text and structure of a PDF, a web page, a .docx or .odt in a child process.

    The function is at top level and its arguments and result can be pickled: any
    ``concurrent.futures.Executor`` may run it. The same file gives the same text.

    Parameters
    ----------
    document, limits
        The file, or its bytes; what it may cost.
    media_type, title
        What the source says of it: the type counts where the bytes do not tell, the title is that of a web page.

    Raises
    ------
    ExtractionError
        With a short, lasting reason: encrypted, not a PDF, damaged, no pages, too many pages, over the
        limit of time or memory, crash of the reader.
    """
    if isinstance(document, Path):
        return read_document(document, limits=limits, media_type=media_type, title=title).text
    with tempfile.NamedTemporaryFile(prefix="greysift-extract-") as file:
        file.write(document)
        file.flush()
        return read_document(Path(file.name), limits=limits, media_type=media_type, title=title).text


def read_document(
    path: Path,
    *,
    limits: ExtractionLimits = DEFAULT_LIMITS,
    media_type: str | None = None,
    title: str | None = None,
) -> Reading:
    """As ``extract_document``, and say which engine read each page."""
    return Reading.from_bytes(_ask_child(path, limits=limits, media_type=media_type, title=title))


def read_document_as_stored(
    path: Path,
    *,
    limits: ExtractionLimits = DEFAULT_LIMITS,
    media_type: str | None = None,
    title: str | None = None,
) -> tuple[bytes, TextSummary]:
    """As ``extract_document``; give the text as ``to_json`` writes it, with its summary."""
    return as_stored(_ask_child(path, limits=limits, media_type=media_type, title=title))


def render_page(path: Path, *, page: int, dpi: int = 96, limits: ExtractionLimits = DEFAULT_LIMITS) -> bytes:
    """Draw a page (from 1) as PNG in a child process; points times ``dpi / 72`` are its pixels.

    A page of more than 12 million pixels is drawn smaller.

    Raises
    ------
    ExtractionError
        With the reason when there is no such page or it cannot be drawn within ``limits``.
    """
    if dpi < 1:
        raise ValueError(f"A picture needs at least 1 dot per inch, not {dpi}.")
    return _ask_child(path, limits=limits, page=page, dpi=dpi)


class _Wish(TypedDict, total=False):
    """Fields of a request that depend on what is wanted."""

    limits: Required[ExtractionLimits]
    page: int
    dpi: int
    media_type: str | None
    title: str | None


class _ReaderEndedError(ExtractionError):
    """The child ended without an answer; the text is the reason, ``place`` the page that it was at."""

    def __init__(self, text: str, *, status: int, place: Place | None) -> None:
        super().__init__(text)
        self.place = place
        self.was_too_slow = status in _TOO_SLOW
        self.stopped_drawing = status in _STOPPED_ITSELF or status == -signal.SIGPROF
        self.died = status < 0 and not self.was_too_slow and not self.stopped_drawing


def _ask_child(path: Path, **wish: Unpack[_Wish]) -> bytes:
    """Ask a child, and another where the first ended and may have been ended by less than the whole document.

    One that dies is followed by one more: a document that kills two is set aside with its reason. A page that took
    all memory, or most of the time, is avoided by the next; where that is no page's doing, the next recognises none.
    """
    _check_can_be_read(path)
    request = Request(path=str(path.absolute()), parent=os.getpid(), **wish)
    ends: list[_ReaderEndedError] = []
    while True:
        try:
            return _ask_one_child(request)
        except _ReaderEndedError as error:
            if error.died and ends and ends[-1].died:
                raise ExtractionError(f"Two readers died with the document; the second: {error}") from error
            eased = request if error.died else _eased(request, error)
            if eased is None:
                raise
            ends.append(error)
            logger.warning("extraction child ended, asking another that does less: %s", error)
            request = eased
        except ExtractionError as error:
            raise (ends[0] if request.avoided.unread else error) from error


def _eased(request: Request, error: _ReaderEndedError) -> Request | None:
    """Return a request that leaves out what ended a child; ``None`` where nothing is known that could be left out."""
    if request.page is not None:
        return None
    avoided, place = request.avoided, error.place
    slow = [*avoided.unread, *avoided.undrawn] if error.was_too_slow else []
    if place and not slow and len(avoided) < _MOST_AVOIDED:
        is_its_doing = not error.was_too_slow or place.is_slow(request.limits.seconds)
        if is_its_doing and place.page not in (avoided.unread + avoided.undrawn):
            return replace(request, avoided=avoided.more(place))
    if error.stopped_drawing and request.limits.recognised_pages and not avoided.draws_none:
        return replace(request, avoided=replace(avoided, draws_none=True))
    return None


def _ask_one_child(asked: Request) -> bytes:
    with (
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as complaints,
        tempfile.TemporaryFile() as progress,
    ):
        request = replace(asked, answer_to=answer.fileno(), progress_to=progress.fileno())
        status = _run_child(request, complaints=complaints)
        answer.seek(0)
        if status == ANSWERED:
            return answer.read()
        if status == REFUSED:
            raise ExtractionError(answer.read().decode())
        _check_could_begin(status, complaints=complaints)
        reason = _reason_for(status, limits=request.limits, complaints=complaints)
        if status < 0 or status == OUT_OF_MEMORY:
            raise _ReaderEndedError(reason, status=status, place=place_in(progress.fileno()))
        raise ExtractionError(reason)


def _check_can_be_read(path: Path) -> None:
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise ExtractionError("The file is empty.")
    except OSError as error:
        raise ExtractionError(f"The file cannot be read: {error.strerror}.") from error


def _run_child(request: Request, *, complaints: IO[bytes]) -> int:
    """Run a fresh interpreter to its end or to its time limit; nothing of it is left behind."""
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    environment |= {"PYTHONPATH": str(_CODE), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module; the request is data
        [sys.executable, "-P", "-m", "harvester.extraction.worker", request.to_json()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=complaints,
        pass_fds=[request.answer_to, request.progress_to],
        env=environment,
        start_new_session=True,
    )
    limits = request.limits
    try:
        return process.wait(timeout=limits.seconds + limits.recognition_seconds + _SPARE_SECONDS)
    except subprocess.TimeoutExpired:
        raise ExtractionError(_too_slow(limits)) from None
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _check_could_begin(status: int, *, complaints: IO[bytes]) -> None:
    """Make sure that a child which ended with an error had come as far as to look at its request.

    Raises
    ------
    WorkspaceError
        When it had not: nothing was learnt about the document.
    """
    if status != _UNFORESEEN:
        return
    complaints.seek(0)
    said = complaints.read().decode(errors="replace").strip()
    if _BEGUN not in said:
        raise WorkspaceError(
            f"the reader cannot be started; install greysift anew ({said.rpartition(chr(10))[2]})"
        )


def _reason_for(status: int, *, limits: ExtractionLimits, complaints: IO[bytes]) -> str:
    if status == OUT_OF_MEMORY:
        return f"Reading the document needed more than {limits.memory_bytes // 2**20} MiB of memory."
    if status in _TOO_SLOW or status == -signal.SIGPROF:
        return _too_slow(limits)
    if status in _STOPPED_ITSELF:
        return f"The reader stopped itself; most likely {limits.memory_bytes // 2**20} MiB of memory were not enough."
    if status < 0:
        return f"The reader crashed with signal {-status} ({signal.Signals(-status).name})."
    complaints.seek(0)
    said = complaints.read().decode(errors="replace").strip()
    logger.error("extraction child failed: status=%d\n%s", status, said)
    kind = said.rpartition("\n")[2].partition(":")[0] or "no message"
    return f"The reader stopped with an error ({kind})."


def _too_slow(limits: ExtractionLimits) -> str:
    return f"Reading the document took longer than {limits.seconds:g} s."
