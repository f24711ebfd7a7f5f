"""How often what gave no settled answer is asked for again."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from harvester import budget
from harvester.declarations import parse_declaration
from harvester.job import CrawlJob
from harvester.middlewares.patience import PatienceMiddleware
from harvester.reasons import CrawlStoppedError
from harvester.session import FINISHED, CrawlSession
from tests.unit.harvester.test_session import DECLARED

URL = "http://127.0.0.1:8000/b.pdf"
HOURS = 3.0


@pytest.fixture
def session(tmp_path):
    declaration = parse_declaration({**DECLARED, "limits": {"hours": HOURS, "requests": 1}}, name="here")
    made = CrawlSession(CrawlJob(declaration=declaration, run_uid=uuid4(), warc_dir=tmp_path, sink=None))
    yield made
    made.close(finish_reason=FINISHED)


@pytest.fixture
def patience(session):
    crawler = SimpleNamespace(settings=Settings({"RETRY_TIMES": 3}))
    crawler.stats = MemoryStatsCollector(SimpleNamespace(settings=Settings({"STATS_DUMP": False})))
    crawler.spider = SimpleNamespace(crawler=crawler)
    return PatienceMiddleware(crawler, session=session)


def busy(pause: str | None) -> Response:
    return Response(URL, status=503, headers={} if pause is None else {"Retry-After": pause})


@pytest.mark.parametrize("pause", [None, "1", "86400"])
def test_every_answer_counts_as_a_try_whatever_pause_it_asks_for(patience, pause):
    request, tries = Request(URL), 1
    while isinstance(again := patience.process_response(request, busy(pause)), Request):
        request, tries = again, tries + 1
        assert tries < 10

    assert (tries, again.status) == (4, 503)


def test_no_try_is_made_when_the_hours_are_over(patience, session, monkeypatch):
    began = budget.monotonic()
    monkeypatch.setattr(budget, "monotonic", lambda: began + HOURS * 3600 + 60)

    with pytest.raises(CrawlStoppedError, match=r"limits\.hours"):
        patience.process_response(Request(URL), busy("1"))

    assert "limits.hours" in session.stop_reason
