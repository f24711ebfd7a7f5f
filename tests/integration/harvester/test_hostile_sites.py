"""Sites that are hostile to a whole crawl: it ends, in order, with a plain sentence, and reaches nothing private."""

import pytest

from tests.fakes.hostile.inputs import filled
from tests.fakes.hostile.sites import SITES
from tests.fakes.hostile.tour import toured


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    """Crawl every site once; the tests look at what came of it."""
    return toured(tmp_path_factory.mktemp("sites"))


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.what)
def test_each_crawl_ends_as_it_must(tour, site):
    outcome, ports = tour[0][site.what]

    documents = [(d["reason"], d["status"]) for r in outcome.records.values() for d in r["documents"]]
    if site.failure is None:
        assert (outcome.result.failures, documents) == ([], [(None, "retrieved")])
    else:
        assert any(filled(site.failure, ports) in failure for failure in outcome.result.failures)
    assert "Traceback" not in outcome.log
    assert "Unhandled" not in outcome.log


def test_nothing_private_was_reached(tour):
    assert tour[1] == 0
