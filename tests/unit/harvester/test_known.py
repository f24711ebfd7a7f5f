"""What a crawl knows of what was listed, beside sets and dictionaries that would say the same."""

from hypothesis import given
from hypothesis import strategies as st

from harvester.pile import Pile
from harvester.spiders.known import Known, Left

KEYS = st.sampled_from("abcdef")
READ = st.tuples(KEYS, st.booleans(), st.integers(0, 100_000))


@given(st.lists(st.tuples(st.lists(KEYS), st.lists(READ)), min_size=1, max_size=7))
def test_what_was_left_is_what_the_last_listing_lacks(rounds):
    known, ever, read, last = Known(), set(), {}, set()
    for number, (listed, brought) in enumerate(rounds):
        if number:
            known.begin_again()
        last = set()
        for key in listed:
            assert known.is_listed(key) == (key in last)
            assert known.enter(key, url=f"at {key}") == (key not in last, key not in ever)
            last.add(key)
            ever.add(key)
        for key, is_gone, documents in brought:
            known.note_read(key, is_gone=is_gone, documents=documents)
            if key in ever:
                read[key] = (is_gone, documents)
    left = ever - last
    assert len(known) == len(ever)
    assert known.left() == Left(
        len(left),
        sum(read.get(key, (False, 0))[0] for key in left),
        sum(read.get(key, (False, 0))[1] for key in left),
    )
    for key in "abcdef":
        assert (key in known) == (key in ever) == known.lists(f"at {key}")


@given(st.lists(st.integers() | st.text(max_size=5), max_size=500))
def test_a_pile_is_a_list(things):
    pile = Pile()
    for thing in things:
        pile.put(thing)

    assert list(pile) == things


def test_a_pile_is_read_while_more_is_put_and_by_several():
    pile = Pile()
    for number in range(250):
        pile.put(number)
    one, other, got = iter(pile), iter(pile), []
    for number in range(150):
        got.append((next(one), number))
        pile.put(number + 250)

    assert [first for first, _ in got] == list(range(150))
    assert list(other) == list(range(400))
    assert list(one) == list(range(150, 400))
