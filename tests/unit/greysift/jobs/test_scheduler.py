"""The scheduler's rules, with crawls that are only said to run: what each end means, who may run beside whom."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from django.db.utils import OperationalError
from django.utils import timezone

from corpus.models import Lease, Schedule
from corpus.services.leases import lease
from corpus.services.schedules import set_schedule
from greysift.jobs import scheduler as module
from greysift.jobs.crawl_process import End, Ended
from greysift.jobs.scheduler import Scheduler
from greysift.jobs.sources import declaration_of, declare

LOCAL = """
slug = "{slug}"
name = "A server on this machine"
organisation = "A Department"
kind = "govuk"
hosts = {hosts}
licence = "none"

[entry]
search = "http://127.0.0.1:{port}/search"
content = "http://127.0.0.1:{port}/content"
site = "http://127.0.0.1:{port}"
assets = "http://127.0.0.1:{port}"

[filters]
organisations = ["a-department"]
document_types = ["research"]
"""
LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)  # the scheduler closes and opens its connection


class SaidCrawl:
    """A crawl that lives for a few looks and then ends as it is told."""

    ends: ClassVar[dict[str, Ended]] = {}
    begun: ClassVar[list[str]] = []
    alive: ClassVar[list[str]] = []
    together: ClassVar[list[frozenset[str]]] = []

    def __init__(self, slug: str) -> None:
        self.slug, self.looks = slug, 3
        self.begun.append(slug)
        self.alive.append(slug)
        self.together.append(frozenset(self.alive))

    @classmethod
    def start(cls, slug: str) -> "SaidCrawl":
        return cls(slug)

    @property
    def is_alive(self) -> bool:
        self.looks -= 1
        if self.looks == 0:
            self.alive.remove(self.slug)
        return self.looks > 0

    def ended(self) -> Ended:
        return self.ends.get(self.slug, Ended(End.COMPLETE, "3 of 3 records"))


@pytest.fixture(autouse=True)
def crawls(monkeypatch):
    monkeypatch.setattr(module, "CrawlProcess", SaidCrawl)
    monkeypatch.setattr(module, "POLL_SECONDS", 0.001)
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.01)
    for name, empty in (("ends", {}), ("begun", []), ("alive", []), ("together", [])):
        monkeypatch.setattr(SaidCrawl, name, empty)
    return SaidCrawl


@pytest.fixture
def owe(data_dir):
    """Return a maker of sources whose crawl is due."""
    (data_dir / "sources").mkdir(exist_ok=True)

    def make(slug: str, *ports: int) -> None:
        hosts = str([f"127.0.0.1:{port}" for port in ports]).replace("'", '"')
        text = LOCAL.format(slug=slug, hosts=hosts, port=ports[0])
        (data_dir / "sources" / f"{slug}.toml").write_text(text, encoding="utf-8")
        set_schedule(declare(declaration_of(slug)), "0 3 * * *", by=None, at=LONG_AGO)

    return make


def run(workers: int = 4) -> list[str]:
    """Serve once; return what was said."""
    said: list[str] = []
    Scheduler(workers=workers, tell=said.append).run(is_once=True)
    assert not Lease.objects.exists()
    return said


def test_complete_crawl_is_served_and_leaves_nothing_to_say(owe, crawls):
    owe("local", 1)

    said = run()

    schedule = Schedule.objects.get()
    assert timezone.now() - schedule.served_at < timedelta(days=1)
    assert (schedule.setbacks, schedule.said, schedule.not_before) == (0, None, None)
    assert "local: complete, 3 of 3 records; next " in said[1]
    assert run() == []


@pytest.mark.parametrize("end", [End.FAILED, End.REFUSED])
def test_failed_crawl_is_served_too_and_tried_at_the_next_moment(owe, crawls, end):
    owe("local", 1)
    crawls.ends["local"] = Ended(end, "got 3 of 4")

    run()

    schedule = Schedule.objects.get()
    assert (schedule.setbacks, schedule.said) == (1, "got 3 of 4")
    assert run() == []


def test_crawl_that_broke_off_is_owed_still_after_a_pause(owe, crawls):
    owe("local", 1)
    crawls.ends["local"] = Ended(End.BROKEN_OFF, "signal 9")

    run()

    schedule = Schedule.objects.get()
    assert (schedule.served_at, schedule.setbacks, schedule.said) == (LONG_AGO, 1, "signal 9")
    assert schedule.not_before > timezone.now()
    assert run() == []
    Schedule.objects.update(not_before=LONG_AGO)
    run()
    assert crawls.begun == ["local", "local"]


@pytest.mark.parametrize("until", [None, datetime(2999, 1, 1, tzinfo=UTC)])
@pytest.mark.parametrize("end", [End.LATER, End.BUSY])
def test_crawl_that_is_put_off_is_owed_still_and_no_setback(owe, crawls, end, until):
    owe("local", 1)
    crawls.ends["local"] = Ended(end, "not now", until=until)

    said = run()

    schedule = Schedule.objects.get()
    assert (schedule.served_at, schedule.setbacks) == (LONG_AGO, 0)
    assert schedule.not_before == until or (until is None and schedule.not_before > timezone.now())
    assert any("put off until" in line for line in said)


def test_sources_that_share_any_host_never_run_at_once(owe, crawls):
    owe("first", 1, 2)
    owe("second", 2, 3)
    owe("third", 3, 1)
    owe("apart", 4)

    run()

    assert Counter(crawls.begun) == {"first": 1, "second": 1, "third": 1, "apart": 1}
    assert all(len(alive & {"first", "second", "third"}) <= 1 for alive in crawls.together)
    assert any("apart" in alive and len(alive) == 2 for alive in crawls.together)


def test_a_crawl_that_goes_on_when_schedules_are_looked_at_again_is_left_alone(owe, crawls, monkeypatch):
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.0)
    owe("local", 1)

    said = run()

    assert [line for line in said if "waits" in line] == []
    assert crawls.begun == ["local"]


def test_no_more_crawls_run_than_workers_are_allowed(owe, crawls):
    for port in range(1, 6):
        owe(f"source-{port}", port)

    run(workers=2)

    assert len(crawls.begun) == 5
    assert max(map(len, crawls.together)) == 2


def test_database_that_is_away_for_a_while_is_waited_for(owe, crawls, monkeypatch):
    owe("local", 1)
    answers = [OperationalError("the server closed the connection")]

    def standings(at):
        if answers:
            raise answers.pop()
        return real(at)

    real = module.standings
    monkeypatch.setattr(module, "standings", standings)

    said = run()

    assert "the database cannot be used just now (the server closed the connection); trying again" in said
    assert crawls.begun == ["local"]


def test_database_that_stays_away_ends_one_look_with_its_error(owe, crawls, monkeypatch):
    def standings(at):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(module, "standings", standings)
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(module, "POLL_SECONDS", 0.0)

    with pytest.raises(OperationalError, match="server closed"):
        run()


def test_declaration_that_cannot_be_read_is_said_once_and_stops_no_other(owe, crawls, data_dir):
    owe("local", 1)
    owe("other", 2)
    (data_dir / "sources" / "broken.toml").write_text("slug = ", encoding="utf-8")
    (data_dir / "sources" / "other.toml").write_text("\nslug = 'other'\nkind = ", encoding="utf-8")
    said: list[str] = []
    scheduler = Scheduler(workers=2, tell=said.append)

    scheduler.run(is_once=True)

    for name in ("broken.toml", "other.toml"):
        assert sum(f"{name} is not TOML" in line for line in said) == 1
    assert crawls.begun == ["local"]
    assert scheduler.left_unserved


def test_host_of_a_crawl_whose_file_broke_meanwhile_stays_taken(owe, crawls, data_dir):
    owe("local", 1)
    (data_dir / "sources" / "local.toml").write_text("slug = 'local'\n?", encoding="utf-8")

    with lease("harvest:local"):
        assert module.hosts_asked_now(timezone.now()) == {"127.0.0.1:1"}


def test_source_whose_declaration_is_gone_is_passed_over_with_a_word(owe, crawls, data_dir):
    owe("local", 1)
    (data_dir / "sources" / "local.toml").unlink()

    said = run()

    assert len(said) == 1
    assert "local: passed over, local is not declared" in said[0]
    assert crawls.begun == []
