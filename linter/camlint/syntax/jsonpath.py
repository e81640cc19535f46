"""JSONPaths that take a parser, by jsonpath-ng: ``..``, filters, slices, several names at once.

The only importer of jsonpath_ng, and imported only when a path needs it. Of its language, what
selects values of the document is let through; what computes others is refused, and so is what could
take more than a time in proportion to the document.
"""

import warnings
from collections.abc import Callable

from jsonpath_ng import (
    Child,
    DatumInContext,
    Descendants,
    Fields,
    Index,
    JSONPath,
    Root,
    Slice,
    This,
)
from jsonpath_ng.exceptions import JSONPathError
from jsonpath_ng.ext.filter import And, Expression, Filter, Or
from jsonpath_ng.ext.parser import parse
from jsonpath_ng.jsonpath import Wildcard

from camlint.place import Pointer
from camlint.syntax.path import Found, PathError

SELECTORS = frozenset({Root, This, Fields, Wildcard, Index, Slice})
"""What a path may be put together of, beside filters; not their subclasses, which sort."""

EXAMPLE = "$.statement[?(@.effect == 'allow')].action[*]"


def compile_jsonpath(text: str) -> Callable[[object], Found]:
    """What finds the values that a path selects, with their pointers. Raises PathError."""
    if not text.startswith("$"):
        raise PathError(f"it must begin with $, as {EXAMPLE} does")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", DeprecationWarning)
            path = parse(text)
    except DeprecationWarning as error:
        raise PathError(_first_sentence(str(error))) from error
    except JSONPathError as error:
        raise PathError(_explain(str(error), text)) from error
    except Exception as error:
        raise PathError(f"jsonpath-ng can't read it: {error}") from error
    _check(path)

    def find(value: object) -> Found:
        found: dict[Pointer, object] = {}
        for datum in path.find(value):
            found.setdefault(_point_to(datum), datum.value)
        return list(found.items())

    return find


def _point_to(datum: DatumInContext) -> Pointer:
    """The keys and indices from the root of the document to a match.

    Its ``full_path`` says the same, in an object whose text isn't the same in every version.
    """
    steps: list[str | int] = []
    while datum.context is not None:
        step = datum.path
        if isinstance(step, Fields):
            steps.append(step.fields[0])
        elif isinstance(step, Index):
            at = step.indices[0]
            steps.append(at if at >= 0 else at + len(datum.context.value))
        datum = datum.context
    return tuple(reversed(steps))


def _check(path: JSONPath) -> None:
    """Raise PathError for a path that does more than select, or that may take too long."""
    descents = 0
    waiting: list[tuple[object, bool]] = [(path, False)]
    while waiting:
        node, filtering = waiting.pop()
        if isinstance(node, (Child, Descendants)):
            waiting += [(node.left, filtering), (node.right, filtering)]
            descents += isinstance(node, Descendants)
        elif isinstance(node, Filter):
            waiting += [(one, True) for one in node.expressions]
        elif isinstance(node, (And, Or)):
            waiting += [(one, True) for one in node.operands]
        elif isinstance(node, Expression):
            waiting.append((node.target, True))
            if node.op == "=~":
                raise PathError(
                    "=~ in a filter isn't supported; `matches` in `then` has regular expressions"
                )
            if isinstance(node.value, JSONPath):
                waiting.append((node.value, True))
        elif isinstance(node, Root) and filtering:
            raise PathError("a filter can't look at the whole document: start from @ in it")
        elif type(node) not in SELECTORS:
            raise PathError(
                f"{type(node).__name__.strip('_').lower()} isn't supported; names, indices, *, .., "
                "slices and filters are"
            )
    if descents > 1:
        raise PathError("it has .. more than once, which may take very long; name the way instead")


def _first_sentence(text: str) -> str:
    """What jsonpath-ng says of a construct on its way out, on one line."""
    sentences = [one.strip(" .") for one in text.split(". ")]
    kept = [one for one in sentences if "2.0.0" not in one]
    return "; ".join(one[:1].lower() + one[1:] for one in kept)


def _explain(error: str, text: str) -> str:
    """Where the parser stopped, in words of ours."""
    if "near token" in error:
        place, _, token = error.partition(" near token ")
        column = place.rpartition(":")[2]
        if column.isdigit():
            return f'it makes no sense from "{text[int(column) :][:20]}" on (character {int(column) + 1})'
        return f"it makes no sense near {token}"
    if "near the end" in error:
        return "something is missing at its end"
    return error[:1].lower() + error[1:]
