"""Name resolution that never leads a public source's name to a private address."""

import ipaddress
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError


class PublicAddressResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing loopback, private, link-local and reserved addresses.

    The check is made on the very address that is connected to, so that a name cannot pass it and then change. The
    installation's own proxy may lie on a private address; it resolves the sources' names for itself.
    """

    def getHostByName(self, name: str, timeout: object = ()) -> "Deferred[str]":  # noqa: N802 - the interface's name; the timeout is the crawl's own
        """Resolve, or fail as if the name did not exist."""
        address = super().getHostByName(name)
        return address if name in _proxies() else address.addCallback(only_public, name)


def only_public(address: str, name: str) -> str:
    """Return ``address`` if anyone on the internet could reach it.

    Raises
    ------
    DNSLookupError
        When it is not a public address.
    """
    if not ipaddress.ip_address(address).is_global:
        raise DNSLookupError(f"{name} leads to {address}, which is not a public address")
    return address


def _proxies() -> set[str]:
    return {urlsplit(proxy).hostname or "" for proxy in getproxies().values()}
