"""One document read to its end, whatever that is: what a batch sends to its workers, and what comes back."""

import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.vocabulary.documents import ExtractionLimits, TextSummary
from corpus.vocabulary.errors import ExtractionError, WorkspaceError
from harvester.extraction.documents import DEFAULT_LIMITS, read_document_as_stored
from harvester.extraction.settings import refused_under
from harvester.extraction.version import EXTRACTOR_VERSION

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Body:
    """A document's bytes, by whatever key the caller knows them; the title is what the source calls it."""

    key: str
    data: bytes
    media_type: str = "application/pdf"
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """How reading a document ended: its text in stored form with a summary, or the reason why there is none.

    ``extractor_version`` is that of the code that tried, ``held_back`` the settings with which there might be a text.
    """

    stored: bytes | None
    summary: TextSummary | None
    reason: str | None
    extractor_version: str = EXTRACTOR_VERSION
    held_back: Mapping[str, str] = field(default_factory=dict)


def attempt(body: Body, *, limits: ExtractionLimits = DEFAULT_LIMITS) -> Attempt:
    """Read a document in a child process and say how that ended; raise nothing on its account.

    The function is at top level, its argument and result can be pickled and are the same on every machine: any
    ``concurrent.futures.Executor`` may run it. The text comes back as it is stored, so that whoever gathers the
    results has next to nothing to do.
    """
    try:
        stored, summary = _read(body, limits=limits)
    except ExtractionError as error:
        return Attempt(None, None, str(error), held_back=refused_under(limits))
    except (MemoryError, OSError, WorkspaceError):
        raise  # nothing was learnt about the document: want of memory, a full disk, a reader that is not installed whole
    except Exception as error:  # one document must never stop the others
        logger.exception("document=%s could not be read", body.key)
        kind = type(error).__name__
        return Attempt(None, None, f"The reader failed in a way that nobody foresaw ({kind}: {error}).")
    return Attempt(stored, summary, None)


def _read(body: Body, *, limits: ExtractionLimits) -> tuple[bytes, TextSummary]:
    with tempfile.TemporaryDirectory(prefix="greysift-extract-") as folder:
        path = Path(folder) / "document"
        path.write_bytes(body.data)
        return read_document_as_stored(
            path, limits=limits, media_type=body.media_type, title=body.title or None
        )
