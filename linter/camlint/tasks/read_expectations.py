"""A file of expectations turned into values, or into words about what is wrong with it."""

import os

from camlint.nearest import nearest
from camlint.syntax.placed import Placed, Sort, UnreadableError
from camlint.tasks.expectations import Ban, Bound, Case, Claim, Expectations, Situation, Word
from camlint.tasks.placed_table import PlacedTable, Problem, describe

TOML, YAML = (".toml",), (".yaml", ".yml")
LONGEST = 1024 * 1024
"""Characters of a file that are read; a person writes fewer."""

TOP_KEYS = (
    "policy",
    "boundary",
    "scp",
    "principal",
    "context",
    "cases",
    "never-grants",
    "must-equal",
    "not-wider-than",
)
CASE_KEYS = ("name", "can", "cannot", "resource", "context", "unknown", "principal")
BAN_KEYS = ("name", "action", "resource")

ACTION = 'an action, such as "cos:GetObject", or a list of them'
PATTERN = 'an action or pattern, such as "cam:*", or a list of them'
RESOURCE = 'a resource in six segments, such as "qcs::trtc::uin/100000000001:sdkappid/1400000001"'
PATHS = 'the path of a policy, such as "policies/reports.json", or a list of paths'
PRINCIPAL = 'who asks, such as "qcs::cam::uin/100000000001:uin/100000000002" or "anonymous"'
KEYS = 'a condition key, such as "qcs:ip", or a list of them'
NAME = "a few words"
CASES = 'tables of their own, each with what "can" or "cannot" be done'
VALUE = 'a text in quotes, such as "203.0.113.7", or a list of texts'

_TO_CLAIM = 'write the action under "can" or "cannot"'
INSTEAD = {
    "case": 'did you mean "cases"?',
    "action": 'actions stand in [[cases]], under "can" or "cannot"',
    "can": 'write it in one of the "cases"',
    "cannot": 'write it in one of the "cases"',
}
INSTEAD_OF_CASE = dict.fromkeys(("action", "actions", "expect", "allow", "deny"), _TO_CLAIM)


class BrokenError(Exception):
    """A file of expectations can't be used; ``problems`` are all the reasons, by line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(one.text for one in problems))
        self.problems = tuple(sorted(problems, key=lambda one: one.line))


def read_expectations(text: str, path: str) -> Expectations:
    """What a file says, whose ``path`` tells TOML from YAML. Raises BrokenError."""
    if len(text) > LONGEST:
        raise BrokenError([Problem(0, f"it is longer than {LONGEST:,} characters")])
    try:
        placed = _parse(text, path)
    except UnreadableError as error:
        raise BrokenError([Problem(error.line, str(error))]) from error
    if placed.sort is not Sort.TABLE:
        told = f'it holds {describe(placed)}; write keys, the first of them "policy"'
        raise BrokenError([Problem(placed.line, told)])
    problems: list[Problem] = []
    file = _Reader(problems).read(placed, path)
    if problems:
        raise BrokenError(problems)
    return file


def _parse(text: str, path: str) -> Placed:
    suffix = os.path.splitext(path)[1].lower()
    if suffix in TOML:
        from camlint.syntax.placed_toml import read_toml  # noqa: PLC0415 - one of the two is needed

        return read_toml(text)
    if suffix in YAML:
        from camlint.syntax.placed_yaml import read_yaml  # noqa: PLC0415 - imports PyYAML

        return read_yaml(text)
    what = "holds a policy, perhaps" if suffix == ".json" else "ends in neither .toml nor .yaml"
    raise UnreadableError(f"it {what}; expectations stand in files such as reports.camtest.toml")


def _means_policy(key: str) -> bool:
    """Whether an unknown key is one that a message takes for ``policy`` already."""
    return key not in TOP_KEYS and nearest(key, TOP_KEYS) == "policy"


class _Reader:
    """Turns tables into values and notes down the problems that it meets."""

    __slots__ = ("_problems",)

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems

    def read(self, placed: Placed, path: str) -> Expectations:
        top = PlacedTable(placed, "", self._problems)
        top.check_keys(TOP_KEYS, INSTEAD)
        policies = top.texts("policy", PATHS)
        if "policy" not in placed.table and not any(map(_means_policy, placed.table)):
            top.complain(f"policy is missing; name {PATHS}")
        who = top.text("principal", PRINCIPAL)
        context = self._context(top, {})
        default = Situation(context=context, principal=who.text if who else None)
        cases = tuple(self._case(one, default) for one in top.tables("cases", CASES))
        bounds = tuple(
            Bound(claim, placed.table[claim.value].line, others)
            for claim in (Claim.MUST_EQUAL, Claim.NOT_WIDER_THAN)
            if (others := top.texts(claim.value, PATHS))
        )
        bans = tuple(self._bans(top))
        if not (cases or bans or bounds or self._problems):
            top.complain(
                "it expects nothing; write cases with what can or cannot be done, never-grants, "
                "must-equal or not-wider-than"
            )
        return Expectations(
            path,
            policies,
            top.texts("boundary", PATHS),
            top.texts("scp", PATHS),
            cases,
            bans,
            bounds,
        )

    def _case(self, table: PlacedTable, default: Situation) -> Case:
        table.check_keys(CASE_KEYS, INSTEAD_OF_CASE)
        name = table.text("name", NAME)
        can, cannot = table.texts("can", ACTION), table.texts("cannot", ACTION)
        if not {"can", "cannot"} & table.placed.table.keys():
            table.complain(
                f'{table.where[:-1]} expects nothing; name the actions that "can" or "cannot" be '
                "done in it"
            )
        both = {one.text for one in can} & {one.text for one in cannot}
        for word in cannot:
            if word.text in both:
                table.complain(f'"{word.text}" stands under both can and cannot', word.line)
        unknown = table.texts("unknown", KEYS)
        own = self._context(table, {})
        for word in unknown:
            if word.text in own:
                table.complain(
                    f'"{word.text}" has a value in the context and is unknown as well', word.line
                )
        hidden = {word.text for word in unknown}
        context = {
            key: values
            for key, values in {**default.context, **own}.items()
            if values and key not in hidden
        }
        who = table.text("principal", PRINCIPAL)
        situation = Situation(
            table.texts("resource", RESOURCE) or Situation().resources,
            context,
            frozenset(hidden),
            who.text if who else default.principal,
        )
        return Case(name.text if name else "", table.placed.line, can, cannot, situation)

    def _context(
        self, table: PlacedTable, context: dict[str, tuple[str, ...]]
    ) -> dict[str, tuple[str, ...]]:
        """The values of each key; none for one that is said to be absent."""
        placed = table.placed.table.get("context")
        if placed is None:
            return context
        if placed.sort is not Sort.TABLE:
            table.complain(
                f"{table.where}context is {describe(placed)}; write a table of condition keys with "
                'their values, such as { "qcs:ip" = "203.0.113.7" }',
                placed.line,
            )
            return context
        for key, value in placed.table.items():
            items = value.items if value.sort is Sort.LIST else (value,)
            texts = [self._value(table, one, key) for one in items]
            context[key] = tuple(text for text in texts if text is not None)
        return context

    def _value(self, table: PlacedTable, value: Placed, key: str) -> str | None:
        """A value of a condition key as the text that a request has."""
        if value.sort in (Sort.TEXT, Sort.NUMBER, Sort.DATE):
            return value.text
        if value.sort is Sort.BOOLEAN and value.text in ("true", "false"):
            return value.text
        where = f'{table.where}context "{key}"'
        if value.sort is Sort.BOOLEAN:
            table.complain(
                f'{where}: YAML reads {value.text} as a truth value; write true, or "{value.text}" '
                "in quotes",
                value.line,
            )
        elif value.sort is Sort.NOTHING:
            table.complain(
                f"{where} is without a value; leave the key out where requests lack it", value.line
            )
        else:
            table.complain(f"{where} is {describe(value)}; write {VALUE}", value.line)
        return None

    def _bans(self, top: PlacedTable) -> list[Ban]:
        placed = top.placed.table.get("never-grants")
        if placed is None:
            return []
        items = placed.items if placed.sort is Sort.LIST else (placed,)
        if not items:
            top.complain(f"never-grants is an empty list; write {PATTERN}", placed.line)
        bans = []
        for at, one in enumerate(items):
            name = f"never-grants[{at}]" if placed.sort is Sort.LIST else "never-grants"
            if one.sort is Sort.TABLE:
                bans.append(self._ban(PlacedTable(one, f"{name}.", self._problems)))
                continue
            word = top.read_text(one, name, PATTERN)
            if word is not None:
                bans.append(Ban("", word.line, (word,), (Word("*", word.line),)))
        return bans

    def _ban(self, table: PlacedTable) -> Ban:
        table.check_keys(BAN_KEYS, {})
        name = table.text("name", NAME)
        line = table.placed.line
        actions = table.texts("action", PATTERN)
        if "action" not in table.placed.table:
            table.complain(f"{table.where}action is missing; write {PATTERN}")
        resources = table.texts("resource", f'"*" for any, or {RESOURCE}')
        return Ban(name.text if name else "", line, actions, resources or (Word("*", line),))
