"""Every rule of the built-in pack keeps every law."""

import pytest

from camlint.laws import LAWS, Law
from camlint.registry import load_registry
from camlint.rule import ENGINE

REGISTRY = load_registry()


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("code", [entry.code for entry in REGISTRY.entries])
def test_rule_keeps_law(code: str, law: Law) -> None:
    assert list(law(REGISTRY, REGISTRY.rule(code))) == []


def test_every_rule_that_visits_something_has_examples() -> None:
    bare = [
        entry.code
        for entry in REGISTRY.entries
        if entry.visits != ENGINE
        and not (REGISTRY.rule(entry.code).bad and REGISTRY.rule(entry.code).good)
    ]
    assert bare == []


def test_the_index_tells_the_truth_about_each_rule() -> None:
    for entry in REGISTRY.entries:
        rule = REGISTRY.rule(entry.code)
        assert (entry.code, entry.name, entry.severity, entry.confidence) == (
            rule.code,
            rule.name,
            rule.severity,
            rule.confidence,
        )
        assert (entry.visits, entry.kinds, entry.strict) == (rule.visits, rule.kinds, rule.strict)
        assert entry.supersedes == rule.supersedes


def test_supersedes_names_codes_in_the_form_of_codes() -> None:
    for entry in REGISTRY.entries:
        for code in entry.supersedes:
            assert code != entry.code
            assert code.startswith("CAM") and code[3:].isdigit()
