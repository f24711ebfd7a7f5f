import time

import pytest

from harvester.extraction import progress
from harvester.extraction.progress import Avoided, Place, Work, at_page, place_in


@pytest.fixture
def left(tmp_path, monkeypatch):
    """Let this process report, and return the open file."""
    monkeypatch.setattr(progress._Report, "file", None)
    with (tmp_path / "progress").open("w+b") as file:
        progress.report_to(file.fileno())
        yield file.fileno()


def test_the_page_is_known_while_it_is_worked_on_and_not_after(left):
    assert place_in(left) is None
    with at_page(6, Work.DRAWING):
        place = place_in(left)
    assert (place.page, place.work) == (6, Work.DRAWING)
    assert place_in(left) is None


def test_want_of_memory_leaves_the_page_named_and_no_other_error_does(left):
    for error, page in ((MemoryError, 2), (ValueError, None)):
        with pytest.raises(error), at_page(2):
            raise error
        place = place_in(left)
        assert (place and place.page) == page


def test_a_process_that_nobody_asked_to_reports_nothing():
    with at_page(1):
        pass


def test_a_page_that_took_half_of_the_time_is_slow_and_a_long_documents_page_is_not():
    now = time.monotonic()

    assert Place(Work.READING, 3, now - 70).is_slow(120)
    assert not Place(Work.READING, 3, now - 1).is_slow(120)


def test_pages_are_avoided_by_what_was_done_with_them():
    avoided = Avoided().more(Place(Work.READING, 3, 0.0)).more(Place(Work.DRAWING, 4, 0.0))

    assert avoided == Avoided((3,), (4,))
    assert len(avoided) == 2
