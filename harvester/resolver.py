"""Name resolution that never leads a public source's name to a private address."""

import ipaddress

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError


class PublicAddressResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing loopback, private, link-local and reserved addresses.

    The check is made on the very address that is connected to, so that a name cannot pass it and then change. It holds
    for direct connections; a proxy resolves for itself.
    """

    def getHostByName(self, name: str, timeout: object = ()) -> "Deferred[str]":  # noqa: N802 - the interface's name; the timeout is the crawl's own
        """Resolve, or fail as if the name did not exist."""
        return super().getHostByName(name).addCallback(_only_public, name)


def _only_public(address: str, name: str) -> str:
    if not ipaddress.ip_address(address).is_global:
        raise DNSLookupError(f"{name} leads to {address}, which is not a public address")
    return address
