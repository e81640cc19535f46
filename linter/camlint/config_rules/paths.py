"""The paths of a rule, and what makes one doubtful that could never find anything."""

from camlint.config_rules.table import RuleTable
from camlint.nearest import nearest
from camlint.syntax.path import ANY, Path, PathError, Step, compile_path, compile_relative

TOP = ("version", "statement", "principal")
ELEMENTS = ("effect", "action", "resource", "condition", "principal", "sid")
EXAMPLE = '"$.statement[*].action[*]"'


def read_given(table: RuleTable) -> tuple[Path, ...]:
    """The paths under ``given``; those that are wrong are noted and left out."""
    texts = table.texts("given", EXAMPLE) or ()
    paths: list[Path] = []
    for text in texts:
        try:
            path = compile_path(text.strip())
        except PathError as error:
            table.complain(f'"{text}" is no JSONPath: {error}', "given")
            continue
        problem = doubt(path.steps) if path.steps is not None else ""
        if problem:
            table.complain(f'"{text}" {problem}', "given")
        else:
            paths.append(path)
    return tuple(paths) if len(paths) == len(texts) else ()


def read_relative(table: RuleTable, key: str, example: str) -> tuple[Path, ...]:
    """The paths under a key, which start at a value; those that are wrong are noted."""
    paths: list[Path] = []
    for text in table.texts(key, example) or ():
        try:
            paths.append(compile_relative(text))
        except PathError as error:
            table.complain(f'"{text}" is no JSONPath: {error}', key)
    return tuple(paths)


def doubt(steps: tuple[Step, ...]) -> str:
    """Why a common path can't find what its author means, and what would; ``""`` if it may."""
    if not steps or steps[0] is ANY:
        return ""
    first, *further = steps
    if not isinstance(first, str):
        return "starts with an index, and a policy is an object: write $.statement[*]"
    if first.lower() in ELEMENTS and first.lower() not in TOP:
        return f"looks for {first} beside the statements: write $.statement[*].{first.lower()}"
    problem = _misspelt(first, TOP)
    if problem or first != "statement" or not further:
        return problem
    if isinstance(further[0], str):
        return "looks for an element of the list of statements: write $.statement[*]"
    if len(further) > 1 and isinstance(further[1], str):
        problem = _misspelt(further[1], ELEMENTS)
        if not problem and len(further) > 2 and further[1] in ("effect", "sid"):
            problem = f"goes on behind {further[1]}, which is one text"
    return problem


def holds_objects(steps: tuple[Step, ...] | None) -> bool:
    """Whether a common path selects only what has no text: statements, conditions, operators."""
    if steps is None:
        return False
    if len(steps) < 3:
        return not steps or steps[0] == "statement"
    return steps[0] == "statement" and steps[2] == "condition" and len(steps) < 5


def _misspelt(name: str, known: tuple[str, ...]) -> str:
    if name in known:
        return ""
    if name.lower() in known:
        return f"has a capital letter in {name}: element names are in lower case here, however a policy spells them"
    meant = nearest(name.lower(), known)
    return f'looks for {name}, which no policy has; did you mean "{meant}"?' if meant else ""
