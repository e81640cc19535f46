"""Begin a rule: write its file with every part that a rule has, to be filled in."""

import argparse
import re
import sys
from pathlib import Path

import camlint_rules
from camlint_rules._index import ENTRIES

TEMPLATE = '''"""TODO: the problem in one sentence, as somebody would tell it to a colleague."""

from collections.abc import Iterator

from camlint.rule import Bad, Confidence, Context, Finding, Good, Severity, Statement, rule


@rule(
    code="{code}",
    name="{name}",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=("https://cloud.tencent.com/document/product/TODO",),
    bad=Bad("""
        {{
            "version": "2.0",
            "statement": [
                {{
                    "effect": "allow",
                    "action": [«"TODO"»],
                    "resource": ["*"]
                }}
            ]
        }}
    """),
    good=Good("""
        {{
            "version": "2.0",
            "statement": [
                {{
                    "effect": "allow",
                    "action": ["TODO"],
                    "resource": ["*"]
                }}
            ]
        }}
    """),
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    TODO: what CAM does with it, and what that costs the author.

    ## How to fix it

    TODO: what to write instead.
    """
    for action in statement.actions:
        if action.text == "TODO":
            yield Finding(
                f"{{action.text}} TODO: the consequence, without a full stop",
                action.place(),
                label="TODO: a few words beside the carets",
                help="TODO: the way out",
            )
'''


def main(arguments: list[str]) -> int:
    """Write the file; 1 when the code, the name or the group can't be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("code", help="such as CAM226")
    parser.add_argument("name", help="the problem in kebab-case, such as missing-suffix")
    parser.add_argument("group", help=f"one of {', '.join(groups())}")
    given = parser.parse_args(arguments)
    refusal = refuse(given.code, given.name, given.group)
    path = pack() / given.group / (given.name.replace("-", "_") + ".py")
    if not refusal and path.exists():
        refusal = f"{path.name} exists already"
    if refusal:
        print(refusal, file=sys.stderr)
        return 1
    path.write_text(TEMPLATE.format(code=given.code, name=given.name), "utf-8")
    print(
        f"{path.parent.name}/{path.name} is begun; replace every TODO, then run `make index docs`"
    )
    return 0


def refuse(code: str, name: str, group: str) -> str:
    """Why no rule can have this code and name in this group; empty when one can."""
    if not re.fullmatch(r"CAM[0-9]{3}", code):
        return f"{code} is no code: CAM and three digits, the first of them its family"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        return f"{name} is no name: lower-case words with hyphens between them"
    if group not in groups():
        return f"there is no group {group}; there are {', '.join(groups())}"
    for taken in ENTRIES:
        if taken[0] == code or taken[1] == name:
            return f"there is {taken[0]} {taken[1]} already"
    return ""


def groups() -> list[str]:
    """The folders of the pack."""
    return sorted(path.parent.name for path in pack().glob("*/__init__.py"))


def pack() -> Path:
    """The folder of the built-in pack."""
    return Path(camlint_rules.__path__[0])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
