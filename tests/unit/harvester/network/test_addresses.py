import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.network.addresses import Reach, is_loopback, is_public, literal_of, may_reach

REFUSED = [
    "0.0.0.0",  # noqa: S104 - nothing is bound
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.1.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::7f00:1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "2a00:1450:4009::5efe:7f00:1",
    "3fff::1",
    "fc00::1",
    "fd00::1",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "www.gov.uk",
    "",
]


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_one_machines_own_on_the_internet_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["151.101.0.144", "8.8.8.8", "2a04:4e42::144", "2606:4700::1111"])
def test_public_addresses_are_public_and_out_of_reach_of_this_machines_own_sources(address):
    assert is_public(address)
    assert not may_reach(address, reach=Reach.LOOPBACK)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.2.1", "::1"])
def test_loopback_is_within_reach_of_this_machines_own_sources_alone(address):
    assert is_loopback(address)
    assert may_reach(address, reach=Reach.LOOPBACK)
    assert not may_reach(address, reach=Reach.PUBLIC)


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fe80::1"])
def test_a_loopback_source_reaches_no_other_private_address(address):
    assert not may_reach(address, reach=Reach.LOOPBACK)


@given(st.ip_addresses(v=4, network="127.0.0.0/8"), st.data())
def test_every_spelling_of_an_address_is_known(address, data):
    number = int(address)
    a, b, c, d = address.packed
    spelling = data.draw(
        st.sampled_from(
            [
                str(number),
                hex(number),
                f"0{number:o}",
                f"{a}.{number & 0xFFFFFF}",
                f"{a}.{b}.{number & 0xFFFF}",
                f"0x{a:x}.0{b:o}.{c}.0x{d:x}",
                f"{address}.",
            ]
        )
    )

    assert literal_of(spelling) == str(address)


@pytest.mark.parametrize(
    "name", ["www.gov.uk", "localhost", "1.2.3.4.example", "", "256.256.256.256", "a\0b"]
)
def test_names_are_no_addresses(name):
    assert literal_of(name) is None


@given(st.ip_addresses(v=6, network="::ffff:0:0/96") | st.ip_addresses(v=6, network="2002::/16"))
def test_what_wraps_an_ipv4_address_is_never_public(address):
    assert not is_public(str(address))


@given(st.ip_addresses())
def test_no_address_is_both_public_and_private(address):
    assert not (is_public(str(address)) and ipaddress.ip_address(str(address)).is_private)
