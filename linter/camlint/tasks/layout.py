"""One layout for all policies: what stands first, what is a list and in which order, how far in."""

import json
import re
from collections.abc import Callable

from camlint.hosts.recognition import Recognised, recognise
from camlint.syntax.document import Document
from camlint.syntax.json import parse
from camlint.syntax.layout import WIDTH
from camlint.syntax.tree import Node

TOP = ("version", "principal", "statement")
STATEMENT = ("sid", "effect", "principal", "action", "resource", "condition")
"""The elements of a policy and of a statement in their order; any other key stands behind them."""

STEP = "  "
"""One step of indentation."""

OURS = (Recognised.POLICY, Recognised.STATEMENT)

_SLASH = re.compile(r"\\(.)", re.DOTALL)

Tokens = str | list["Tokens"] | dict[str, "Tokens"]
"""A value as its author spelt it: a str is the text of a string, number, true, false or null, and
the keys of a dict are the texts of keys, quotes included."""


class UnfitError(Exception):
    """A text can't be laid out; its own text says why, to be read behind the name of a file."""


def is_whole_policy(document: Document) -> bool:
    """Whether a document is one policy, or a list of nothing but policies."""
    value = document.value
    items = value if isinstance(value, list) else [value]
    return bool(items) and all(isinstance(item, dict) and recognise(item) in OURS for item in items)


def lay_out(document: Document) -> str:
    """The text of a whole policy, laid out.

    Elements stand in a fixed order. The statements, actions, resources and names of principals are
    lists, as Terraform's provider wants them, and those lists and the values of a condition are
    sorted and free of repetitions where nothing in them is malformed. The order of statements, of
    unknown keys and of conditions, and the spelling of every value, stay as they are; but for the
    backslash that CAM's API writes before a slash. Line ends are those of the text.

    Raises UnfitError for a text too long to be laid out. The document must have no slips and no
    repeated keys.
    """
    text = document.text
    root = parse(text).root
    if root is None:
        raise UnfitError("it is too long to be laid out")
    written = _read(root, text)
    arranged: Tokens
    if isinstance(written, list):
        arranged = [_arrange_policy(one) for one in written]
    else:
        arranged = _arrange_policy(written)
    end = "\r\n" if "\r\n" in text else "\n"
    return end.join(_render(arranged)) + end


def _read(root: Node, text: str) -> Tokens:
    """The value at a node in its author's spelling."""
    nodes = [root]
    for node in nodes:
        nodes.extend(node.items)
        nodes.extend(value for _, value in node.members)
    made: dict[int, Tokens] = {}
    for node in reversed(nodes):
        if text[node.start] == "{":
            made[id(node)] = {_spell(text, key): made[id(item)] for key, item in node.members}
        elif text[node.start] == "[":
            made[id(node)] = [made[id(item)] for item in node.items]
        else:
            made[id(node)] = _spell(text, node)
    return made[id(root)]


def _spell(text: str, node: Node) -> str:
    r"""The text of a string or another single value, with ``/`` for each ``\/``."""
    token = text[node.start : node.end]
    if "\\/" not in token:
        return token
    return _SLASH.sub(lambda escape: "/" if escape[1] == "/" else escape[0], token)


def _arrange_policy(policy: Tokens) -> Tokens:
    if not isinstance(policy, dict):
        return policy
    names = {_name(key) for key in policy}
    if "statement" not in names:
        return _arrange_statement(policy)
    changes = {"statement": _arrange_statements, "principal": _arrange_principal}
    return _in_order(policy, TOP, changes)


def _arrange_statements(statements: Tokens) -> Tokens:
    if isinstance(statements, dict):
        return [_arrange_statement(statements)]
    if isinstance(statements, list):
        return [_arrange_statement(one) for one in statements]
    return statements


def _arrange_statement(statement: Tokens) -> Tokens:
    if not isinstance(statement, dict):
        return statement
    changes = {
        "principal": _arrange_principal,
        "action": _arrange_texts,
        "resource": _arrange_texts,
        "condition": _arrange_condition,
    }
    return _in_order(statement, STATEMENT, changes)


def _in_order(
    members: dict[str, Tokens],
    order: tuple[str, ...],
    changes: dict[str, Callable[[Tokens], Tokens]],
) -> Tokens:
    """The members by the order of their names, each changed by what there is for its name."""
    ranks = {key: _rank(_name(key), order) for key in members}
    arranged: dict[str, Tokens] = {}
    for key in sorted(members, key=ranks.__getitem__):
        change = changes.get(_name(key))
        arranged[key] = change(members[key]) if change else members[key]
    return arranged


def _arrange_principal(principal: Tokens) -> Tokens:
    if not isinstance(principal, dict):
        return principal
    return {family: _arrange_texts(names) for family, names in principal.items()}


def _arrange_texts(written: Tokens) -> Tokens:
    """One text as a list, or a list of texts sorted; whatever is malformed as it stands."""
    if isinstance(written, str):
        return [written] if _is_text(written) and _text(written).strip() else written
    if not isinstance(written, list):
        return written
    texts: dict[str, str] = {}
    for item in written:
        if not isinstance(item, str) or not _is_text(item):
            return written
        texts.setdefault(_text(item), item)
    return [texts[text] for text in sorted(texts, key=lambda one: (one.removeprefix("name/"), one))]


def _arrange_condition(condition: Tokens) -> Tokens:
    if not isinstance(condition, dict):
        return condition
    return {
        operator: {key: _arrange_values(values) for key, values in block.items()}
        if isinstance(block, dict)
        else block
        for operator, block in condition.items()
    }


def _arrange_values(written: Tokens) -> Tokens:
    """The values of a condition key, sorted; one without brackets stays so, as most are written."""
    if not isinstance(written, list):
        return written
    texts: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for item in written:
        if not isinstance(item, str) or item in ("true", "false", "null"):
            return written
        if _is_text(item):
            texts.setdefault(_text(item), item)
        else:
            numbers[item] = item
    return [
        *sorted(numbers, key=lambda number: (float(number), number)),
        *(texts[text] for text in sorted(texts)),
    ]


def _is_text(token: str) -> bool:
    return token.startswith('"')


def _text(token: str) -> str:
    """The characters that the text of a string stands for."""
    return str(json.loads(token))


def _name(key: str) -> str:
    """The name of the element that a key is for, whatever its case."""
    return _text(key).lower()


def _rank(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)


def _render(value: Tokens) -> list[str]:
    """The lines of a value: an item or member each, a short list of single values on one."""
    lines: list[str] = []
    waiting: list[tuple[str, str, Tokens, str]] = [("", "", value, "")]
    while waiting:
        indent, key, value, comma = waiting.pop()
        line = _on_one_line(value, WIDTH - len(indent) - len(key) - len(comma))
        if line:
            lines.append(f"{indent}{key}{line}{comma}")
            continue
        inner = indent + STEP
        rows: list[tuple[str, str, Tokens, str]]
        if isinstance(value, dict):
            rows = [(inner, f"{name}: ", item, ",") for name, item in value.items()]
        else:
            rows = [(inner, "", item, ",") for item in value]
        rows[-1] = (*rows[-1][:3], "")
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        lines.append(f"{indent}{key}{opening}")
        waiting.append((indent, "", closing, comma))
        waiting.extend(reversed(rows))
    return lines


def _on_one_line(value: Tokens, width: int) -> str:
    """The value if it belongs on one line, else ``""``; a list of one value always does."""
    if isinstance(value, str):
        return value
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, dict):
        return ""
    items = [item for item in value if isinstance(item, str)]
    if len(items) < len(value):
        return ""
    line = f"[{', '.join(items)}]"
    return line if len(items) == 1 or len(line) <= width else ""
