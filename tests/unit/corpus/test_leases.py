"""Claims on work: held while their holder lives, free again when it is done, dead or out of time."""

import socket
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.utils import timezone

from corpus.models import Lease
from corpus.services import leases
from corpus.services.leases import TERM, lease
from corpus.services.processes import this_process
from corpus.vocabulary.errors import BusyError

pytestmark = pytest.mark.django_db


def test_lease_is_held_for_the_length_of_the_block():
    with lease("work"):
        assert Lease.objects.get().holder == this_process()

    assert not Lease.objects.exists()


def test_lease_is_given_back_after_an_error():
    with pytest.raises(ZeroDivisionError), lease("work"):
        raise ZeroDivisionError

    assert not Lease.objects.exists()


def test_second_holder_is_told_who_works():
    with (
        lease("work"),
        pytest.raises(BusyError, match=f"work is being worked on by {socket.gethostname()}"),
        lease("work"),
    ):
        pytest.fail("two held it")


def test_loser_leaves_the_lease_of_the_winner():
    with lease("work"):
        with pytest.raises(BusyError), lease("work"):
            pytest.fail("two held it")

        assert Lease.objects.count() == 1


def test_other_work_is_free():
    with lease("work"), lease("other"):
        assert Lease.objects.count() == 2


def test_expired_lease_is_taken_and_not_given_back_by_its_old_holder():
    long_ago = timezone.now() - TERM - timedelta(seconds=1)
    with ExitStack() as second:
        with lease("work", at=long_ago):
            second.enter_context(lease("work"))

        assert Lease.objects.get().expires_at > timezone.now()
    assert not Lease.objects.exists()


def test_lease_is_not_taken_just_before_it_expires():
    moment = timezone.now()
    with lease("work", at=moment), pytest.raises(BusyError), lease("work", at=moment + TERM):
        pytest.fail("two held it")


def test_a_claim_that_is_renewed_outlives_its_first_term():
    start = timezone.now()
    with lease("work", at=start) as claim:
        claim.renew(at=start + TERM / 2)

        claim.check()
        with pytest.raises(BusyError), lease("work", at=start + TERM * 1.2):
            pytest.fail("two held it")
    assert not Lease.objects.exists()


def test_a_claim_that_ran_out_and_was_taken_is_known_to_be_lost():
    start = timezone.now()
    with lease("work", at=start) as claim, lease("work", at=start + TERM * 1.2) as other:
        claim.renew()

        with pytest.raises(BusyError, match="taken over"):
            claim.check()
        other.check()


def test_who_waits_is_told_whom_for_and_gets_the_claim_in_the_end(monkeypatch):
    told = []
    Lease.objects.create(
        name="work", holder="elsewhere:1:1", expires_at=timezone.now() + timedelta(seconds=0.2)
    )
    monkeypatch.setattr(leases, "LOOKED_AFTER_EVERY", timedelta(seconds=0.05))

    with lease("work", waiting=told.append):
        assert Lease.objects.get().holder == this_process()

    assert told == ["elsewhere:1:1"]
