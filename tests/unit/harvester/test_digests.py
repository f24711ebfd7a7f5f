"""What a crawl remembers of its addresses: as a dictionary would, and in few bytes."""

from hypothesis import given
from hypothesis import strategies as st

from harvester.digests import Digests
from harvester.spool import Spool

KEYS = st.text(max_size=4) | st.binary(max_size=4)


@given(st.lists(st.tuples(KEYS, st.integers(0, 2**40)), max_size=400), st.lists(KEYS))
def test_numbers_are_found_by_their_keys(pairs, others):
    kept = Digests()
    for key, number in pairs:
        kept[key] = number

    wanted = {(key if isinstance(key, bytes) else key.encode()): number for key, number in pairs}
    assert len(kept) == len(wanted)
    for key in [*others, *(key for key, _ in pairs)]:
        name = key if isinstance(key, bytes) else key.encode()
        assert kept.get(key) == wanted.get(name)
        assert (key in kept) == (name in wanted)


def test_a_key_is_new_once():
    kept = Digests()

    assert [kept.add(key) for key in ("a", "b", "a")] == [True, True, False]
    assert kept.get("a") == 0


def test_adding_again_leaves_the_number_alone():
    kept = Digests()
    kept["a"] = 7

    assert not kept.add("a")
    assert kept.get("a") == 7


@given(st.sets(st.integers(0, 300)), st.sets(st.integers(0, 300)))
def test_what_another_lacks_is_counted(ours, theirs):
    some, others = Digests(), Digests()
    for kept, numbers in ((some, ours), (others, theirs)):
        for number in numbers:
            kept.add(f"https://example.org/{number}")

    assert some.missing_from(others) == len(ours - theirs)


def test_half_a_surrogate_pair_is_a_key():
    kept = Digests()
    kept["\ud800"] = 1

    assert kept.get("\ud800") == 1


@given(st.lists(st.tuples(st.text(max_size=3), st.integers() | st.text(max_size=50_000)), max_size=30))
def test_a_spool_is_a_dictionary(pairs):
    spool, wanted = Spool(), {}
    for key, value in pairs:
        spool[key] = value
        wanted.pop(key, None)  # what is put again comes last
        wanted[key] = value

    assert list(spool.items()) == list(wanted.items())
    assert len(spool) == len(wanted)
    assert {key: spool.get(key) for key in wanted} == wanted
    assert spool.get("no such key") is None


def test_a_spool_is_read_while_others_look_things_up():
    spool = Spool()
    for number in range(20):
        spool[str(number)] = number

    seen = []
    for key, value in spool.items():
        seen.append((key, value))
        assert spool.get("3") == 3
        if value < 3:
            spool[f"more {value}"] = 100 + value

    assert [value for _, value in seen] == [*range(20), 100, 101, 102]
    assert seen[-1] == ("more 2", 102)


def test_digests_are_the_same_after_bytes_in_whatever_order_they_came():
    kept, others = Digests(), Digests()
    for key in range(200):
        kept[str(key)] = key
        others.add(str(199 - key))

    again = Digests.from_bytes(kept.as_bytes())

    assert kept.as_bytes() == others.as_bytes()
    assert len(again) == 200
    assert all(again.get(str(key)) == 0 for key in range(200))
    assert again.get("200") is None
