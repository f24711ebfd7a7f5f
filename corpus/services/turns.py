"""Turns at hosts, shared by every process and machine on the database."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from corpus.models import HostTurn
from corpus.services.clock import database_now
from corpus.services.processes import is_dead
from corpus.vocabulary import turns
from corpus.vocabulary.turns import Ending, HostState, Wait


def take_turn(host: str, *, holder: str, pace: float) -> Wait | None:
    """Take the turn at a host, or return how long to wait before trying again.

    Parameters
    ----------
    host
        As ``harvester.turns.host_of`` names it.
    holder
        The process, as ``processes.this_process`` names it. What it holds already is a turn that it lost track of.
    pace
        Seconds that the host is owed between an answer and the next request.
    """
    row, _ = HostTurn.objects.get_or_create(host=host, defaults={"free_at": database_now()})
    _, wait = _taken(row, holder=holder, pace=pace)
    if wait is not None and (wait.until is None or row.holder is None):
        return wait  # looking takes no lock
    with transaction.atomic():
        row = HostTurn.objects.select_for_update().get(pk=row.pk)
        state, wait = _taken(row, holder=holder, pace=pace)
        _save(row, state)
    return wait


def renew_turns(hosts: Iterable[str], *, holder: str) -> int:
    """Hold on to turns that take long; return how many of them are still held."""
    return HostTurn.objects.filter(host__in=list(hosts), holder=holder).update(
        held_until=database_now() + turns.HOLD
    )


@transaction.atomic
def give_turn_back(host: str, ending: Ending, *, holder: str) -> None:
    """End a turn: the host is free again at its pace, or after the pause that it asked for."""
    row = HostTurn.objects.select_for_update().get(host=host)
    _save(row, turns.give_back(_state(row), ending, holder=holder, at=database_now()))


def _taken(row: HostTurn, *, holder: str, pace: float) -> tuple[HostState, Wait | None]:
    is_gone = row.holder is not None and (row.holder == holder or is_dead(row.holder))
    return turns.take(_state(row), holder=holder, pace=pace, at=database_now(), is_holder_gone=is_gone)


def _state(row: HostTurn) -> HostState:
    return HostState(row.free_at, row.answered_at, row.setbacks, row.holder, row.held_until)


def _save(row: HostTurn, state: HostState) -> None:
    if state == _state(row):
        return
    for name, value in asdict(state).items():
        setattr(row, name, value)
    row.save(update_fields=list(asdict(state)))
