"""A text as the fixes see it: what is wrong with it, and the policies that stand in it."""

from camlint.engine import Engine, FileResult
from camlint.finding import Severity
from camlint.findings import Diagnostic
from camlint.hosts.search import HostedPolicy, find_policies
from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.source import Source
from camlint.syntax.document import Document, read_document


class Reading:
    """One text, linted and read; ``hosted`` are its policies by their address in the file."""

    __slots__ = ("hosted", "result", "source")

    def __init__(self, source: Source, engine: Engine, kind: Kind | None) -> None:
        self.source = source
        self.result: FileResult = engine.lint(source)
        self.hosted = read_hosted(source, kind)

    def policy(self, address: str) -> Policy | None:
        """The policy at an address, None where there is none that can be read."""
        host = self.hosted.get(address)
        if host is None or host.value is None:
            return None
        return read_policy(host.value, host.kind, kind_known=host.kind_known, bare=host.bare)

    def broken(self, address: str) -> bool:
        """Whether the policy at an address stands in a text that isn't JSON."""
        host = self.hosted.get(address)
        return host is not None and is_broken(host.document)

    def problems(self) -> dict[str, list[Diagnostic]]:
        """The errors and warnings by the code of their rule."""
        found: dict[str, list[Diagnostic]] = {}
        for one in self.result.diagnostics:
            if one.severity is not Severity.NOTE:
                found.setdefault(one.code, []).append(one)
        return found


def read_hosted(source: Source, kind: Kind | None = None) -> dict[str, HostedPolicy]:
    """The policies of a text by their address in the file."""
    return {host.address: host for host in find_policies(read_document(source), kind)}


def is_broken(document: Document) -> bool:
    """Whether a text, or one that it stands in, isn't JSON."""
    here: Document | None = document
    while here is not None:
        if here.slips or here.refusal:
            return True
        here = here.outer
    return False
