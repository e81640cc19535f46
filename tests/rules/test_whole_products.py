"""Full access to one product is breadth, told once; escalation only where the product is rights."""

import json
import os
import statistics
from pathlib import Path

import pytest

from camlint.catalog.catalog import Catalog
from camlint.engine import Engine
from camlint.findings import Diagnostic
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source, read_source

REGISTRY = load_registry()
ESCALATING = {
    "cam": "cam:AttachUserPolicy",
    "organization": "organization:CreateRoleAssignment",
    "sts": "sts:AssumeRole",
}
"""The products whose operations are about rights themselves, and one that gives more of them."""

FOLDER = os.environ.get("CAMLINT_CORPUS", "")
ABOUT_RIGHTS = ("CAM112", "CAM6", "CAM7")


def lint(*actions: str, strict: bool = False) -> list[Diagnostic]:
    statement = {"effect": "allow", "action": list(actions), "resource": ["*"]}
    text = json.dumps({"version": "2.0", "statement": [statement]})
    engine = Engine(REGISTRY, Selection(strict=strict), NOTHING_STATED)
    return list(engine.lint(Source("policy.json", text)).diagnostics)


@pytest.mark.parametrize("strict", [False, True])
def test_each_whole_product_is_told_once_and_as_what_it_is(strict: bool) -> None:
    for prefix in Catalog().index.prefixes:
        (found,) = lint(f"{prefix}:*", strict=strict)
        assert found.code == ("CAM701" if prefix in ESCALATING else "CAM604"), prefix


@pytest.mark.parametrize("prefix", sorted(ESCALATING))
def test_the_products_of_rights_say_by_what_they_escalate(prefix: str) -> None:
    (found,) = lint(f"{prefix}:*")
    assert ESCALATING[prefix] in found.message
    assert len(found.flow) >= 1


def test_several_whole_products_do_not_add_up_to_escalation() -> None:
    found = lint("cdb:*", "cos:*", "cvm:*", "scf:*", "tke:*", "vpc:*", strict=True)
    assert [one.code for one in found] == ["CAM604"] * 6


def test_handing_roles_to_a_product_beside_it_is_escalation() -> None:
    found = {one.code for one in lint("scf:*", "cam:PassRole")}
    assert "CAM604" in found
    assert not found.isdisjoint({"CAM701", "CAM702"})


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("action", ["*", "*:*"])
def test_everything_is_told_once(action: str, strict: bool) -> None:
    assert [one.code for one in lint(action, strict=strict)] == ["CAM601"]
    beside = lint(action, "cam:*", "cos:De*", strict=strict)
    assert [one.code for one in beside if one.code != "CAM109"] == ["CAM601"]


@pytest.mark.skipif(not FOLDER, reason="CAMLINT_CORPUS names no folder of policies to run on")
def test_real_policies_for_every_action_are_not_shouted_at() -> None:
    engine = Engine(REGISTRY, Selection(), NOTHING_STATED)
    counts: list[int] = []
    for path in sorted((Path(FOLDER) / "policies").glob("*.json")):
        found = engine.lint(read_source(str(path), path.name)).diagnostics
        about = [one for one in found if one.code.startswith(ABOUT_RIGHTS)]
        if any(one.code in ("CAM601", "CAM602") for one in about):
            counts.append(len(about))
    assert counts
    assert statistics.median(counts) <= 1
    assert max(counts) <= 2
