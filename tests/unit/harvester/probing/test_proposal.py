"""Which kind of source findings speak for."""

import pytest

from harvester.spiders.probing import questions
from harvester.spiders.probing.findings import Finding
from harvester.spiders.probing.proposal import propose


def found(what: str, **facts: object) -> Finding:
    return Finding(what, "https://x.test/", is_offered=True, facts=facts)


def absent(what: str) -> Finding:
    return Finding(what, "https://x.test/", is_offered=False, reason="not found")


def refused(what: str) -> Finding:
    return Finding(what, "https://x.test/", is_offered=False, reason="forbidden by robots.txt")


@pytest.mark.parametrize(
    ("findings", "kind"),
    [
        ([found(questions.GOVUK, total=3)], "govuk"),
        ([found(questions.OPENALEX, total=3)], "openalex"),
        ([found(questions.OAI), found(questions.SITEMAP, addresses=4)], "oaipmh"),
        ([found(questions.WORDPRESS), found(questions.WORDPRESS_LIST, total=0)], "wordpress"),
        ([found(questions.WORDPRESS), absent(questions.WORDPRESS_LIST)], "wordpress"),
        ([found(questions.WORDPRESS), found(questions.SITEMAP, sitemaps=2)], "sitemap"),
        ([found(questions.JSONAPI, nodes=["report"]), found(questions.SITEMAP, addresses=4)], "drupal"),
        ([found(questions.JSONAPI, nodes=[]), found(questions.SITEMAP, addresses=4)], "sitemap"),
        ([found(questions.SITEMAP, addresses=0), found(questions.FRONT_PAGE)], "listing"),
        ([absent(questions.SITEMAP), found(questions.FRONT_PAGE)], "listing"),
        ([found(questions.ROBOTS), absent(questions.FRONT_PAGE)], None),
        ([], None),
        ([found(questions.ROBOTS), refused(questions.FRONT_PAGE), refused(questions.SITEMAP)], None),
    ],
)
def test_the_kind_that_proves_most_is_proposed(findings, kind):
    proposed, why = propose(findings)

    assert proposed == kind
    assert why.endswith(".")


def test_where_nothing_is_offered_a_list_is_hinted_at():
    assert "`listing`" in propose([found(questions.ROBOTS), absent(questions.FRONT_PAGE)])[1]
