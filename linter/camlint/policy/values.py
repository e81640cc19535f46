"""The values of conditions parsed by the type of their operator: numbers, dates, networks, tags."""

import re
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from fractions import Fraction

# Compiled on first use: few policies have conditions on numbers or dates.
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_DATE = (
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:(?P<gap>T|t|[ ]+|T[ ]+)(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)"
    r"[ ]?(?P<zone>Z|z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_PRIVATE = {
    4: (
        *((0x0A000000, 8), (0xAC100000, 12), (0xC0A80000, 16)),
        *((0x64400000, 10), (0x7F000000, 8), (0xA9FE0000, 16)),
    ),
    6: ((0xFC << 120, 7), (0xFE80 << 112, 10), (1, 128)),
}
"""First addresses and lengths of prefixes of private use, shared space, loopback and link-local.

Sources: RFC 1918, 6598, 1122, 3927, 4193 and 4291.
"""
MOST_DIGITS = 400
"""Characters of a number that are looked at; none that means anything is longer."""


class Instant:
    """A point in time: ``seconds`` since 1970, UTC, exact to the microsecond.

    ``documented`` says that it is written as CAM documents it, ``2016-06-01T00:01:00Z``, and
    ``zoned`` that its time zone is written, which is UTC otherwise.
    """

    __slots__ = ("documented", "seconds", "zoned")

    def __init__(self, seconds: float, *, documented: bool, zoned: bool) -> None:
        self.seconds = seconds
        self.documented = documented
        self.zoned = zoned

    @property
    def text(self) -> str:
        """The instant as CAM documents it, fractions of a second left out.

        ``""`` for what lies in UTC before the year 1 or after 9999.
        """
        from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - few policies have dates

        try:
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(self.seconds // 1))
        except OverflowError:
            return ""
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")


class Network:
    """The addresses ``low`` to ``high``, as numbers, of IP version 4 or 6.

    ``text`` is the network as it should be written; ``host_bits`` says that it was written with
    bits set behind the prefix, as 10.0.0.5/24 is. ``private`` says that no address of it is ever
    the source of what comes over the internet.
    """

    __slots__ = ("high", "host_bits", "low", "private", "text", "version")

    def __init__(
        self, low: int, high: int, version: int, text: str, *, host_bits: bool, private: bool
    ) -> None:
        self.low = low
        self.high = high
        self.version = version
        self.text = text
        self.host_bits = host_bits
        self.private = private

    @property
    def everything(self) -> bool:
        """Whether it is every address of its version."""
        return self.low == 0 and self.high == (1 << (32 if self.version == 4 else 128)) - 1


def parse_number(value: object) -> "Fraction | None":
    """The number that a value is or spells, exactly; None for anything else, booleans included."""
    from fractions import Fraction  # noqa: PLC0415 - few policies have numbers
    from math import isfinite  # noqa: PLC0415 - as above

    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(str(value)) if isfinite(value) else None
    if isinstance(value, str) and len(value) <= MOST_DIGITS and re.fullmatch(_NUMBER, value):
        return Fraction(value)
    return None


@lru_cache(maxsize=1024)
def parse_date(text: str) -> Instant | None:
    """The instant that a text spells, in the documented form or in one of samples; else None.

    Tencent's samples also have ``2022-05-31 00:00:00`` and ``2016-06-01T 00:01:00Z``; without a
    zone it is read as UTC. A lone date is its first second.
    """
    match = re.fullmatch(_DATE, text)
    if match is None:
        return None
    from datetime import UTC, datetime  # noqa: PLC0415 - few policies have dates

    zone = (match["zone"] or "Z").upper().replace("Z", "+00:00")
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['time'] or '00:00:00'}{zone}")
    except ValueError:
        return None
    plain = bool(match["time"]) and match["gap"] == "T" and match["zone"] == "Z"
    documented = plain and match["time"].count(":") == 2 and "." not in match["time"]
    return Instant(
        (moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds(),
        documented=documented,
        zoned=match["zone"] is not None,
    )


@lru_cache(maxsize=1024)
def parse_network(text: str) -> Network | None:
    """The address or the network in CIDR notation that a text spells; None for anything else."""
    from ipaddress import ip_network  # noqa: PLC0415 - few policies have addresses

    if "/" in text and not text.partition("/")[2].isascii():
        return None
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return None
    mask = text.partition("/")[2]
    if mask and not mask.isdigit():
        return None
    address = text.partition("/")[0]
    host_bits = bool(mask) and str(network.network_address) != str(
        ip_network(address).network_address
    )
    return Network(
        int(network.network_address),
        int(network.broadcast_address),
        network.version,
        str(network) if mask else str(network.network_address),
        host_bits=host_bits,
        private=_is_private(
            network.version, int(network.network_address), int(network.broadcast_address)
        ),
    )


def _is_private(version: int, low: int, high: int) -> bool:
    """Whether addresses lie in one of the ranges that aren't routed on the internet."""
    bits = 32 if version == 4 else 128
    for first, length in _PRIVATE[version]:
        if first <= low and high < first + (1 << (bits - length)):
            return True
    return False


def parse_bool(value: object) -> bool | None:
    """The truth value that a text spells as CAM wants it: ``"true"`` or ``"false"``; else None."""
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else None


def parse_tag(text: str) -> tuple[str, str] | None:
    """The key and the value of a tag, ``env&production``; None without an ``&``."""
    key, ampersand, value = text.partition("&")
    return (key, value) if ampersand else None
