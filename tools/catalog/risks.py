"""What a policy may let its holder do to the owner: escalation paths and groups of sensitive actions."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.curated import WrongFact

HERE = Path(__file__).resolve().parent
RISKS = HERE / "risks"
GROUPS = "groups"
"""The one file that isn't a family of paths."""

SEVERITIES = ("error", "warning")
CONFIDENCES = ("high", "medium", "low")
PATH_TEXTS = ("id", "title", "outcome", "lets", "consequence", "way_out", "severity", "confidence")
PATH_KEYS = frozenset((*PATH_TEXTS, "references", "needs", "then", "where", "part_of_product"))
NEED_KEYS = frozenset(("step", "any", "on", "inferred", "anywhere"))
FAMILY_KEYS = frozenset(("order", "title", "also", "paths"))
GROUP_KEYS = frozenset(("title", "kinds"))
KIND_KEYS = frozenset(("lets", "actions", "mild"))
CIRCUMSTANCES = ("tags-decide",)

Document = dict[str, Any]


class Risks:
    """The families of paths, the worst first, and the groups of actions, by their names."""

    def __init__(self, families: dict[str, Document], groups: dict[str, Document]) -> None:
        self.families = families
        self.groups = groups

    @property
    def actions(self) -> dict[str, list[str]]:
        """The sensitive actions of each family and of each group, sorted."""
        found = {
            name: sorted(one for kind in group["kinds"] for one in kind["actions"])
            for name, group in self.groups.items()
        }
        for name, family in self.families.items():
            needed = {
                one for path in family["paths"] for need in path["needs"] for one in need["any"]
            }
            found[name] = sorted(needed.union(family["also"]))
        return found

    @property
    def table(self) -> Document:
        """What the look-up of risks reads: the paths in order of their families, and the groups."""
        return {
            "families": {name: family["title"] for name, family in self.families.items()},
            "groups": {name: group["title"] for name, group in self.groups.items()},
            "kinds": [
                {"group": name} | kind
                for name, group in self.groups.items()
                for kind in group["kinds"]
            ],
            "paths": [
                {"family": name} | path
                for name, family in self.families.items()
                for path in family["paths"]
            ],
        }


def read_risks(folder: Path = RISKS) -> Risks:
    """The risks in a folder. Raises WrongFact, which names everything that is wrong."""
    files = {
        path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))
    }
    groups = files.pop(GROUPS, {})
    problems = [
        f"{name}.toml: {problem}" for name, family in files.items() for problem in check(family)
    ]
    problems += [
        f"groups.toml: {name}: {problem}"
        for name, group in groups.items()
        for problem in check_group(group)
    ]
    named = [path.get("id") for family in files.values() for path in family.get("paths", ())]
    problems += [
        f'"{one}" names two paths' for one in sorted({n for n in named if named.count(n) > 1})
    ]
    if problems:
        raise WrongFact("\n".join(problems))
    return Risks(dict(sorted(files.items(), key=lambda one: one[1]["order"])), groups)


def check(family: Document) -> Iterator[str]:
    """What is wrong with a family of paths."""
    yield from check_keys(family, FAMILY_KEYS, required=FAMILY_KEYS)
    for path in family.get("paths", ()):
        name = path.get("id", "a path without an id")
        yield from (f"{name}: {problem}" for problem in check_path(path))


def check_path(path: Document) -> Iterator[str]:
    """What is wrong with one path."""
    yield from check_keys(path, PATH_KEYS, required=frozenset((*PATH_TEXTS, "references", "needs")))
    if path.get("severity", "error") not in SEVERITIES:
        yield f'severity "{path["severity"]}" is none of {", ".join(SEVERITIES)}'
    if path.get("confidence", "high") not in CONFIDENCES:
        yield f'confidence "{path["confidence"]}" is none of {", ".join(CONFIDENCES)}'
    if path.get("where", CIRCUMSTANCES[0]) not in CIRCUMSTANCES:
        yield f'where "{path["where"]}" is none of {", ".join(CIRCUMSTANCES)}'
    if not path.get("references"):
        yield "has no references"
    for need in path.get("needs", ()):
        yield from check_keys(need, NEED_KEYS, required=frozenset(("step", "any")))
        for one in need.get("inferred", ()):
            if one not in need.get("any", ()):
                yield f'"{one}" is inferred and not among the actions'


def check_group(group: Document) -> Iterator[str]:
    """What is wrong with a group of actions."""
    yield from check_keys(group, GROUP_KEYS, required=GROUP_KEYS)
    for kind in group.get("kinds", ()):
        yield from check_keys(kind, KIND_KEYS, required=frozenset(("lets", "actions")))


def check_keys(
    table: Document, known: frozenset[str], *, required: frozenset[str]
) -> Iterator[str]:
    """The keys that a table has and shouldn't, and those that it should have and hasn't."""
    yield from (f'unknown key "{key}"' for key in sorted(table.keys() - known))
    yield from (f'no "{key}"' for key in sorted(required - table.keys()))
