"""Several database connections at work at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def run_at_once(calls: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Start all calls at the same moment, each on a connection of its own; return results or errors, in order."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T | Exception:
        gate.wait(timeout=30)
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - what went wrong is what the tests look at
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(calls)) as pool:
        return list(pool.map(run, calls))
