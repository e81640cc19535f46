"""Diagnostics made by hand: a text, what it says that is wrong, and what else is to be shown."""

from collections.abc import Callable

import pytest

from camlint.finding import Confidence, Severity, Witness
from camlint.findings import Diagnostic, Region, RelatedRegion
from camlint.kinds import Kind
from camlint.place import Pointer
from camlint.source import Lines, Source, Span

Diagnose = Callable[..., Diagnostic]


def region(text: str, start: int, end: int) -> Region:
    lines = Lines(text)
    return Region(Span(start, end), lines.position(start), lines.position(end))


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
        primary = region(text, *at) if at else region_of(text, part)
        return Diagnostic(
            code=code,
            name=name,
            severity=severity,
            confidence=confidence,
            message=message,
            label=label,
            help=help,
            note=note,
            reference=reference,
            source=Source(path, text, damage),
            region=primary,
            related=tuple(
                RelatedRegion(region_of(text, other), words, ("statement", 0, "resource", 0))
                for other, words in related
            ),
            steps=steps,
            policy=policy,
            kind=kind,
            value={"statement": [statement]},
            offending=text[primary.span.start : primary.span.end],
            witness=witness,
        )

    return make
