"""The policies that expectations name, found in their files."""

import os
from collections.abc import Callable

from camlint.globs import show_path
from camlint.hosts.address import list_words, split_address
from camlint.hosts.search import HostedPolicy, find_policies
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.source import Source
from camlint.syntax.document import read_document
from camlint.tasks.decision import PlacedPolicy, Role


class NoPolicyError(Exception):
    """There is no one policy where one was named; the message says why, and the way out."""


class PolicyFiles:
    """Opens policies, each once. ``read`` gives the text of a path and raises OSError."""

    __slots__ = ("_found", "_policies", "_read")

    def __init__(self, read: Callable[[str], Source]) -> None:
        self._read = read
        self._found: dict[str, list[HostedPolicy]] = {}
        self._policies: dict[tuple[str, str], Policy] = {}

    def open(self, word: str, folder: str, role: Role = Role.POLICY) -> PlacedPolicy:
        """The policy that a word names: a path, relative to a folder, perhaps with an address.

        Raises NoPolicyError.
        """
        path, address = split_address(word, folder)
        shown = show_path(os.path.join(folder, path), os.getcwd())
        hosts = self._hosts(shown)
        if address is None and len(hosts) == 1:
            return self._place(shown, hosts[0], role)
        chosen = [one for one in hosts if one.address == address]
        if len(chosen) == 1:
            return self._place(shown, chosen[0], role)
        listed = list_words(path, hosts)
        if address is None:
            raise NoPolicyError(f"{shown} holds {len(hosts)} policies; name one: {listed}")
        raise NoPolicyError(f'{shown} holds no policy at "{address}"; there is {listed}')

    def _hosts(self, shown: str) -> list[HostedPolicy]:
        found = self._found.get(shown)
        if found is not None:
            return found
        if os.path.isdir(shown):
            raise NoPolicyError(f"{shown} is a folder; name a file in it")
        if os.path.lexists(shown) and not os.path.isfile(shown):
            # Whoever wrote the file can't make the run wait for a pipe or a terminal.
            raise NoPolicyError(f"{shown} is no regular file")
        try:
            source = self._read(shown)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise NoPolicyError(f"{shown} can't be read: {reason}") from error
        found = find_policies(read_document(source))
        if not found:
            raise NoPolicyError(f"{shown} holds no CAM policy")
        self._found[shown] = found
        return found

    def _place(self, shown: str, host: HostedPolicy, role: Role) -> PlacedPolicy:
        policy = self._policies.get((shown, host.address))
        if policy is None:
            if host.value is None or host.document.recovered is not None:
                raise NoPolicyError(
                    f"{shown} is not JSON, and CAM would refuse it; `camlint check` shows what to mend"
                )
            policy = read_policy(host.value, host.kind, kind_known=host.kind_known, bare=host.bare)
            self._policies[shown, host.address] = policy
        return PlacedPolicy(shown, policy, host, role)
