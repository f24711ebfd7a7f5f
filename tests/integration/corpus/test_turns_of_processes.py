"""Turns at a host, on the database: one at a time, a dead holder in nobody's way, pauses shared."""

import signal
from datetime import timedelta
from threading import Barrier

import pytest

from corpus.models import HostTurn
from corpus.services.clock import database_now
from corpus.services.processes import this_process
from corpus.services.turns import give_turn_back, renew_turns, take_turn
from corpus.vocabulary.turns import HOLD, Ending
from tests.integration.corpus.processes import start
from tests.integration.corpus.threads import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)

ELSEWHERE = "elsewhere:1:1"
TAKE = """
from corpus.services.processes import this_process
from corpus.services.turns import take_turn
import time
assert take_turn("host", holder=this_process(), pace=1.0) is None
print("taken", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder():
    process = start(TAKE)
    assert process.stdout.readline() == "taken\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def take(*, holder=ELSEWHERE, pace=0.0):
    return take_turn("host", holder=holder, pace=pace)


def test_a_living_holder_is_waited_for_and_a_killed_one_is_not(holder):
    assert take().until is None

    holder.send_signal(signal.SIGKILL)
    holder.wait()

    assert take() is None
    assert HostTurn.objects.get().holder == ELSEWHERE


def test_a_killed_holders_last_request_is_given_its_pace(holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    found_at = database_now()

    wait = take(pace=30.0)

    assert found_at + timedelta(seconds=30) <= wait.until <= database_now() + timedelta(seconds=30)
    assert HostTurn.objects.get().holder is None


def test_a_holder_on_another_machine_counts_as_dead_when_its_hold_runs_out_and_not_while_it_is_renewed():
    assert take() is None
    HostTurn.objects.update(held_until=database_now() + timedelta(seconds=1))
    assert renew_turns(["host", "another"], holder=ELSEWHERE) == 1
    assert take(holder=this_process()).until is None
    assert HostTurn.objects.get().held_until > database_now() + HOLD - timedelta(seconds=20)

    HostTurn.objects.update(held_until=database_now())

    assert take(holder=this_process()) is None
    assert renew_turns(["host"], holder=ELSEWHERE) == 0


def test_what_a_process_lost_track_of_is_its_own():
    assert take() is None
    assert take() is None


def test_a_pause_that_a_host_asked_one_process_for_is_kept_by_another():
    assert take() is None
    give_turn_back("host", Ending(0.0, 0.0, pause=600.0, is_setback=True), holder=ELSEWHERE)

    assert 590 < take(holder=this_process()).seconds <= 600


def test_trouble_of_several_processes_adds_up():
    for holder in ("one:1:1", "two:2:2", "three:3:3"):
        HostTurn.objects.update(free_at=database_now(), answered_at=None)
        assert take(holder=holder) is None
        give_turn_back("host", Ending(0.0, 1.0, is_setback=True), holder=holder)

    row = HostTurn.objects.get()
    assert (row.setbacks, round((row.free_at - row.answered_at).total_seconds())) == (3, 8)


def test_of_many_contenders_one_has_the_turn():
    count = 6
    ready = Barrier(count)

    def contend(number):
        def trying():
            ready.wait(timeout=30)
            return take(holder=f"machine-{number}:1:1")

        return trying

    answers = run_at_once([contend(number) for number in range(count)])

    assert answers.count(None) == 1, answers
    assert all(wait.until is None for wait in answers if wait is not None)
