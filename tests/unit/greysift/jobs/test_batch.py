"""A batch: few in flight, each document exactly once, and what is said when workers die or differ."""

from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

import pytest

from corpus.vocabulary.documents import ExtractionLimits
from corpus.vocabulary.errors import WorkspaceError
from greysift.jobs.batch import read_bodies
from greysift.jobs.workers import Workers
from harvester.extraction import Attempt, Body, attempt

LIMITS = ExtractionLimits()


class WorkerLostError(Exception):
    """As an executor may raise it."""


class Scripted(Executor):
    """Answers each document by its key at once, or later."""

    def __init__(self, answers):
        self.answers = answers
        self.left = []

    def submit(self, fn, body, **kwargs):
        assert fn is attempt
        future = Future()
        answer = self.answers(body)
        if isinstance(answer, BaseException):
            future.set_exception(answer)
        elif answer is None:
            self.left.append(future)
        else:
            future.set_result(answer)
        return future


def page(body):
    return Attempt(b"text of " + body.key.encode(), None, None)


def bodies(count):
    return [Body(str(number), b"<p>Text %d" % number, media_type="text/html") for number in range(count)]


def read(answers, *, count=5, ahead=2, losses=()):
    workers = Workers(Scripted(answers), ahead=ahead, losses=losses)
    return {body.key: result for body, result in read_bodies(bodies(count), workers=workers, limits=LIMITS)}


def test_each_document_comes_back_once_with_its_own_result():
    found = read(page, count=7)

    assert found == {str(n): page(Body(str(n), b"")) for n in range(7)}


def test_no_more_documents_are_taken_than_the_workers_want_ahead():
    taken = []

    def source():
        for body in bodies(9):
            taken.append(body.key)
            yield body

    with ThreadPoolExecutor(1) as pool:
        reading = read_bodies(source(), workers=Workers(pool, ahead=3), limits=LIMITS)
        next(reading)

        assert len(taken) == 3
        assert len(list(reading)) == 8


def test_document_that_workers_died_with_is_read_here():
    found = read(
        lambda body: WorkerLostError("4 times") if body.key == "2" else page(body), losses=(WorkerLostError,)
    )

    assert len(found) == 5
    assert found["2"].reason is None
    assert b"Text 2" in found["2"].stored


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CancelledError(), "the workers are gone; nothing is lost"),
        (BrokenProcessPool(), "the workers are gone; nothing is lost"),
        (OSError(28, "No space left on device"), "a worker cannot work .*No space left"),
        (RuntimeError("Error during deserialization"), "a worker cannot work .*mend it"),
    ],
)
def test_workers_that_fail_say_nothing_of_the_document(error, said):
    with pytest.raises(WorkspaceError, match=said):
        read(lambda body: error if body.key == "3" else page(body))


def test_worker_of_another_version_is_refused():
    with pytest.raises(WorkspaceError, match=r"reads with version 0 .*same greysift on all machines"):
        read(lambda body: replace(page(body), extractor_version="0"))


def test_what_is_in_flight_is_called_back_when_the_batch_is_left():
    executor = Scripted(lambda body: page(body) if body.key == "0" else None)
    reading = read_bodies(bodies(4), workers=Workers(executor, ahead=3), limits=LIMITS)

    next(reading)
    reading.close()

    assert len(executor.left) == 2
    assert all(future.cancelled() for future in executor.left)
