from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from uuid import uuid4

import pytest
from scrapy.http import Response

from corpus.vocabulary.errors import SourceError
from harvester import settings
from harvester.declarations import shipped_declarations
from harvester.job import CrawlJob
from harvester.middlewares.patience import _retry_after
from harvester.run import settings_of

(DEPARTMENT,) = [d for d in shipped_declarations() if d.slug == "department-for-education"]


def job(**said) -> CrawlJob:
    return CrawlJob(declaration=DEPARTMENT, run_uid=uuid4(), warc_dir=Path("unused"), sink=None, **said)


def test_a_crawl_of_others_needs_someone_to_write_to():
    with pytest.raises(SourceError, match=r"politeness\.contact"):
        settings_of(job())


def test_servers_are_told_who_asks_and_are_asked_slowly():
    made = settings_of(job(contact="library@example.org"))

    assert "library@example.org" in made["USER_AGENT"]
    assert made["USER_AGENT"].startswith("Greysift/")
    assert made.getfloat("DOWNLOAD_DELAY") == 1.0
    assert made.getfloat("DOWNLOAD_DELAY_JITTER") == 0.0
    slot = {"concurrency": 1, "delay": 1.0}
    assert made["DOWNLOAD_SLOTS"] == {"www.gov.uk": slot, "assets.publishing.service.gov.uk": slot}
    assert made["TWISTED_DNS_RESOLVER"] == "harvester.network.resolver.GuardedResolver"
    assert made["GREYSIFT_REACH"] == "public"


def test_a_replay_does_not_dawdle():
    assert settings_of(job(replay=Path("unused.warc.gz"))).getfloat("DOWNLOAD_DELAY") == 0.0


def test_nothing_listens_and_storing_is_off_until_a_job_asks():
    assert settings.ROBOTSTXT_OBEY is True
    assert settings.REMOTE_CONTROL_ENABLED is False
    assert settings.TELNETCONSOLE_ENABLED is False
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES is True
    assert {kind for kind, handler in settings.DOWNLOAD_HANDLERS.items() if handler is not None} == {
        "http",
        "https",
    }
    assert {"data", "file", "ftp", "s3"} <= settings.DOWNLOAD_HANDLERS.keys()
    assert settings.ITEM_PIPELINES == {}


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), (" 120 ", 120.0), ("", None), ("soon", None), ("-3", None), ("1.5", None)],
)
def test_retry_after_is_read(value, seconds):
    assert _retry_after(Response("http://a.invalid/", headers={"Retry-After": value})) == seconds


def test_retry_after_may_be_a_date():
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)

    assert 55 < _retry_after(Response("http://a.invalid/", headers={"Retry-After": moment})) <= 60
