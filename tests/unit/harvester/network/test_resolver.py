"""Which connections are really attempted: Twisted's own endpoint, over a reactor that only notes them."""

import pytest
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IReactorPluggableNameResolver
from twisted.internet.protocol import Factory
from twisted.internet.testing import MemoryReactorClock
from zope.interface import implementer

from harvester.network.addresses import Reach
from harvester.network.resolver import GuardedResolver
from tests.fakes.name_server import FakeNames


@implementer(IReactorPluggableNameResolver)
class NotingReactor(MemoryReactorClock):
    """Connects nowhere; notes where it was to connect."""

    def __init__(self, answers, *, reach=Reach.PUBLIC):
        super().__init__()
        self.nameResolver = self.names = FakeNames(answers)
        self.guard = GuardedResolver(self, reach=reach)
        self.guard.install_on_reactor()

    def installNameResolver(self, resolver):  # noqa: N802 - the interface's name
        self.nameResolver = resolver

    def connect(self, host, port=443):
        """Return the failure of connecting, if it failed at once."""
        failures = []
        HostnameEndpoint(self, host, port).connect(Factory()).addErrback(failures.append)
        self.advance(1)  # the endpoint tries one address after the other
        return failures[0] if failures else None

    @property
    def connections(self):
        return [(host, port) for host, port, *_ in self.tcpClients]


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["151.101.0.144", "10.0.0.1"],
        ["151.101.0.144", "::1"],
        ["2a04:4e42::144", "169.254.169.254"],
        ["::ffff:151.101.0.144"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["fe80::1"],
        ["224.0.1.1"],
    ],
)
def test_one_answer_out_of_reach_and_nothing_is_connected_to(answers):
    reactor = NotingReactor({"rebind.test": [answers]})

    failure = reactor.connect("rebind.test")

    assert failure.check(DNSLookupError)
    assert reactor.connections == []
    assert reactor.guard.refused("rebind.test") in answers
    assert reactor.guard.refused("REBIND.test") == reactor.guard.refused("rebind.test")


def test_a_connection_is_made_to_the_addresses_that_were_checked_and_no_one_asks_again():
    reactor = NotingReactor({"press.test": [["151.101.0.144", "2a04:4e42::144"], ["127.0.0.1"]]})

    reactor.connect("press.test")

    assert reactor.connections == [("151.101.0.144", 443), ("2a04:4e42::144", 443)]
    assert reactor.names.asked == ["press.test"]


def test_a_name_that_changes_is_refused_when_it_is_next_connected_to():
    reactor = NotingReactor({"press.test": [["151.101.0.144"], ["127.0.0.1"], ["151.101.0.144"]]})

    reactor.connect("press.test")
    assert reactor.connect("press.test").check(DNSLookupError)

    assert reactor.connections == [("151.101.0.144", 443)]
    reactor.connect("press.test")
    assert reactor.guard.refused("press.test") is None


def test_a_loopback_source_reaches_loopback_alone():
    names = {"localhost": [["127.0.0.1", "::1"]], "printer.test": [["127.0.0.1", "192.168.0.9"]]}
    reactor = NotingReactor(names, reach=Reach.LOOPBACK)

    reactor.connect("localhost", 8000)
    assert reactor.connect("printer.test").check(DNSLookupError)

    assert reactor.connections == [("127.0.0.1", 8000), ("::1", 8000)]


def test_the_installations_proxy_is_let_pass_on_its_own_port_only(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.test:3128")
    reactor = NotingReactor({"proxy.test": [["10.0.0.8"]]})

    reactor.connect("proxy.test", 3128)
    assert reactor.connect("proxy.test", 443).check(DNSLookupError)

    assert reactor.connections == [("10.0.0.8", 3128)]


def test_a_loopback_source_has_no_proxy(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://proxy.test:3128")
    reactor = NotingReactor({"proxy.test": [["10.0.0.8"]]}, reach=Reach.LOOPBACK)

    assert reactor.connect("proxy.test", 3128).check(DNSLookupError)
    assert reactor.connections == []
