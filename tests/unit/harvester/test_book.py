import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from corpus.vocabulary.harvest import CaptureFact
from harvester.book import Book
from harvester.warc import Captured, FailureNote, Place, Stopped

URL = "http://a.invalid/"


def answer(status: int, number: int = 1, *, kind: str = "response") -> Captured:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Captured(CaptureFact(f"urn:{number}", URL, status, (), "", 0, at, "f", number), kind)


def place(captured: Captured) -> Place:
    return Place.of(captured.fact)


def test_answers_are_given_in_their_order_and_the_settled_one_again():
    busy, fine = answer(503, 1), answer(200, 2)
    book = Book([busy, fine])

    assert [book.next_answer(URL) for _ in range(4)] == list(map(place, [busy, fine, fine, fine]))


def test_a_busy_answer_is_not_given_again():
    book = Book([answer(503)])

    assert book.next_answer(URL) is not None
    assert book.next_answer(URL) is None


def test_later_answers_are_for_those_who_ask_again():
    first, second = answer(200, 1), answer(200, 2)
    book = Book([first, second])

    given = [book.next_answer(URL, again=again) for again in (False, False, True, False, True)]

    assert given == [*map(place, [first, first, second, second]), None]


def test_an_unknown_url_has_no_answer():
    assert Book().next_answer(URL) is None


def test_what_was_just_received_is_for_others_only():
    book = Book()
    book.add(answer(503, 1).fact)

    assert book.next_answer(URL) is None

    book.add(answer(200, 2).fact)
    assert book.next_answer(URL) == place(answer(200, 2))


def test_what_a_robots_txt_said_to_a_later_attempt_stands_apart():
    said = [
        Captured(replace(answer(status, n).fact, url=f"{URL}robots.txt"), "response")
        for n, status in enumerate((503, 200, 404))
    ]
    book, live = Book(said), Book(said[:2])
    live.add(said[2].fact)

    for each in (book, live):
        assert [each.next_answer(f"{URL}robots.txt", again=True) for _ in range(3)] == [
            *map(place, said[:2]),
            None,
        ]
        assert each.later_rules(f"{URL}robots.txt") == (place(said[2]),)
        assert list(each.unserved()) == [place(said[2])]
        assert not each.has_just_received(f"{URL}robots.txt")
    busy = Book(said[:1])
    busy.add(said[1].fact)
    assert busy.has_just_received(f"{URL}robots.txt")


def test_where_a_later_robots_txt_leads_is_no_page_of_its_own():
    moved = Captured(
        replace(answer(301, 2).fact, url=f"{URL}robots.txt", headers=(("Location", "/rules"),)), "response"
    )
    first = Captured(replace(answer(404, 1).fact, url=f"{URL}robots.txt"), "response")
    rules = [Captured(replace(answer(200, n).fact, url=f"{URL}rules"), "response") for n in (3, 4)]
    book = Book([first, moved, *rules])

    assert list(book.unserved()) == list(map(place, [moved, rules[0], first, rules[1]]))
    assert book.next_answer(f"{URL}rules") == place(rules[1])


def test_what_was_given_up_is_an_answer_and_what_was_only_tried_is_none():
    tried = FailureNote(URL, "the answer broke off", is_transient=True)
    given_up = replace(tried, is_given_up=True)
    book = Book([tried, given_up, answer(200, 3)])

    given = [book.next_answer(URL, again=again) for again in (False, False, True, False)]

    assert given == [given_up, given_up, place(answer(200, 3)), place(answer(200, 3))]
    live = Book([answer(200, 1)])
    live.add_failure(given_up, is_told=True)
    assert live.next_answer(URL) == given_up
    assert live.next_answer(URL, again=True) is None


def test_a_crawl_that_was_ended_and_taken_up_again_all_the_same_is_no_ended_one():
    stopped = Stopped("enough", b"", {})

    assert Book([answer(200, 1), stopped]).stopped == stopped
    assert Book([answer(200, 1), stopped, answer(200, 2)]).stopped is None
    assert Book([answer(200, 1), stopped, Stopped("", b"", {})]).stopped is None


def test_failures_and_pages_taken_out_are_no_answers():
    note = FailureNote(URL, "no answer", is_transient=True)
    page = answer(200, 7, kind="conversion")
    book = Book([note, page])

    assert book.next_answer(URL) is None
    assert book.failure_of(URL) == note
    assert book.conversion("urn:7") == place(page)


def test_a_second_request_waits_for_the_first():
    async def ask():
        book, order = Book(), []

        async def second():
            await book.wait_for(URL)
            order.append("second")

        book.begin(URL)
        task = asyncio.create_task(second())
        await asyncio.sleep(0)
        order.append("first")
        book.end(URL)
        await task
        return order

    assert asyncio.run(ask()) == ["first", "second"]
