"""One table ``[[rules]]`` turned into a rule."""

import re

from camlint.config_rules.paths import holds_objects, read_given
from camlint.config_rules.table import RuleTable
from camlint.config_rules.then import read_then
from camlint.declarative.checks import Check, TextCheck
from camlint.declarative.declared import Declared
from camlint.declarative.judge import PLACEHOLDERS
from camlint.declarative.where import PARTS, Where
from camlint.finding import Severity
from camlint.kinds import ALL_KINDS, Kind
from camlint.patterns import ActionName, split_action
from camlint.syntax.path import Path

RULE_KEYS = (
    *("code", "name", "severity", "message", "help", "reference", "kinds"),
    *("given", "where", "part", "then"),
)
NEEDED = {
    "code": 'code = "ACME001"',
    "name": 'name = "unknown-region"',
    "message": 'message = "{value} is no region of ours"',
    "given": 'given = "$.statement[*].resource[*]"',
    "then": 'then = { one-of = ["a", "b"] }',
}
WHERE_KEYS = ("effect", "action", "service", "value")
EFFECTS = ("allow", "deny")
SEVERITIES = tuple(severity.value for severity in Severity)
KINDS = tuple(kind.value for kind in Kind)

CODE = re.compile(r"[A-Z]{2,16}[0-9]{1,6}")
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
SERVICE = re.compile(r"[A-Za-z0-9_*-]+")
BRACES = re.compile(r"(?<!\$)\{([A-Za-z_.]*)\}")


def read_code(table: RuleTable) -> str | None:
    """The code of a rule; None, noted, where it has none that will do."""
    code = table.text("code", '"ACME001"')
    if code is None:
        return None
    if code.upper().startswith("CAM"):
        table.complain(
            f'"{code}": codes that begin with CAM are camlint\'s own; begin with letters of yours, '
            "such as ACME001",
            "code",
        )
    elif not CODE.fullmatch(code):
        table.complain(f'"{code}": write capital letters and then digits, such as ACME001', "code")
    else:
        return code
    return None


def read_name(table: RuleTable) -> str | None:
    """The name of a rule; None, noted, where it has none that will do."""
    name = table.text("name", '"unknown-region"')
    if name is None or NAME.fullmatch(name):
        return name
    table.complain(
        f'"{name}": write lower-case words with hyphens between them, such as unknown-region',
        "name",
    )
    return None


def read_rule(table: RuleTable, code: str | None, name: str | None, home: str) -> Declared | None:
    """The rule that a table describes; None, with everything that is wrong noted."""
    table.check_keys(RULE_KEYS)
    for key, example in NEEDED.items():
        if key not in table.table:
            table.complain(f"{key} is missing; write {example}")
    where = _read_where(table)
    given = read_given(table)
    then = read_then(table)
    part = table.choice("part", PARTS)
    message = table.text("message", NEEDED["message"].partition(" = ")[2])
    severity = table.choice("severity", SEVERITIES)
    way_out = table.text("help", '"ask the platform team"')
    reference = _read_reference(table)
    kinds = _read_kinds(table)
    if message is not None:
        _check_message(table, message, where)
    if where is not None and then is not None:
        _check_together(table, given, where, part, then)
    if not (code and name and message and given and then is not None and where is not None):
        return None
    return Declared(
        code=code,
        name=name,
        message=message.rstrip("."),
        given=given,
        then=then,
        where=where,
        home=home,
        severity=Severity(severity or "warning"),
        help=way_out or "",
        reference=reference or "",
        kinds=kinds,
        part=part or "",
    )


def _read_where(rule: RuleTable) -> Where | None:
    """What ``where`` says; None, noted, where it says something that won't do."""
    if "where" not in rule.table:
        return Where()
    where = rule.below("where", '{ effect = "allow", action = "cos:Delete*" }')
    if where is None:
        return None
    where.check_keys(WHERE_KEYS)
    effect = where.choice("effect", EFFECTS)
    actions: list[ActionName] = []
    for text in where.texts("action", '"cos:Delete*"') or ():
        name = split_action(text)
        if name is None or name.opaque:
            where.complain(f'"{text}" is no action; write one such as "cos:Delete*"', "action")
        else:
            actions.append(name)
    services = where.texts("service", '"cos"') or ()
    for text in services:
        if not SERVICE.fullmatch(text):
            where.complain(
                f'"{text}" is no service; write what stands before the colon of an action, '
                'such as "cos"',
                "service",
            )
    values = where.texts("value", '"qcs::cos:*"') or ()
    return Where(effect or "", tuple(actions), services, values)


def _read_reference(table: RuleTable) -> str | None:
    example = '"https://wiki.example.com/cam-rules"'
    reference = table.text("reference", example)
    if reference is not None and not re.fullmatch(r"https?://\S+", reference):
        table.complain(f'"{reference}" is no address; write one such as {example}', "reference")
    return reference


def _read_kinds(table: RuleTable) -> tuple[Kind, ...]:
    kinds = table.texts("kinds", '"identity"')
    if kinds is None:
        return ALL_KINDS
    for kind in kinds:
        if kind not in KINDS:
            table.complain(f'"{kind}" is no kind of policy; write {", ".join(KINDS)}', "kinds")
    return tuple(Kind(kind) for kind in KINDS if kind in kinds)


def _check_message(table: RuleTable, message: str, where: Where | None) -> None:
    """Note what in a message looks like something that is filled in and isn't."""
    for match in BRACES.finditer(message):
        if match[1] not in PLACEHOLDERS:
            table.complain(
                f"{match[0]} stands for nothing; {{value}} is the value that is found, and "
                "{action} the action by which `where` holds",
                "message",
            )
        elif match[1] == "action" and where is not None and not where.about_actions:
            table.complain(
                "{action} is the action by which `where` holds, and there is neither an action nor "
                "a service in `where`",
                "message",
            )


def _check_together(
    table: RuleTable, given: tuple[Path, ...], where: Where, part: str | None, then: Check
) -> None:
    """Note what can't go together: the rule would never find anything, and nobody would know."""
    if isinstance(then, TextCheck):
        for path in given:
            if holds_objects(path.steps):
                table.complain(
                    f'"{path.text}" selects what has no text of its own, and `then` asks for one; '
                    "go on to texts, such as $.statement[*].action[*]",
                    "given",
                )
    elif part:
        table.complain(
            "it is for checks of texts, and `then` asks what is there; leave it out", "part"
        )
    if where.about_statements:
        for path in given:
            if path.steps is not None and path.steps[:1] not in (("statement",), (None,)):
                table.complain(
                    f'"{path.text}" leads to no statement, and `where` asks about the one around '
                    "a value; leave effect, action and service out",
                    "where",
                )
