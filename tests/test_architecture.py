"""What holds of the code as a whole: docstrings, immutable values, no trace of anybody's machine."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from camlint.registry import BUILT_IN

ROOT = Path(__file__).resolve().parent.parent
CODE = ("linter", "rules", "tools", "bench", "tests")
MODULES = sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py"))
ENGINE = sorted((ROOT / "linter").rglob("*.py"))
VALUES = sorted(
    path
    for pattern in (
        "diagnoser.py",
        "engine.py",
        "finding.py",
        "findings.py",
        "gate.py",
        "kinds.py",
        "patterns.py",
        "place.py",
        "registry.py",
        "rule.py",
        "segments.py",
        "selection.py",
        "settings.py",
        "source.py",
        "hosts/*.py",
        "policy/*.py",
        "syntax/*.py",
    )
    for path in (ROOT / "linter" / "camlint").glob(pattern)
)
"""Modules that a clean run imports and that define values."""

FOREIGN = re.compile(
    r"(?<![\w.~*-])/(?:home|opt|private|root|tmp|Users|var|work)/\w"
    r"|[A-Z]:\\Users\\"
    r"|(?<!emit-)(?:extra-)?index-url"
    r"|pythonhosted\.org|pypi\.org/simple"
)
"""Paths of somebody's machine, and hosts to install from that are the user's choice."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked_files() -> list[Path]:
    """The files of the project as git sees them, those that aren't committed yet among them."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this copy of the project is not a git repository")
    paths = [ROOT / one for one in listed.stdout.decode().split("\0") if one]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_begins_with_one_sentence(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    docstring = ast.get_docstring(tree) or ""
    first = docstring.split("\n\n")[0]
    assert first, f"{name(path)} doesn't say what it is for"
    assert first[-1] in ".?!", f"{name(path)} begins with {first!r}, which is not a sentence"


@pytest.mark.parametrize("path", ENGINE, ids=name)
def test_attributes_are_assigned_in_init_only(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert list(late_assignments(tree)) == []


@pytest.mark.parametrize("path", VALUES, ids=name)
def test_values_have_slots(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not node.bases and not names_constants(node):
            assert "__slots__" in assigned(node), f"{node.name} has no __slots__"


def late_assignments(tree: ast.Module) -> Iterator[str]:
    """Assignments to an attribute anywhere but to ``self`` in an ``__init__``."""
    allowed = {
        id(target)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name == "__init__"
        for target in ast.walk(function)
        if isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id == "self"
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and not isinstance(node.ctx, ast.Load)
            and id(node) not in allowed
        ):
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "setattr",
            "object.__setattr__",
        ):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def assigned(node: ast.ClassDef) -> set[str]:
    """The names that the body of a class binds."""
    return {
        target.id
        for statement in node.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def names_constants(node: ast.ClassDef) -> bool:
    """Whether a class only gathers constants, so that nobody makes one."""
    return not any(isinstance(statement, ast.FunctionDef) for statement in node.body)


def test_late_assignment_is_seen() -> None:
    code = "class A:\n def __init__(self): self.a = 1\n def b(self): self.a += 2; del self.a\n"
    assert list(late_assignments(ast.parse(code))) == ["line 3: self.a", "line 3: self.a"]


def test_no_file_names_a_machine_or_a_host_to_install_from() -> None:
    found = []
    for path in tracked_files():
        if path == Path(__file__).resolve():
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{name(path)}: {match[0]}" for match in FOREIGN.finditer(text)]
    assert found == []


def test_foreign_paths_are_seen() -> None:
    assert FOREIGN.search("see /home/someone/policy.json")
    assert FOREIGN.search("--extra-index-url=https://example.com")
    assert not FOREIGN.search("qcs::cos:::bucket/tmp/x and --no-emit-index-url")


def test_entry_point_is_the_constant_pack_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"]["camlint.rules"] == {"camlint": BUILT_IN}
    (installed,) = entry_points(group="camlint.rules", name="camlint")
    assert installed.value == BUILT_IN


def test_console_script_leads_to_a_function() -> None:
    (script,) = entry_points(group="console_scripts", name="camlint")
    assert callable(script.load())
