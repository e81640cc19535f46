"""The policies of a bundle read from their files."""

from collections.abc import Callable
from typing import NamedTuple

from camlint.access.first_cell import MOST_STATEMENTS
from camlint.bundle_files import BundleError, BundleFile, FoundBundle
from camlint.hosts.address import list_words
from camlint.hosts.search import HostedPolicy
from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.run.bundle import Bundle, Member
from camlint.run.signature import Signature, sign
from camlint.source import Source
from camlint.wording import quote

Hosted = tuple[Source, list[HostedPolicy]]
Open = Callable[[str], Hosted | None]
"""Reads a file with its policies, None where there is none in it."""

ReadPolicy = Callable[[str, HostedPolicy], Policy]
"""Reads a policy of a file."""


class ReadBundle:
    """A bundle with its policies, and the files of which a policy could not be read."""

    __slots__ = ("bundle", "unread")

    def __init__(self, bundle: Bundle, unread: tuple[str, ...]) -> None:
        self.bundle = bundle
        self.unread = unread


def read_bundle(found: FoundBundle, open_: Open, read: ReadPolicy) -> ReadBundle:
    """Read all policies of a bundle that grant a principal something.

    Raises BundleError where a file that it names holds no policy, or not the one that is meant.
    """
    members: list[Member] = []
    unread: dict[str, None] = {}
    for file in found.files:
        hosted = open_(file.path)
        if hosted is None:
            if file.named:
                raise BundleError(f"{found.where}: {file.path} holds no CAM policy")
            continue
        for home, host in _choose(hosted[1], file, found):
            if host.value is None or host.document.slips:
                unread[file.path] = None
                continue
            policy = read(file.path, host)
            if policy.kind is Kind.IDENTITY:
                members.append(Member(policy, sign(policy, file.path, home, host.address)))
    return ReadBundle(Bundle(found.name, members), tuple(unread))


def _choose(
    hosts: list[HostedPolicy], file: BundleFile, found: FoundBundle
) -> list[tuple[int, HostedPolicy]]:
    numbered = list(enumerate(hosts))
    if file.address is None:
        return numbered
    chosen = [one for one in numbered if one[1].address == file.address]
    if not chosen:
        path = file.word.rpartition("#")[0]
        raise BundleError(
            f"{found.where}: {file.path} holds no policy at {quote(file.address)}; there is "
            f"{list_words(path, hosts)}"
        )
    return chosen


class Gap(NamedTuple):
    """Why a bundle was not looked at as a whole: the policy to say that at, what, and the way out."""

    about: Signature
    what: str
    way_out: str


def find_gap(found: ReadBundle) -> Gap | None:
    """What keeps a bundle from being looked at as a whole, None where nothing does."""
    members = found.bundle.members
    if not members:
        return None
    begun = f"the policies of bundle {quote(found.bundle.name)} were not looked at together, since"
    about = members[0].signature
    if found.unread:
        first, others = found.unread[0], len(found.unread) - 1
        which = f"{first} isn't"
        if others:
            which = f"{first} and {others} more file{'s' * (others > 1)} aren't"
        what = f"{begun} {which} JSON, and a deny in there may take away what the others grant"
        return Gap(about, what, "mend that and run camlint again")
    count = sum(len(one.statements) for one in found.bundle.policies)
    if count > MOST_STATEMENTS:
        what = f"{begun} their {count:,} statements are too many to be compared with one another"
        return Gap(about, what, "name fewer policies, those that one principal really holds")
    return None
