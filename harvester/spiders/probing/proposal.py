"""Which kind of source the findings speak for."""

from collections.abc import Sequence

from harvester.spiders.probing import questions
from harvester.spiders.probing.findings import Finding, offered, was_refused

_RULES = (
    (questions.GOVUK, "govuk", "GOV.UK's search answers."),
    (questions.OPENALEX, "openalex", "OpenAlex answers."),
    (questions.OAI, "oaipmh", "It is an OAI-PMH repository: complete, dated, with deletions."),
    (questions.WORDPRESS_LIST, "wordpress", "WordPress's REST API is open and counts what it holds."),
    (questions.JSONAPI, "drupal", "Drupal's JSON:API is open."),
    (questions.SITEMAP, "sitemap", "It has sitemaps."),
    (
        questions.WORDPRESS,
        "wordpress",
        "It is WordPress, though its lists do not say how much they hold: completeness cannot be proved there.",
    ),
)


def propose(findings: Sequence[Finding]) -> tuple[str | None, str]:
    """Return the kind that proves most of what it gets, and why; ``None`` when nobody answered.

    Best first: interfaces that count what they hold, then sitemaps, then lists of publications, which only a person
    can describe.
    """
    if was_refused(findings):
        return None, (
            "The site forbids it: robots.txt or the site itself refuses everything that was asked for, so nobody knows "
            "what it offers. Ask the site's keepers."
        )
    for what, kind, why in _RULES:
        if (finding := offered(findings, what)) is not None and _is_of_use(finding):
            return kind, why
    if any(finding.is_offered for finding in findings if finding.what != questions.ROBOTS):
        return "listing", (
            "It offers no interface and no sitemap: say in the declaration where its list of publications lies and how "
            "to read it."
        )
    return None, (
        "Nothing that was asked for is there. If one of its pages lists what it publishes, declare the kind `listing`: "
        "where that list lies and how to read it."
    )


def _is_of_use(finding: Finding) -> bool:
    """Whether an offer holds anything: an empty sitemap, or a JSON:API without nodes, speaks for nothing."""
    match finding.what:
        case questions.SITEMAP:
            return bool(finding.facts.get("sitemaps") or finding.facts.get("addresses"))
        case questions.JSONAPI:
            return bool(finding.facts.get("nodes"))
        case _:
            return True
