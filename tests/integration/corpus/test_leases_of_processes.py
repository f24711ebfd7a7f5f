"""A lease of a killed process is free at once; that of a living one is not; of many contenders one wins."""

import signal
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from time import monotonic, sleep

import pytest

from corpus.models import Lease
from corpus.services import leases
from corpus.services.leases import lease
from corpus.services.processes import is_dead, this_process
from corpus.vocabulary.errors import BusyError
from tests.factories import NOON
from tests.integration.corpus.processes import start
from tests.integration.corpus.threads import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)

HOLD = """
from corpus.services.leases import lease
import time
with lease("work"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder():
    process = start(HOLD)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize("is_reaped", [True, False], ids=["gone", "zombie"])
def test_lease_of_a_killed_process_is_taken_at_once(holder, is_reaped):
    with pytest.raises(BusyError), lease("work"):
        pytest.fail("two held it")
    old = Lease.objects.get().holder

    holder.send_signal(signal.SIGKILL)
    if is_reaped:
        holder.wait()
    else:  # nobody has asked for its exit status yet: it is dead all the same
        while not is_zombie(holder.pid):
            pass

    with lease("work"):
        assert Lease.objects.get().holder == this_process() != old


def test_a_claim_is_renewed_by_itself_while_the_work_goes_on(monkeypatch):
    monkeypatch.setattr(leases, "RENEWED_EVERY", timedelta(seconds=0.05))
    with lease("work") as claim:
        first = Lease.objects.get().expires_at
        deadline = monotonic() + 30
        while Lease.objects.get().expires_at == first:
            assert monotonic() < deadline, "it is not renewed"
            sleep(0.02)

        claim.check()
    assert not Lease.objects.exists()


def is_zombie(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"


@pytest.mark.parametrize("is_left_by_a_dead_holder", [True, False])
def test_of_many_contenders_exactly_one_wins(is_left_by_a_dead_holder, monkeypatch):
    count = 6
    all_have_looked = Barrier(count)

    def look_together(holder):
        all_have_looked.wait(timeout=30)  # the worst case: all have seen the dead before one takes over
        return is_dead(holder)

    if is_left_by_a_dead_holder:
        host = this_process().rsplit(":", 2)[0]
        Lease.objects.create(name="work", holder=f"{host}:{2**22 + 1}:1", expires_at=NOON.replace(year=2999))
        monkeypatch.setattr(leases, "is_dead", look_together)
    all_have_tried = Barrier(count)

    def contend():
        try:
            with lease("work"):
                all_have_tried.wait(timeout=30)
        except BusyError:
            all_have_tried.wait(timeout=30)
            raise

    answers = run_at_once([contend] * count)

    assert sorted(type(a).__name__ for a in answers) == ["BusyError"] * (count - 1) + ["NoneType"]
    assert not Lease.objects.exists()
