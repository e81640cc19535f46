"""A finding as a SARIF result: its sentence, the token it is about, and an identity that lasts."""

from collections.abc import Iterator
from os import fsencode
from os.path import isabs

from sarif_om import (
    ArtifactChange,
    ArtifactContent,
    ArtifactLocation,
    CodeFlow,
    Fix,
    Location,
    LogicalLocation,
    Message,
    PhysicalLocation,
    Region,
    Replacement,
    ReportingDescriptorReference,
    Result,
    ThreadFlow,
    ThreadFlowLocation,
    ToolComponentReference,
)

from camlint.report.edit_places import locate_edits
from camlint.report.json_path import json_path
from camlint.report.terminal import escape
from camlint.report.witness_words import describe_step, describe_witness, witness_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from camlint import findings
    from camlint.findings import Diagnostic

RuleIndex = tuple[int, int]
"""Whose rule it is, DRIVER or the index of an extension, and its index among the rules of that."""

DRIVER = -1
"""What the built-in rules belong to."""

ROOT = "%SRCROOT%"
"""The name that code scanning gives to the root of the repository."""

IDENTITY = "primaryLocationLineHash"
"""The only fingerprint that code scanning reads.

Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

MOST_LOCATIONS = 1000
"""Locations that code scanning takes of a result; the same source."""

LINKED = 10
"""Related places that a message links to; a viewer lists the others beside it."""

LONGEST = 1000
"""Characters of a sentence of a message, of a label and of a path to a value."""

UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""Bytes that stand for themselves in a path. Source: https://www.rfc-editor.org/rfc/rfc3986"""


def make_result(
    diagnostic: "Diagnostic",
    path: str,
    rule: RuleIndex,
    identity: str,
    path_of: "Callable[[str], str]" = str,
) -> Result:
    """The result for a finding in the file that its repository calls ``path``.

    ``identity`` is its fingerprint; ``path_of`` tells what the repository calls another file.
    """
    component, index = rule
    own = component == DRIVER
    place = _artifact(path)
    related = diagnostic.related[: MOST_LOCATIONS - 1]
    return Result(
        rule_id=diagnostic.code,
        rule_index=index if own else -1,
        rule=None if own else _refer(diagnostic.code, index, component),
        level=diagnostic.severity.value,
        message=Message(text=" ".join(_sentences(diagnostic))),
        locations=[
            _locate(place, diagnostic.region, diagnostic.policy + diagnostic.pointer),
        ],
        related_locations=[
            _locate(
                place if one.elsewhere is None else _artifact(path_of(one.elsewhere.path)),
                one.region,
                (diagnostic.policy if one.policy is None else one.policy) + one.pointer,
                number,
                one.label,
            )
            for number, one in enumerate(related, 1)
        ]
        or None,
        code_flows=_make_code_flows(diagnostic, place, path_of) or None,
        partial_fingerprints={IDENTITY: identity},
        fixes=_make_fixes(diagnostic, place) or None,
        properties=_make_properties(diagnostic),
    )


def _artifact(path: str) -> ArtifactLocation:
    return ArtifactLocation(uri=to_uri(path), uri_base_id=None if isabs(path) else ROOT)


def _refer(code: str, index: int, component: int) -> ReportingDescriptorReference:
    """A rule of an extension, since an index alone would be taken for one of the driver's."""
    return ReportingDescriptorReference(
        id=code, index=index, tool_component=ToolComponentReference(index=component)
    )


def _make_fixes(diagnostic: "Diagnostic", place: ArtifactLocation) -> list[Fix]:
    """Each way to mend the finding that comes down to characters of the file."""
    written = [pair for pair in zip(diagnostic.fixes, diagnostic.edits, strict=False) if pair[1]]
    if not written:
        return []
    return [
        Fix(
            description=Message(text=_sentence("", fix.description)),
            artifact_changes=[
                ArtifactChange(
                    artifact_location=place,
                    replacements=[
                        Replacement(
                            deleted_region=_region(region),
                            inserted_content=ArtifactContent(text=one.text) if one.text else None,
                        )
                        for one, region in zip(
                            edits, locate_edits(diagnostic.source.text, edits), strict=True
                        )
                    ],
                )
            ],
        )
        for fix, edits in written
    ]


def _make_code_flows(
    diagnostic: "Diagnostic", place: ArtifactLocation, path_of: "Callable[[str], str]"
) -> list[CodeFlow]:
    """What somebody does step by step: a viewer shows it as a path through the files."""
    if not diagnostic.flow:
        return []
    first = 1 + len(diagnostic.related[: MOST_LOCATIONS - 1])
    locations = [
        ThreadFlowLocation(
            location=_locate(
                place if step.elsewhere is None else _artifact(path_of(step.elsewhere.path)),
                step.region,
                (diagnostic.policy if step.policy is None else step.policy) + step.pointer,
                number,
                describe_step(step),
            )
        )
        for number, step in enumerate(diagnostic.flow, first)
    ]
    return [CodeFlow(thread_flows=[ThreadFlow(locations=locations)])]


def _make_properties(diagnostic: "Diagnostic") -> dict[str, object] | None:
    """The request that shows the finding, as the JSON report has it; the message has it in words."""
    if diagnostic.witness is None:
        return None
    return {"witness": witness_object(diagnostic.witness)}


def to_uri(path: str) -> str:
    """The URI of a path, percent-encoded; relative unless the path is absolute."""
    encoded = "".join(
        chr(byte) if byte in UNRESERVED else f"%{byte:02X}" for byte in fsencode(path)
    )
    if not isabs(path):
        return encoded
    return f"file:///{encoded.lstrip('/')}"


def _locate(
    place: ArtifactLocation,
    region: "findings.Region",
    pointer: str,
    number: int = -1,
    label: str = "",
) -> Location:
    return Location(
        id=number,
        physical_location=PhysicalLocation(
            artifact_location=place,
            region=_region(region),
        ),
        logical_locations=[LogicalLocation(fully_qualified_name=_clip(json_path(pointer)))],
        message=Message(text=_label(label, region)) if number > 0 else None,
    )


def _region(region: "findings.Region") -> Region:
    return Region(
        start_line=region.start.line,
        start_column=region.start.column,
        end_line=region.end.line,
        end_column=region.end.column,
    )


def _sentences(diagnostic: "Diagnostic") -> Iterator[str]:
    """The message, which stands alone; then the way out, and the way to other places."""
    yield _sentence("", diagnostic.message)
    if diagnostic.help:
        yield _sentence("What to do: ", diagnostic.help)
    if diagnostic.note:
        yield _sentence("Note: ", diagnostic.note)
    if diagnostic.witness and not diagnostic.flow:
        yield _sentence("Note: ", describe_witness(diagnostic.witness))
    links = [
        f"[{_bracketless(_label(one.label, one.region))}]({number})"
        for number, one in enumerate(diagnostic.related[:LINKED], 1)
    ]
    if links:
        yield f"See also {', '.join(links)}."


def _sentence(opening: str, text: str) -> str:
    """The text with its full stop, and without links that a scanned file could have put in."""
    clipped = _clip(text).replace("](", "\\](")
    return opening + clipped + ("" if clipped.endswith((".", "?", "!")) else ".")


def _label(label: str, region: "findings.Region") -> str:
    return _clip(label) or f"line {region.start.line}"


def _bracketless(label: str) -> str:
    """The label as the text of a link, where brackets have to be escaped.

    Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (3.11.6)
    """
    return label.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _clip(text: str) -> str:
    visible = escape(text[: LONGEST + 1])
    return visible if len(visible) <= LONGEST else visible[: LONGEST - 1] + "…"
