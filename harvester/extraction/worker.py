"""The child process that touches hostile bytes: ``python -m harvester.extraction.worker REQUEST``.

The answer is written to the open file that the request names. The exit status says what it is: ``ANSWERED``
the result, ``REFUSED`` a sentence saying why not, ``OUT_OF_MEMORY`` nothing. Any other status is a crash.
"""

import errno
import os
import sys
from pathlib import Path

from corpus.vocabulary.errors import ExtractionError
from harvester.extraction.child import confine
from harvester.extraction.exchange import ANSWERED, OUT_OF_MEMORY, REFUSED, Request
from harvester.extraction.progress import report_to


def answer(request: Request) -> bytes:
    """Do what is asked, in this process.

    Raises
    ------
    ExtractionError
        With the reason when the document does not allow it.
    """
    # The readers are imported after the limits are set: their memory counts.
    from harvester.extraction import kinds, opening  # noqa: PLC0415

    path = Path(request.path)
    if request.page is None or request.dpi is None:
        return kinds.read_file(
            path,
            limits=request.limits,
            media_type=request.media_type,
            title=request.title,
            avoided=request.avoided,
        ).to_bytes()
    document = opening.open_for_pictures(path)
    if not 1 <= request.page <= document.page_count:
        raise ExtractionError(
            f"The document has {document.page_count} pages, none with number {request.page}."
        )
    return document.render_page(request.page - 1, dpi=request.dpi)


def main(text: str) -> int:
    """Answer one request; return the exit status."""
    request = Request.from_json(text)
    confine(request.limits, parent=request.parent)
    report_to(request.progress_to)
    with os.fdopen(request.answer_to, "wb") as file:
        try:
            file.write(answer(request))
        except ExtractionError as error:
            file.write(str(error).encode())
            return REFUSED
        except ModuleNotFoundError:
            raise  # the installation is broken, and says so
        except (MemoryError, ImportError):  # a library that is there and cannot be loaded: for want of memory
            return OUT_OF_MEMORY
        except OSError as error:
            # The loader of libraries says it in words alone.
            if error.errno == errno.ENOMEM or "failed to map segment" in str(error):
                return OUT_OF_MEMORY
            raise
    return ANSWERED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
