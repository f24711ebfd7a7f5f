"""Which network addresses a crawl may reach, in whatever way they are written."""

import ipaddress
import socket
from enum import StrEnum

_UNICAST_6 = ipaddress.IPv6Network("2000::/3")
_NOT_MEANT_6 = (
    ipaddress.IPv6Network("2001::/23"),  # protocol assignments; Teredo, which wraps IPv4, among them
    ipaddress.IPv6Network("2002::/16"),  # 6to4 wraps IPv4
    ipaddress.IPv6Network("3fff::/20"),  # documentation
)
_NOT_MEANT_4 = (
    ipaddress.IPv4Network("192.0.0.0/24"),  # protocol assignments
    ipaddress.IPv4Network("192.88.99.0/24"),  # relays of 6to4
)


class Reach(StrEnum):
    """What a source's names may lead to."""

    PUBLIC = "public"
    LOOPBACK = "loopback"


def may_reach(address: str, *, reach: Reach) -> bool:
    """Return whether a connection to this very address is within reach."""
    return is_public(address) if reach is Reach.PUBLIC else is_loopback(address)


def is_public(address: str) -> bool:
    """Return whether an address is one machine's own on the internet.

    Private, shared, loopback, link-local, multicast, reserved and documentation addresses are none; nor are IPv6
    addresses that wrap an IPv4 one (mapped, compatible, NAT64, 6to4, Teredo, ISATAP), whatever they wrap.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not parsed.is_global or parsed.is_multicast or parsed.is_reserved:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in _NOT_MEANT_4)
    is_isatap = parsed.packed[8:12] in {b"\0\0\x5e\xfe", b"\x02\0\x5e\xfe"}
    is_meant = parsed in _UNICAST_6 and not any(parsed in network for network in _NOT_MEANT_6)
    return is_meant and not is_isatap and parsed.scope_id is None


def is_loopback(address: str) -> bool:
    """Return whether an address is this very machine, written plainly."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def literal_of(host: str) -> str | None:
    """Return the address that a host's name is, be it spelt decimal, octal, hexadecimal or short; ``None`` for names."""
    bare = host.removeprefix("[").removesuffix("]").rstrip(".")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except (OSError, ValueError):
        return None
