"""The published schema of the configuration knows the keys that camlint knows, and no others."""

import json
import tomllib
from pathlib import Path

import pytest

from camlint.catalog.action import LEVELS
from camlint.config_bundles import BUNDLE_KEYS
from camlint.config_catalog import ACTION_KEYS, SERVICE_KEYS, TABLE_KEYS
from camlint.config_file import OVERRIDE_KEYS, SEVERITIES, TOP_KEYS
from camlint.config_rules.rule import EFFECTS, KINDS, NEEDED, RULE_KEYS, WHERE_KEYS
from camlint.config_rules.then import THEN_KEYS
from camlint.declarative.where import PARTS

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "docs" / "config.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def keys(name: str) -> set[str]:
    return set(SCHEMA["$defs"][name]["properties"])


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_it_has_every_key_and_no_other() -> None:
    assert set(SCHEMA["properties"]) == set(TOP_KEYS)
    assert keys("override") == set(OVERRIDE_KEYS)
    assert keys("rule") == set(RULE_KEYS)
    assert keys("where") == set(WHERE_KEYS)
    assert keys("then") == set(THEN_KEYS)
    assert keys("bundle") == set(BUNDLE_KEYS)
    assert keys("catalog") == set(TABLE_KEYS)
    assert keys("service") == set(SERVICE_KEYS)
    assert keys("action") == set(ACTION_KEYS)


def test_it_has_every_word_and_no_other() -> None:
    rule = SCHEMA["$defs"]["rule"]
    assert set(rule["required"]) == set(NEEDED)
    assert set(rule["properties"]["part"]["enum"]) == set(PARTS)
    assert SCHEMA["$defs"]["kind"]["enum"] == list(KINDS)
    assert SCHEMA["$defs"]["level"]["enum"] == list(SEVERITIES)
    assert keys("where") and SCHEMA["$defs"]["where"]["properties"]["effect"]["enum"] == list(
        EFFECTS
    )
    assert SCHEMA["$defs"]["action"]["properties"]["level"]["enum"] == list(LEVELS)


FULL = """
select = ["CAM2", "acme"]
ignore = ["wildcard-action"]
accounts = ["100032145678", 100032145679]
sdkappids = [1400618273]
forbid = ["cam:*"]
forbid-on = ["qcs::cam::uin/100032145678:*"]
no-public-access = true
rule-files = ["acme.rules.toml"]
severity = { CAM210 = "note" }

[[overrides]]
paths = ["legacy/**"]
ignore = ["CAM6"]

[[rules]]
code = "ACME009"
name = "acme-text"
severity = "error"
message = "{value} is wrong"
help = "ask"
reference = "https://wiki.example.com"
kinds = "identity"
given = ["$..a", "$.b"]
where = { effect = "allow", action = "cos:*", service = ["cos"], value = "q*" }
part = "region"
then = { one-of = ["", 5] }

[[rules]]
code = "ACME010"
name = "acme-absent"
message = "{value} is wrong"
given = "$.statement[*].principal"
then = { absent = true }

[catalog]
files = ["facts.json"]
[catalog.services.mine.actions]
FlyHome = { level = "write", resource-level = true, resources = ["qcs::mine:::kite/*"] }
"""


def test_a_configuration_that_has_everything() -> None:
    VALIDATOR.validate(tomllib.loads(FULL))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").rglob("camlint.toml")), ids=lambda p: p.name
)
def test_our_examples(path: Path) -> None:
    VALIDATOR.validate(tomllib.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("accounts", "acounts"),
        ('"ACME009"', '"CAM009"'),
        ('"acme-text"', '"Acme text"'),
        ('"note"', '"hint"'),
        ('one-of = ["", 5]', 'one-of = ["", 5], matches = "a"'),
        ('one-of = ["", 5]', "one-of = []"),
        ("absent = true", "absent = false"),
        ("absent = true", "covers = true"),
        ('kinds = "identity"', 'kinds = "user"'),
        ('message = "{value} is wrong"', 'text = "x"'),
        ("part = ", "segment = "),
        ('"https://wiki.example.com"', '"wiki"'),
        ('level = "write"', 'level = "all"'),
    ],
)
def test_what_it_refuses(good: str, bad: str) -> None:
    assert good in FULL
    assert not VALIDATOR.is_valid(tomllib.loads(FULL.replace(good, bad, 1)))
