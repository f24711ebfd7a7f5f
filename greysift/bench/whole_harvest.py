"""The other side of the crawl benchmark: a harvest as users run it, into a store of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asgiref.sync import SyncToAsync

from corpus.vocabulary.errors import SourceError
from greysift.bench.measures import MemoryCurve, Stopwatch, at_parts, growth, peak_bytes
from greysift.bench.static_site import FILES, HOST, SITEMAP

SLUG = "bench"
LOOKS = 200
PARTS = (0.25, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Harvested:
    """How a harvest went: seconds from start to end and of processor time, memory in bytes, which database took it.

    ``resident`` is the memory when the parts :data:`PARTS` of the documents were stored.
    """

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    bytes_a_document: float
    resident: tuple[int, ...]
    database: str


def whole_harvest(folder: Path, *, port: int, documents: int, connections: int) -> Harvested:
    """Harvest a served site into a new store in ``folder``. Once in a process.

    With ``GREYSIFT_DATABASE_URL`` set, a database of its own on that server is made for it and dropped again.

    Raises
    ------
    SourceError
        When not every document came to be stored.
    """
    os.environ |= {"GREYSIFT_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "greysift.settings"}
    folder.mkdir(parents=True)
    _declare(folder / "sources" / f"{SLUG}.toml", port=port, connections=connections)
    with _own_database() as database:
        from greysift.jobs.harvest import harvest_source  # noqa: PLC0415 - Django is set up only now

        memory = MemoryCurve(every=max(1, documents // LOOKS))
        watch = Stopwatch()
        outcome = harvest_source(SLUG, progress=lambda got, _: memory.look(got))
        seconds, cpu_seconds = watch.read()
        stored = _stored()
    if stored != documents or outcome.result.failures:
        said = " ".join(outcome.result.failures)
        raise SourceError(f"the harvest stored {stored} of {documents} documents. {said}")
    return Harvested(
        seconds=seconds,
        cpu_seconds=cpu_seconds,
        peak_bytes=peak_bytes(),
        bytes_a_document=growth(memory.seen),
        resident=tuple(at_parts(memory.seen, PARTS)),
        database=database,
    )


def _stored() -> int:
    """Return how many of the site's files are in the database, as captures and as records."""
    from django.db import connection  # noqa: PLC0415 - as above

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(DISTINCT url) FROM corpus_capture WHERE url LIKE %s), "
            "(SELECT count(*) FROM corpus_record)",
            [f"%{FILES}%"],
        )
        captured, recorded = cursor.fetchone()
    return min(int(captured), int(recorded))


def _declare(path: Path, *, port: int, connections: int) -> None:
    path.parent.mkdir()
    path.write_text(
        f'slug = "{SLUG}"\nname = "Files"\norganisation = "This machine"\nkind = "sitemap"\n'
        f'hosts = ["{HOST}:{port}"]\nlicence = "none"\n'
        f'[entry]\nsite = "http://{HOST}:{port}"\nsitemaps = ["http://{HOST}:{port}{SITEMAP}"]\n'
        f"[politeness]\ndelay_seconds = 0.0\nconnections = {connections}\n"
    )


@contextmanager
def _own_database() -> Iterator[str]:
    import django  # noqa: PLC0415 - its settings are read from the environment at the first import
    from django.db import connection, connections  # noqa: PLC0415

    django.setup()
    if connection.vendor == "sqlite":
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0, interactive=False)
        yield "SQLite"
        connection.close()
        return
    before = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"greysift_bench_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield "PostgreSQL"
    finally:
        # the thread that stored has a connection of its own, and an open one keeps the database from being dropped
        SyncToAsync.single_thread_executor.submit(connections.close_all).result()
        connection.creation.destroy_test_db(before, verbosity=0)
