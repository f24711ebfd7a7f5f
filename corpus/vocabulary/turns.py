"""The rules by which a host is asked: one at a time, at its pace, later when it is in trouble. Plain values only."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

HOLD = timedelta(seconds=60)
"""How long a turn is held without being renewed: after it, a holder on another machine counts as dead."""
LONGEST = timedelta(days=30)
"""The longest pause that a host's word is taken for."""
LONGEST_UNASKED = timedelta(hours=1)
"""The longest pause after failures that a host is given without asking for it."""


@dataclass(frozen=True, slots=True)
class HostState:
    """How a host stands. ``answered_at`` is the moment by which the last request had certainly reached it."""

    free_at: datetime
    answered_at: datetime | None = None
    setbacks: int = 0
    holder: str | None = None
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """No turn yet. ``until`` is when the host may be asked, ``None`` while another one's turn lasts."""

    seconds: float
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a turn ended.

    Attributes
    ----------
    answered_ago
        Seconds since the answer began; the request had reached the host by then.
    pace
        Seconds that the host is owed between an answer and the next request.
    pause
        Seconds that the host asked to be left alone for, if it did.
    is_setback
        Whether the host was busy, broken or not to be reached.
    """

    answered_ago: float
    pace: float
    pause: float | None = None
    is_setback: bool = False


def take(
    state: HostState, *, holder: str, pace: float, at: datetime, is_holder_gone: bool
) -> tuple[HostState, Wait | None]:
    """Return the host's next state, and how long to wait when the turn was not taken.

    What a holder that is gone has sent may be on its way still, so the host gets its pace from the moment that the
    holder was found gone.
    """
    if state.holder is not None and state.held_until is not None:
        if state.held_until > at and not is_holder_gone:
            return state, Wait(min(max(pace / 4, 0.05), 1.0))
        state = replace(state, holder=None, held_until=None, answered_at=at)
    state = _without_future(state, at=at)
    earliest = state.free_at
    if state.answered_at is not None:  # whoever asked last may have owed the host a quicker pace
        earliest = max(earliest, state.answered_at + timedelta(seconds=pace))
    if earliest > at:
        return state, Wait((earliest - at).total_seconds(), until=earliest)
    return replace(state, holder=holder, held_until=at + HOLD), None


def _without_future(state: HostState, *, at: datetime) -> HostState:
    """Return the state with no answer after now: the clock was set back since, and the pause is counted from now."""
    if state.answered_at is None or state.answered_at <= at:
        return state
    pause = max(state.free_at - state.answered_at, timedelta())
    return replace(state, answered_at=at, free_at=at + min(pause, LONGEST))


def give_back(state: HostState, ending: Ending, *, holder: str, at: datetime) -> HostState:
    """Return the host's state after a turn; that of another, who took the turn over, stays its own."""
    answered_at = at - timedelta(seconds=ending.answered_ago)
    setbacks = min(state.setbacks + 1, 30) if ending.is_setback else 0
    free_at = max(state.free_at, answered_at + timedelta(seconds=ending.pace))
    pause = ending.pause
    if pause is None and ending.is_setback:
        pause = min(ending.pace * 2**setbacks, LONGEST_UNASKED.total_seconds())
    if pause is not None:
        free_at = max(free_at, at + min(timedelta(seconds=min(pause, 1e9)), LONGEST))
    state = replace(
        state,
        free_at=free_at,
        answered_at=max(answered_at, state.answered_at or answered_at),
        setbacks=setbacks,
    )
    return replace(state, holder=None, held_until=None) if state.holder == holder else state
