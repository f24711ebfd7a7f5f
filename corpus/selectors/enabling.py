"""Whether a source may be crawled: it must have been probed, and a person must have confirmed its terms."""

from collections.abc import Collection

from corpus.models import Capability, Source, TermsConfirmation

COULD_NOT = "could_not"
"""Where a capability holds why a source could not be asked what it offers."""


def newest_capability(source: Source) -> Capability | None:
    """Return what the newest probe of a source found; those that could not ask found nothing."""
    found = Capability.objects.filter(source=source).exclude(said__has_key=COULD_NOT)
    return found.order_by("-found_at", "-pk").first()


def unanswered_probe(source: Source) -> Capability | None:
    """Return a source's newest probe if it could not ask."""
    newest = Capability.objects.filter(source=source).order_by("-found_at", "-pk").first()
    return newest if newest is not None and COULD_NOT in newest.said else None


def hindrances_of(source: Source, *, hosts: Collection[str]) -> list[str]:
    """Return why a source is not crawled yet, in sentences that say what to do; none when it may be.

    Parameters
    ----------
    source
        The source.
    hosts
        Those that it is declared with now. A probe and a confirmation hold for the hosts that the source had when they
        were made, and for no other.
    """
    wanted = set(hosts)
    return [why for why in (_unprobed(source, wanted), _unconfirmed(source, wanted)) if why is not None]


def _unprobed(source: Source, hosts: set[str]) -> str | None:
    capability = newest_capability(source)
    remedy = f"run `greysift sources probe {source.slug}`"
    if capability is None and (tried := unanswered_probe(source)) is not None:
        why = " ".join(tried.said[COULD_NOT]).rstrip(".")
        return f"{source.slug} was to be asked on {tried.found_at:%Y-%m-%d} what it offers, and could not be ({why}): {remedy}"
    if capability is None:
        return f"nobody has asked {source.slug} yet what it offers: {remedy}"
    if new := hosts - set(capability.said.get("hosts", [])):
        return f"{source.slug} has hosts that were not probed ({_named(new)}): {remedy}"
    return None


def _unconfirmed(source: Source, hosts: set[str]) -> str | None:
    newest = TermsConfirmation.objects.filter(source=source).order_by("-pk").first()
    remedy = "read the site's terms, then log in to the web app as the review's owner and confirm them on the page “Sources”"
    if newest is None:
        return f"nobody has confirmed that {source.slug} may be crawled: {remedy}"
    if new := hosts - set(newest.hosts):
        return (
            f"nobody has confirmed that these hosts of {source.slug} may be crawled: {_named(new)}; {remedy}"
        )
    return None


def _named(hosts: set[str]) -> str:
    return ", ".join(sorted(hosts))
