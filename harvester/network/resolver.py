"""Name resolution that never leads a source's name to an address beyond its reach."""

from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from harvester.network.addresses import Reach, may_reach

Receiver = Any
"""An ``IResolutionReceiver``: zope's interfaces are no types, their methods lack ``self``."""
REACH = "GREYSIFT_REACH"
"""The setting that says what a crawl's names may lead to."""
_PORTS = {"http": 80, "https": 443}


@implementer(IHostnameResolver)
class GuardedResolver:
    """Stands before the reactor's own resolver; one answer out of reach, and the name leads nowhere.

    What it hands on are addresses, and the connection is made to those: nothing asks again between check and
    connection. Addresses written as host names come this way too. The installation's own proxy is let pass, on its
    own port; it resolves the sources' names for itself (see :meth:`out_of_reach`).
    """

    def __init__(self, reactor: Any, *, reach: Reach) -> None:  # noqa: ANN401 - reactors have no common type
        self._reactor, self._reach = reactor, reach
        self._below: Any = reactor.nameResolver
        self._refused: dict[str, str] = {}
        self._proxies = _proxies() if reach is Reach.PUBLIC else set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:  # noqa: ANN401 - as above
        """Make one for a crawl, as Scrapy asks."""
        return cls(reactor, reach=Reach(crawler.settings[REACH]))

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's resolver."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - the interface's name
        self,
        resolutionReceiver: Receiver,  # noqa: N803 - the interface's names
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve; when any of the answers is out of reach, there are none."""
        receiver = resolutionReceiver
        if not self._is_proxy(hostName, portNumber):
            receiver = _Gate(receiver, name=_plain(hostName), reach=self._reach, refused=self._refused)
        begun: IHostResolution = self._below.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return begun

    def refused(self, host: str) -> str | None:
        """Return the address for which a name was refused when it was last resolved."""
        return self._refused.get(_plain(host))

    async def out_of_reach(self, host: str) -> str | None:
        """Return an address that a name leads to and that is out of reach, before a proxy is asked to go there.

        A name that is unknown here may be known to the proxy: then nothing can be said.
        """
        done: Deferred[None] = Deferred()
        gate = _Gate(_Waiting(done), name=_plain(host), reach=self._reach, refused=self._refused)
        self._below.resolveHostName(gate, host)
        await done
        return self.refused(host)

    def _is_proxy(self, name: str, port: int) -> bool:
        # A tunnel through a proxy is resolved without its port; a source's own host never is.
        return (name, port) in self._proxies or (port == 0 and any(name == host for host, _ in self._proxies))


@implementer(IResolutionReceiver)
class _Gate:
    """Holds answers back until all are in, and hands them on when all are within reach."""

    def __init__(self, receiver: Receiver, *, name: str, reach: Reach, refused: dict[str, str]) -> None:
        self._receiver, self._name, self._reach, self._refused = receiver, name, reach, refused
        self._answers: list[Any] = []

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - the interface's name
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        self._answers.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        beyond = [a.host for a in self._answers if not may_reach(a.host, reach=self._reach)]
        self._refused.pop(self._name, None)
        if beyond:
            self._refused[self._name] = beyond[0]
        else:
            for address in self._answers:
                self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()


@implementer(IResolutionReceiver)
class _Waiting:
    """Wants to know only when it is over."""

    def __init__(self, done: "Deferred[None]") -> None:
        self._done = done

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - the interface's name
        pass

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        pass

    def resolutionComplete(self) -> None:  # noqa: N802
        self._done.callback(None)


def _plain(host: str) -> str:
    """Return a host's name as URLs write it; the reactor asks for names of other alphabets in their own letters."""
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


def _proxies() -> set[tuple[str, int]]:
    found = set()
    for proxy in getproxies().values():
        parts = urlsplit(proxy if "//" in proxy else f"http://{proxy}")
        try:
            port = parts.port or _PORTS.get(parts.scheme, 80)
        except ValueError:
            continue
        found.add((parts.hostname or "", port))
    return found
