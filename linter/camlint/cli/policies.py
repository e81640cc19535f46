"""The policies in the files that a command names, and what to tell of files that hold none."""

import os
import sys
from collections.abc import Iterator, Sequence

from camlint.cli.absence import explain_absence
from camlint.cli.failure import Failure, say
from camlint.cli.options import STDIN, STDIN_NAME
from camlint.cli.outcome import read_stdin
from camlint.discover import discover
from camlint.globs import show_path
from camlint.hosts.search import HostedPolicy, find_policies
from camlint.patterns import split_action
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.source import Lines, Source, read_source
from camlint.syntax.document import read_document


class FoundPolicy:
    """A policy, the ``path`` of its file as reports call it, and how that file holds it."""

    __slots__ = ("hosted", "path", "policy")

    def __init__(self, path: str, hosted: HostedPolicy, policy: Policy) -> None:
        self.path = path
        self.hosted = hosted
        self.policy = policy

    @property
    def address(self) -> str:
        """The place of the policy in the file, ``""`` where that is the whole of it."""
        return self.hosted.address

    @property
    def title(self) -> str:
        """The file, and the place in it where that isn't the whole of it."""
        return f"{self.path} at {self.address}" if self.address else self.path


class LeftOut:
    """A policy that could not be read, and why; ``address`` is its place in the file."""

    __slots__ = ("address", "path", "reason")

    def __init__(self, path: str, address: str, reason: str) -> None:
        self.path = path
        self.address = address
        self.reason = reason


class Policies:
    """The policies of some files and folders, found as ``camlint check`` finds them.

    ``words`` are paths, ``-`` for standard input. Iterate once: what is wrong with a file is said
    on standard error as it turns up, and is in ``left_out`` and ``exit_code`` afterwards. ``without``
    are the files that were named and hold no policy.
    """

    __slots__ = ("_counts", "_words", "left_out", "without")

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(words)
        self._counts = {"files": 0, "unreadable": 0, "policies": 0}
        self.left_out: list[LeftOut] = []
        self.without: list[str] = []

    def __iter__(self) -> Iterator[FoundPolicy]:
        named = [word for word in self._words if word != STDIN]
        found: list[str] = list(discover(named, note=_note)) if named else []
        asked = {show_path(word, os.getcwd()) for word in named if word}
        for path in found:
            yield from self._look(path, asked=path in asked)
        if STDIN in self._words:
            yield from self._look(STDIN_NAME, asked=True, stdin=True)
        if not self._counts["policies"] and not self.left_out and not self._counts["unreadable"]:
            files = self._counts["files"]
            sys.stderr.write(f"No CAM policy found in {files} file{'s' * (files != 1)}\n")

    @property
    def exit_code(self) -> int:
        """2 where a file could not be read, 1 where a policy could not, else 0."""
        return 2 if self._counts["unreadable"] else int(bool(self.left_out))

    def _look(self, path: str, *, asked: bool, stdin: bool = False) -> Iterator[FoundPolicy]:
        try:
            source = read_stdin(path) if stdin else read_source(path)
        except OSError as error:
            self._counts["unreadable"] += 1
            say(f"{path} can't be read: {error.strerror or error}{_hint(path)}")
            return
        self._counts["files"] += 1
        hosted = find_policies(read_document(source))
        for host in hosted:
            self._counts["policies"] += 1
            if host.value is None:
                self._leave_out(source, host)
                continue
            if host.document.recovered is not None:
                where = f"{path} at {host.address}" if host.address else path
                say(
                    f"{where} is not JSON and is read as if mended; `camlint check` shows what to mend"
                )
            policy = read_policy(host.value, host.kind, kind_known=host.kind_known, bare=host.bare)
            yield FoundPolicy(path, host, policy)
        if asked and not hosted:
            self.without.append(path)
            say(f"{path} holds no policy: {explain_absence(source)}")

    def _leave_out(self, source: Source, host: HostedPolicy) -> None:
        reason = explain_unread(host)
        self.left_out.append(LeftOut(source.path, host.address, reason))
        where = f"{source.path} at {host.address}" if host.address else source.path
        advice = "; `camlint check` shows what to mend" if host.document.slips else ""
        say(f"{where} is left out: {reason}{advice}")


def read_words(words: Sequence[str], command: str) -> Policies:
    """The policies that the words of a command name. Raises Failure when there are no words."""
    if not words:
        raise Failure(
            f"{command} needs a policy: a file, a folder, or - for standard input, "
            f"such as camlint {command} policy.json"
        )
    return Policies(words)


def explain_unread(host: HostedPolicy) -> str:
    """Why a policy could not be turned into values."""
    document = host.document
    if document.refusal or not document.slips:
        return document.refusal or "it is not JSON"
    if document.recovered is not None:
        return "it is not JSON, and nothing in it has the shape of a policy"
    slip = document.slips[0]
    if document.outer is not None:
        return f"it is not JSON ({slip.kind.value})"
    position = Lines(document.text, look_ups=1).position(slip.start)
    return f"it is not JSON (line {position.line}, column {position.column}: {slip.kind.value})"


def _hint(path: str) -> str:
    """The way out for those who took an action for a file."""
    name = split_action(path) if ":" in path else None
    if name is None or name.opaque:
        return ""
    return f"\nof an action or pattern, camlint catalog '{path}' tells what it is"


def _note(text: str, loud: bool) -> None:
    if loud:
        say(text)
