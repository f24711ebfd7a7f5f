"""One server and one crawl, shared by the tests that only look at what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from tests.fakes import crawl_process
from tests.fakes.crawl_process import Outcome
from tests.fakes.govuk_examples import one_of_everything
from tests.fakes.govuk_server import GovukServer


@dataclass(frozen=True)
class Crawled:
    """A crawl that has been made, and the server it was made from."""

    server: GovukServer
    declaration: str
    run_uid: UUID
    folder: Path
    outcome: Outcome
    hits: dict[str, int]

    @property
    def warc(self) -> Path:
        (path,) = (self.folder / "warc").glob(f"{self.run_uid}-*.warc.gz")
        return path


@pytest.fixture(scope="package")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Crawl one of everything."""
    folder, run_uid = tmp_path_factory.mktemp("crawled"), uuid4()
    with GovukServer(one_of_everything()) as server:
        declaration = server.declaration()
        outcome = crawl_process.run(
            folder / "crawl", declaration=declaration, run_uid=run_uid, warc_dir=folder / "warc"
        )
        yield Crawled(server, declaration, run_uid, folder, outcome, dict(server.hits))
