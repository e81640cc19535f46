"""Diagnostics made by hand: a text, what it says that is wrong, and what else is to be shown."""

from collections.abc import Callable

import pytest

from camlint.finding import Confidence, Finding, Severity, Witness
from camlint.findings import Diagnostic, Region, RelatedRegion
from camlint.hosts.search import HostedPolicy
from camlint.kinds import Kind
from camlint.place import Place, Pointer
from camlint.registry import Entry
from camlint.source import Lines, Source, Span
from camlint.syntax.document import Document

Diagnose = Callable[..., Diagnostic]


def region(text: str, start: int, end: int) -> Region:
    lines = Lines(text)
    return Region(Span(start, end), lines)


def region_of(text: str, part: str) -> Region:
    start = text.index(part)
    assert text.find(part, start + 1) < 0, f"{part!r} stands in the text more than once"
    return region(text, start, start + len(part))


@pytest.fixture
def diagnose() -> Diagnose:
    """A diagnostic about the one place where ``part`` (or the span ``at``) stands in ``text``."""

    def make(
        text: str,
        part: str = "",
        *,
        at: tuple[int, int] | None = None,
        related: tuple[tuple[str, str], ...] = (),
        code: str = "CAM505",
        name: str = "void-grant",
        severity: Severity = Severity.ERROR,
        confidence: Confidence = Confidence.HIGH,
        message: str = "the message",
        label: str = "",
        help: str = "",
        note: str = "",
        reference: str = "https://cloud.tencent.com/document/product/598/70059",
        path: str = "policies/trtc.json",
        damage: str = "",
        steps: Pointer = ("statement", 0, "action", 0),
        policy: str = "",
        kind: Kind | None = Kind.IDENTITY,
        statement: object = None,
        witness: Witness | None = None,
    ) -> Diagnostic:
        source = Source(path, text, damage)
        value: dict[str, object] = {"statement": [statement]}
        document = Document(source, text, value)
        return Diagnostic(
            Entry(code, name, severity.value, confidence.value, False, (), "", "", (), ""),
            Finding(message, Place(steps), label=label, help=help, note=note, witness=witness),
            severity,
            reference,
            source,
            HostedPolicy(document, (), value, policy, kind, kind_known=True, bare=False)
            if kind
            else None,
            region(text, *at) if at else region_of(text, part),
            tuple(
                RelatedRegion(region_of(text, other), words, ("statement", 0, "resource", 0))
                for other, words in related
            ),
        )

    return make
