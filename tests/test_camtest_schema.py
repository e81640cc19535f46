"""The published schema of expectations knows the keys that camlint knows, and no others."""

import json
import tomllib
from pathlib import Path

import pytest

from camlint.tasks.read_expectations import (
    BAN_KEYS,
    CASE_KEYS,
    TOP_KEYS,
    BrokenError,
    read_expectations,
)

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "docs" / "camtest.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
FULL = """
policy = ["a.json", "b.json#/1"]
boundary = "c.json"
scp = ["d.json"]
principal = "anonymous"
context = { "qcs:ip" = "203.0.113.7", n = 5, f = 1.5, t = true, l = ["a", 1], e = [] }
never-grants = ["cam:*", { name = "n", action = ["a:*"], resource = "*" }]
must-equal = "e.json"
not-wider-than = ["f.json"]
[[cases]]
name = "a"
can = "a:B"
cannot = ["c:D"]
resource = ["qcs::a:::b"]
context = { k = "v" }
unknown = ["u"]
principal = "p"
"""


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_it_has_every_key_and_no_other() -> None:
    assert set(SCHEMA["properties"]) == set(TOP_KEYS)
    assert set(SCHEMA["$defs"]["case"]["properties"]) == set(CASE_KEYS)
    (table,) = (one for one in SCHEMA["$defs"]["ban"]["oneOf"] if "properties" in one)
    assert set(table["properties"]) == set(BAN_KEYS)


def test_a_file_that_has_everything() -> None:
    VALIDATOR.validate(tomllib.loads(FULL))
    read_expectations(FULL, "x.toml")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").rglob("*.camtest.toml")), ids=lambda path: path.name
)
def test_our_examples(path: Path) -> None:
    VALIDATOR.validate(tomllib.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('policy = ["a.json", "b.json#/1"]', ""),
        ('policy = ["a.json", "b.json#/1"]', "policy = []"),
        ('policy = ["a.json", "b.json#/1"]', 'policy = " "'),
        ("boundary", "boundry"),
        ('principal = "anonymous"', 'principal = ["anonymous"]'),
        ("n = 5", "n = { m = 5 }"),
        ('["cam:*", {', "[5, {"),
        ('action = ["a:*"], ', ""),
        ('name = "n", action', "acton = 1, action"),
        ('never-grants = ["cam:*", { name = "n", action = ["a:*"], resource = "*" }]',
         "never-grants = []"),
        ('must-equal = "e.json"', "must-equal = true"),
        ('can = "a:B"\ncannot = ["c:D"]', ""),
        ('can = "a:B"', "can = true"),
        ('unknown = ["u"]', "unknown = [1]"),
        ('name = "a"', "nam = 1"),
    ],
)  # fmt: skip
def test_schema_and_camlint_refuse_the_same(good: str, bad: str) -> None:
    assert good in FULL
    text = FULL.replace(good, bad, 1)
    assert not VALIDATOR.is_valid(tomllib.loads(text))
    with pytest.raises(BrokenError):
        read_expectations(text, "x.toml")


def test_a_file_that_expects_nothing() -> None:
    text = 'policy = "a.json"\nprincipal = "anonymous"\n'
    assert not VALIDATOR.is_valid(tomllib.loads(text))
    with pytest.raises(BrokenError):
        read_expectations(text, "x.toml")
