"""How far a crawl is: a bar on a terminal, now and then a line anywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

EVERY_SECONDS = 60.0

Show = Callable[[int, int | None], None]


@contextmanager
def crawl_progress(
    name: str, *, console: Console | None = None, every: float = EVERY_SECONDS
) -> Iterator[Show]:
    """Yield what takes (records got, records expected or ``None``), and shows it on standard error.

    Parameters
    ----------
    name
        What is crawled.
    console
        Where to, if not to standard error.
    every
        Seconds between two lines, where there is no terminal; a log is no place for a bar.
    """
    console = console or Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield _Lines(name, console=console, every=every)
        return
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("records"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task(name, total=None)

        def show(got: int, expected: int | None) -> None:
            bar.update(task, completed=got, total=None if expected is None else max(expected, got))

        yield show


class _Lines:
    """Says how far a crawl is in lines, not too many of them."""

    def __init__(self, name: str, *, console: Console, every: float) -> None:
        self._name, self._console, self._every = name, console, every
        self._said_at = monotonic()

    def __call__(self, got: int, expected: int | None) -> None:
        if monotonic() - self._said_at < self._every:
            return
        self._said_at = monotonic()
        of = "" if expected is None else f" of {expected}"
        self._console.print(f"{self._name}: {got}{of} records so far", markup=False, soft_wrap=True)
