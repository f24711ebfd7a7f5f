"""Reads any number of documents with any workers: few in flight, each exactly once, whoever dies."""

from collections.abc import Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    ThreadPoolExecutor,
    wait,
)
from itertools import islice

from corpus.vocabulary.documents import ExtractionLimits
from corpus.vocabulary.errors import WorkspaceError
from greysift.jobs.workers import Workers
from harvester.extraction import EXTRACTOR_VERSION, Attempt, Body, attempt

NOTHING_LOST = "nothing is lost: what is stored stays, run the command again for the rest"


def read_bodies(
    bodies: Iterable[Body], *, workers: Workers, limits: ExtractionLimits
) -> Iterator[tuple[Body, Attempt]]:
    """Yield each document with how reading it ended, as they come; what is yielded does not depend on the workers.

    A document that workers died with, so often that the executor gave it up, is read here in a child process: its
    limits hold here too, and what happens then is certain to be its own doing.

    Raises
    ------
    WorkspaceError
        When the workers are gone or read with another version; nothing is said of the documents in flight.
    """
    left = iter(bodies)
    flying: dict[Future[Attempt], Body] = {}
    with ThreadPoolExecutor(max_workers=1) as here:
        try:
            while True:
                for body in islice(left, workers.ahead - len(flying)):
                    flying[workers.executor.submit(attempt, body, limits=limits)] = body
                if not flying:
                    return
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    body = flying.pop(future)
                    result = _result(future, workers=workers)
                    if result is None:
                        flying[here.submit(attempt, body, limits=limits)] = body
                    else:
                        yield body, result
        finally:
            for future in flying:
                future.cancel()


def _result(future: Future[Attempt], *, workers: Workers) -> Attempt | None:
    """Return how an attempt ended; ``None`` when workers died and nothing is known."""
    try:
        result = future.result()
    except workers.losses:
        return None
    except (BrokenExecutor, CancelledError) as error:
        raise WorkspaceError(f"the workers are gone; {NOTHING_LOST}") from error
    except WorkspaceError as error:
        raise WorkspaceError(f"{error}; {NOTHING_LOST}") from error
    except Exception as error:  # what a document does is caught where it is read: this is the worker's own
        reason = f"a worker cannot work ({type(error).__name__}: {error}); mend it, or take it away"
        raise WorkspaceError(f"{reason}; {NOTHING_LOST}") from error
    if result.extractor_version != EXTRACTOR_VERSION:
        raise WorkspaceError(
            f"a worker reads with version {result.extractor_version} of the extraction, this program has "
            f"{EXTRACTOR_VERSION}: install the same greysift on all machines"
        )
    return result
