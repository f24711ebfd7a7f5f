"""Turns that the corpus keeps: what befalls the database is told as what it means for a crawl."""

import asyncio

import pytest
from django.db import InterfaceError, OperationalError

from corpus.vocabulary.errors import BusyError, TurnsError
from corpus.vocabulary.turns import Ending
from greysift.jobs import turns
from greysift.jobs.turns import CorpusTurns

ENDING = Ending(answered_ago=0.0, pace=1.0, pause=None, is_setback=False)


@pytest.mark.parametrize("error", [OperationalError("server closed"), InterfaceError("server closed")])
@pytest.mark.parametrize(
    ("service", "ask"),
    [
        ("take_turn", lambda kept: kept.take("a.invalid", pace=1.0)),
        ("renew_turns", lambda kept: kept.renew(["a.invalid"])),
        ("give_turn_back", lambda kept: kept.give_back("a.invalid", ENDING)),
    ],
)
def test_a_database_that_fails_means_that_turns_cannot_be_kept(monkeypatch, service, ask, error):
    def fails(*_, **__):
        raise error

    monkeypatch.setattr(turns, service, fails)

    with pytest.raises(TurnsError, match="server closed"):
        asyncio.run(ask(CorpusTurns(check=lambda: None)))


def test_a_claim_that_is_lost_is_said_as_such():
    def is_lost():
        raise BusyError("another goes on")

    with pytest.raises(BusyError, match="another goes on"):
        asyncio.run(CorpusTurns(check=is_lost).take("a.invalid", pace=1.0))
