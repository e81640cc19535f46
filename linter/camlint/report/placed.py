"""Lines of policies with the parts that matter underlined, for what isn't a finding of a rule."""

from collections.abc import Iterable, Iterator

from camlint.findings import Region
from camlint.place import Place, Pointer, render_pointer
from camlint.report.excerpt import Excerpt, Mark, mark_region
from camlint.report.terminal import BLUE, BOLD, DIM, Paint, escape
from camlint.source import Lines, Position
from camlint.tasks.decision import PlacedPolicy


def find_position(placed: PlacedPolicy, pointer: Pointer) -> Position:
    """The line and column at which a value of a policy begins."""
    span = placed.host.document.locate(Place(pointer).below(placed.host.pointer))
    return Lines(placed.host.document.source.text).position(span.start)


def show_places(
    placed: PlacedPolicy, places: Iterable[tuple[Place, str]], paint: Paint, colour: str = BOLD
) -> Iterator[str]:
    """Where the places of a policy are, the first of them above all, and the lines they are on.

    Each place is one of the policy, with the words beside its underline.
    """
    document = placed.host.document
    named = list(places)
    spans = document.locate_all([one.below(placed.host.pointer) for one, _ in named])
    source = document.source
    lines = Lines(source.text)
    marks: list[Mark] = []
    for number, (span, (_, label)) in enumerate(zip(spans, named, strict=True)):
        sign, shade = ("-", BLUE) if number else ("^", colour)
        marks.append(mark_region(Region(span, lines), sign, label, shade, lines.line))
    excerpt = Excerpt(marks, lines.line)
    start = lines.position(spans[0].start)
    arrow = " " * (excerpt.margin + 1) + paint(DIM, "-->")
    where = f"{source.path}:{start.line}:{start.column}"
    inside = f"{placed.host.address} " if placed.host.address else ""
    yield f"{arrow} {escape(f'{where} {inside}{render_pointer(named[0][0].pointer)}')}"
    if source.text and not source.damage:
        yield from excerpt.rows(paint)
