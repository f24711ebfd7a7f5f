"""The rules of turns, on plain values: no clock, no database."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from corpus.vocabulary.turns import HOLD, LONGEST, LONGEST_UNASKED, Ending, HostState, give_back, take
from tests.factories import NOON

FREE = HostState(free_at=NOON)


def after(seconds: float):
    return NOON + timedelta(seconds=seconds)


def took(state, *, at, holder="a", pace=1.0, is_holder_gone=False):
    return take(state, holder=holder, pace=pace, at=at, is_holder_gone=is_holder_gone)


def test_a_free_host_is_taken_at_once():
    state, wait = took(FREE, at=NOON)

    assert wait is None
    assert (state.holder, state.held_until) == ("a", NOON + HOLD)


def test_a_held_host_is_nobody_elses_until_the_hold_runs_out():
    held, _ = took(FREE, at=NOON)

    before, wait = took(held, at=NOON + HOLD - timedelta(seconds=1), holder="b")
    assert before == held
    assert wait is not None
    assert wait.until is None
    later, wait = took(held, at=NOON + HOLD, holder="b")
    assert wait.seconds == 1.0  # the pace: what the other sent may be on its way
    assert took(later, at=NOON + HOLD + timedelta(seconds=1), holder="b")[1] is None


def test_a_dead_holders_host_is_free_after_one_pace():
    held, _ = took(FREE, at=NOON)

    freed, wait = took(held, at=after(0.2), holder="b", is_holder_gone=True)

    assert (freed.holder, wait.until) == (None, after(1.2))
    assert took(freed, at=after(2), holder="b", pace=5.0)[1].until == after(5.2)  # or its own


def test_the_pace_counts_from_the_answer():
    held, _ = took(FREE, at=NOON)
    given_back = give_back(held, Ending(answered_ago=3.0, pace=1.0), holder="a", at=after(10))

    assert given_back.answered_at == after(7)
    assert took(given_back, at=after(10))[1] is None  # a long download has paid already


def test_each_asks_at_the_slower_of_two_paces():
    held, _ = took(FREE, at=NOON)
    quick = give_back(held, Ending(0.0, pace=1.0), holder="a", at=NOON)
    slow = give_back(held, Ending(0.0, pace=5.0), holder="a", at=NOON)

    assert took(quick, at=after(1), pace=5.0)[1].until == after(5)
    assert took(slow, at=after(1), pace=1.0)[1].until == after(5)


def test_trouble_doubles_the_pause_until_an_answer_comes():
    state, waits = FREE, []
    for _ in range(40):
        state = give_back(state, Ending(0.0, 1.0, is_setback=True), holder="a", at=NOON)
        waits.append((state.free_at - NOON).total_seconds())

    assert waits[:4] == [2, 4, 8, 16]
    assert max(waits) == LONGEST_UNASKED.total_seconds()
    assert give_back(state, Ending(0.0, 1.0), holder="a", at=after(60)).setbacks == 0


def test_a_pause_that_the_host_asks_for_counts_as_it_stands():
    state = give_back(FREE, Ending(0.0, 1.0, pause=3600.0, is_setback=True), holder="a", at=NOON)

    assert state.free_at == after(3600)


def test_no_host_is_believed_for_ever():
    state = give_back(FREE, Ending(0.0, 1.0, pause=1e300, is_setback=True), holder="a", at=NOON)

    assert state.free_at == NOON + LONGEST


def test_one_whose_turn_was_taken_over_ends_nobody_elses():
    theirs, _ = took(FREE, at=NOON, holder="b")

    state = give_back(theirs, Ending(0.0, 1.0), holder="a", at=after(2))

    assert state.holder == "b"
    assert state.answered_at == after(2)


steps = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.floats(0, 3),  # until this one tries
        st.floats(0, 1),  # from the turn to the answer's beginning
        st.floats(0, 2),  # from there to the answer's end
        st.sampled_from([1.0, 2.5]),
        st.booleans(),  # is there trouble?
        st.booleans(),  # does the process die in its turn?
    ),
    max_size=60,
)


def pairwise_with(asked, paces):
    return zip(asked, list(zip(asked, paces, strict=True))[1:], strict=False)


@given(steps)
def test_requests_of_any_processes_keep_the_pace(script):
    """A request reaches the host at the latest when its answer begins, or when its process is found dead."""
    state, at, asked, paces, gone = FREE, NOON, [], [], set()
    for number, (process, pause, to_answer, to_end, pace, is_setback, dies) in enumerate(script):
        name = f"{process}{number if process in gone else ''}"
        at += timedelta(seconds=pause)
        state, wait = took(state, at=at, holder=name, pace=pace, is_holder_gone=state.holder in gone)
        if wait is not None:
            continue
        taken_at = at
        at += timedelta(seconds=to_answer)
        asked.append((taken_at, at, 0.0 if dies else pace))  # the dead tell nobody of their pace
        paces.append(pace)
        if dies:
            gone.add(name)
            continue
        at += timedelta(seconds=to_end)
        ending = Ending(to_end, pace, is_setback=is_setback)
        state = give_back(state, ending, holder=name, at=at)

    for (_, reached_by, owed), ((taken_at, _, _), pace) in pairwise_with(asked, paces):
        assert (taken_at - reached_by).total_seconds() > max(owed, pace) - 1e-4


def test_a_pause_asked_for_with_an_answer_that_is_no_failure_counts_too():
    held, _ = took(HostState(free_at=NOON), at=NOON)

    state = give_back(held, Ending(0.0, 1.0, pause=90.0), holder="a", at=NOON)

    assert (state.free_at, state.setbacks) == (after(90), 0)


def test_after_the_clock_was_set_back_a_host_waits_no_longer_than_it_asked_for():
    yesterday = NOON - timedelta(days=1)
    state = HostState(free_at=after(90), answered_at=NOON)

    _, wait = took(state, at=yesterday)
    _, plain = took(HostState(free_at=after(2), answered_at=NOON), at=yesterday, pace=2.0)

    assert (wait.seconds, plain.seconds) == (90, 2)
