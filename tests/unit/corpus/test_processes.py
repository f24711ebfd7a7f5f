"""Which processes are known to be gone."""

import os

import pytest

from corpus.services import processes
from corpus.services.processes import is_dead, this_process

MACHINE = this_process().rsplit(":", 2)[0]


def test_this_process_lives():
    assert not is_dead(this_process())


def test_successor_with_the_same_number_is_not_the_holder():
    assert is_dead(f"{MACHINE}:{os.getpid()}:1")


def test_number_that_nobody_has_is_dead():
    assert is_dead(f"{MACHINE}:{2**22 + 1}:12345")


def test_process_of_another_machine_is_never_known_to_be_dead():
    assert not is_dead(f"elsewhere:{2**22 + 1}:12345")


@pytest.mark.parametrize("what", ["read_text", "readlink"], ids=["another start", "another container"])
def test_a_namesake_of_this_machine_is_another(what, monkeypatch):
    """Its processes have numbers of their own, which may be anyone's here."""
    monkeypatch.setattr(processes.Path, what, lambda *_, **__: "another")
    namesake = processes._machine.__wrapped__()

    assert namesake.partition("+")[0] == MACHINE.partition("+")[0]
    assert not is_dead(f"{namesake}:{2**22 + 1}:12345")
