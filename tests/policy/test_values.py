"""The values of conditions: dates, networks and tags as people write them."""

import pytest

from camlint.policy.values import parse_date, parse_network, parse_number, parse_tag


@pytest.mark.parametrize(
    ("written", "text", "documented", "zoned"),
    [
        ("2016-06-01T00:01:00Z", "2016-06-01T00:01:00Z", True, True),
        ("2022-05-31 00:00:00", "2022-05-31T00:00:00Z", False, False),
        ("2016-06-01T 00:01:00Z", "2016-06-01T00:01:00Z", False, True),
        ("2026-01-01T08:00:00+08:00", "2026-01-01T00:00:00Z", False, True),
        ("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00Z", False, True),
        ("2026-01-01", "2026-01-01T00:00:00Z", False, False),
        ("0001-01-01T00:00:00+08:00", "", False, True),
        ("9999-12-31T23:59:59-01:00", "", False, True),
    ],
)
def test_dates(written: str, text: str, documented: bool, zoned: bool) -> None:
    instant = parse_date(written)
    assert instant is not None
    assert (instant.text, instant.documented, instant.zoned) == (text, documented, zoned)


@pytest.mark.parametrize("written", ["", "x", "2030-02-30T00:00:00Z", "31.01.2030", "1893456000"])
def test_what_is_no_date(written: str) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize(
    "written",
    [
        *("10.0.0.1", "10.0.0.5/24", "172.31.255.0/24", "192.168.0.0/16", "100.64.3.4"),
        *("127.0.0.1", "169.254.0.9", "fc00::/7", "fe80::1", "::1"),
    ],
)
def test_private_networks(written: str) -> None:
    network = parse_network(written)
    assert network is not None
    assert network.private


@pytest.mark.parametrize(
    "written",
    ["203.0.113.0/24", "198.51.100.7", "172.32.0.1", "192.168.0.0/15", "10.0.0.0/7", "2001:db8::1"],
)
def test_public_networks(written: str) -> None:
    network = parse_network(written)
    assert network is not None
    assert not network.private


def test_host_bits() -> None:
    network = parse_network("203.0.113.7/24")
    assert network is not None
    assert (network.host_bits, network.text, network.everything) == (True, "203.0.113.0/24", False)
    whole = parse_network("0.0.0.0/0")
    assert whole is not None
    assert (whole.host_bits, whole.everything) == (False, True)


def test_numbers_and_tags() -> None:
    assert parse_number("1.2") == parse_number(1.2)
    assert parse_number("10MB") is None
    assert parse_number(True) is None
    assert parse_tag("env&a&b") == ("env", "a&b")
    assert parse_tag("env") is None
