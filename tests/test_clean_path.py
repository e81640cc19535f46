"""What a run over one clean file imports: start-up is most of what a pre-commit hook costs."""

import subprocess
import sys
from pathlib import Path

import pytest

import camlint
import camlint_rules
from camlint.cli import COMMANDS
from camlint.traits import Trait
from camlint_rules._index import ENTRIES

HEAVY = frozenset(
    {
        "dataclasses",
        "datetime",
        "hashlib",
        "importlib.metadata",
        "ipaddress",
        "jsonpath_ng",
        "multiprocessing",
        "pathlib",
        "sarif_om",
        "subprocess",
        "tomllib",
        "tree_sitter",
        "typing",
        "yaml",
    }
)
MOST_RULES = 60
CLEAN = """{
    "version": "2.0",
    "statement": [
        {
            "effect": "allow",
            "action": ["trtc:DismissRoom", "trtc:RemoveUser"],
            "resource": ["qcs::trtc::uin/100032145678:sdkappid/1400618273"]
        }
    ]
}
"""
CONDITION = """"resource": "*",
            "condition": {
                "ip_equal": {"qcs:ip": ["203.0.113.0/24", "198.51.100.7"]},
                "string_like": {"qcs:request_tag": ["env&*"]},
                "bool_equal": {"cos:secure-transport": "true"}
            }"""
PROGRAM = """
import sys
sys.path[:0] = sys.argv[1:3]
from camlint.cli import main
code = main(["check", sys.argv[3]])
print()
print(code, *sorted(sys.modules))
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The modules that are imported when camlint has looked at a clean file.

    The interpreter starts without ``site``, which may import whatever else is installed.
    """
    code, modules = run(tmp_path_factory.mktemp("clean") / "policy.json", CLEAN)
    assert code == "0"
    return modules


def run(path: Path, text: str) -> tuple[str, frozenset[str]]:
    """The exit code of a run over a file with this text, and what it imported."""
    path.write_text(text, "utf-8")
    roots = [str(Path(package.__path__[0]).parent) for package in (camlint, camlint_rules)]
    command = [sys.executable, "-I", "-S", "-c", PROGRAM, *roots, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    code, *modules = done.stdout.splitlines()[-1].split(" ")
    return code, frozenset(modules)


def rules_that_visit(*visited: str, whatever: bool = False) -> set[str]:
    """The modules of the rules for some types; ``whatever`` the value, if that is asked for."""
    return {
        entry[7]
        for entry in ENTRIES
        if entry[6] in visited and not (whatever and len(entry) > 10 and entry[10])
    }


def test_nothing_heavy_is_imported(imported: frozenset[str]) -> None:
    assert imported & HEAVY == set()


def test_few_rules_are_imported(imported: frozenset[str]) -> None:
    rules = {entry[7] for entry in ENTRIES} & imported
    assert 0 < len(rules) <= MOST_RULES


def test_rules_are_imported_when_their_values_turn_up(imported: frozenset[str]) -> None:
    of_this_kind = {entry[7] for entry in ENTRIES if "identity" in entry[5]}
    wanted = rules_that_visit("ActionPattern", "ResourcePattern", whatever=True)
    assert wanted & of_this_kind <= imported


def test_rules_that_ask_for_what_is_not_there_are_not_imported(imported: frozenset[str]) -> None:
    # Of resources that no rule has seen yet, none is proven, and these are of an application.
    there = Trait.UNPROVEN | Trait.APPLICATION
    wanting = {
        entry[7] for entry in ENTRIES if entry[6] == "ResourcePattern" and entry[10] & ~there
    }
    assert wanting
    assert wanting & imported == set()


def test_rules_for_other_kinds_of_policy_are_not_imported(imported: frozenset[str]) -> None:
    others = {entry[7] for entry in ENTRIES if "identity" not in entry[5]}
    assert others
    assert others & imported == set()
    assert "camlint.policy.principal_names" not in imported


def test_rules_on_what_is_absent_are_not_imported(imported: frozenset[str]) -> None:
    absent = rules_that_visit("Slip", "Malformed", "Duplicate", "Principal", "Condition", "Engine")
    assert absent
    assert absent & imported == set()


def test_conditions_that_are_in_order_are_not_reasoned_about(tmp_path: Path) -> None:
    head, resource, _ = CLEAN.partition('"resource"')
    assert resource
    _, imported = run(tmp_path / "policy.json", head + CONDITION + "\n        }\n    ]\n}\n")
    assert "camlint_rules.condition.contradictory_condition" in imported
    assert "camlint_rules.condition.always_true_condition" in imported
    assert imported & {"camlint.access.vacuity", "camlint.access.contexts", "fractions"} == set()


def test_only_the_chosen_command_is_imported(imported: frozenset[str]) -> None:
    commands = {module for module in imported if module.startswith("camlint.cli.")}
    assert "camlint.cli.check" in commands
    assert commands & set(COMMANDS.values()) == {"camlint.cli.check"}
    assert not any(module.startswith("camlint.tasks") for module in imported)
