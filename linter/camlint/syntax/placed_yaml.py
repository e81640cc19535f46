"""YAML with the lines of its values and the words they were written in; knows PyYAML."""

import yaml

from camlint.syntax.placed import DEEPEST, MOST_VALUES, Placed, Sort, UnreadableError

_TAG = "tag:yaml.org,2002:"
_SORTS = {
    "str": Sort.TEXT,
    "value": Sort.TEXT,
    "int": Sort.NUMBER,
    "float": Sort.NUMBER,
    "bool": Sort.BOOLEAN,
    "timestamp": Sort.DATE,
    "null": Sort.NOTHING,
}
_PLAIN_STAR = "expected alphabetic or numeric character"


def read_yaml(text: str) -> Placed:
    """The value that a text holds; an empty one is an empty table. Raises UnreadableError.

    Nothing is constructed: a tag can't ask for an object, and numbers and dates stay as they were
    written.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return Placed(Sort.TABLE, 1) if node is None else _Reading().place(node, 0)
    except yaml.MarkedYAMLError as error:
        raise _explain(error) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        problem = f"the character U+{ord(text[error.position]):04X} may not stand in it"
        raise UnreadableError(f"it is not YAML: {problem}", line) from error
    except RecursionError as error:
        raise UnreadableError(f"it nests deeper than {DEEPEST} levels") from error


def _explain(error: yaml.MarkedYAMLError) -> UnreadableError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    problem = " ".join(word for word in (error.context, error.problem) if word)
    if "alias" in problem and _PLAIN_STAR in problem:
        problem += '; a text that begins with * must stand in quotes: "*"'
    return UnreadableError(f"it is not YAML: {problem}", line)


class _Reading:
    """One pass over the nodes of a document."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = [MOST_VALUES]

    def place(self, node: yaml.Node, depth: int, line: int = 0) -> Placed:
        """A node as a value; ``line`` is that of its key."""
        line = line or node.start_mark.line + 1
        self._left[0] -= 1
        if depth > DEEPEST or self._left[0] < 0:
            raise UnreadableError(f"it holds too many values, or nests deeper than {DEEPEST}", line)
        name = node.tag.removeprefix(_TAG)
        if isinstance(node, yaml.ScalarNode) and name in _SORTS:
            text = node.value.lower() if node.value.lower() in ("true", "false") else node.value
            return Placed(_SORTS[name], line, text if name == "bool" else node.value)
        if isinstance(node, yaml.SequenceNode) and name == "seq":
            items = tuple(self.place(one, depth + 1) for one in node.value)
            return Placed(Sort.LIST, line, items=items)
        if isinstance(node, yaml.MappingNode) and name == "map":
            return Placed(Sort.TABLE, line, table=self._table(node, depth))
        raise UnreadableError(f"the tag {node.tag} says nothing here; leave it out", line)

    def _table(self, node: yaml.MappingNode, depth: int) -> dict[str, Placed]:
        table: dict[str, Placed] = {}
        for written, value in node.value:
            line = written.start_mark.line + 1
            key = _read_key(written, line)
            if key in table:
                raise UnreadableError(
                    f'the key "{key}" stands here twice, first on line {table[key].line}', line
                )
            table[key] = self.place(value, depth + 1, line)
        return table


def _read_key(node: yaml.Node, line: int) -> str:
    name = node.tag.removeprefix(_TAG)
    if name == "merge":
        raise UnreadableError("<< isn't read here; write the keys out", line)
    if not isinstance(node, yaml.ScalarNode) or name not in _SORTS:
        raise UnreadableError("a key must be a text", line)
    if name in ("bool", "null"):
        meant = "nothing" if name == "null" else "a truth value"
        raise UnreadableError(
            f"YAML reads the key {node.value or '~'} as {meant}; put it in quotes", line
        )
    return str(node.value)
