"""How rules of one's own are read, and what is said of those that can't be used."""

import json
from pathlib import Path

import pytest

from camlint.config import Config, ConfigError, read_config
from camlint.registry import Registry, load_registry

REGISTRY = load_registry()
GOOD = {
    "code": '"ACME001"',
    "name": '"acme-rule"',
    "message": '"{value} is wrong"',
    "given": '"$.statement[*].action[*]"',
    "then": '{ one-of = ["a"] }',
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rule(**changed: str | None) -> str:
    keys = {key.replace("_", "-"): value for key, value in (GOOD | changed).items()}
    lines = [f"{key} = {value}" for key, value in keys.items() if value is not None]
    return "\n".join(["[[rules]]", *lines, ""])


def read(text: str) -> Config:
    Path("camlint.toml").write_text(text, "utf-8")
    config = read_config(str(Path("camlint.toml").resolve()), REGISTRY)
    assert config is not None
    return config


def registry(text: str) -> Registry:
    found = read(text).registry
    assert found is not None
    return found


def complaints(text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        read(text)
    return [one.removeprefix("camlint.toml: ") for one in str(raised.value).split("\n")]


def test_own_rules_stand_among_the_installed_ones() -> None:
    known = registry(rule() + rule(code='"ZOO2"', name='"zoo-rule"'))
    assert [entry.code for entry in known.entries] == [
        "ACME001",
        *(entry.code for entry in REGISTRY.entries),
        "ZOO2",
    ]
    assert known.find("acme001") is known.find("acme-rule")
    assert known.rule("ACME001").summary == "A value is wrong."


def test_without_any_the_registry_stays_as_it_is() -> None:
    assert read('ignore = ["CAM1"]').registry is None
    assert read("rules = []\nrule-files = []").registry is None


def test_own_rules_may_be_named_wherever_rules_are() -> None:
    config = read(
        'select = ["acme", "CAM2"]\nignore = ["acme-rule"]\nseverity = { ACME001 = "note" }\n'
        + rule()
        + '[[overrides]]\npaths = ["a"]\nselect = ["ACME001"]\n'
    )
    assert config.values.select == ("ACME", "CAM2")
    assert config.overrides[0].values.select == ("ACME001",)


def test_files_of_rules_stand_relative_to_the_configuration(here: Path) -> None:
    (here / "deep" / "rules").mkdir(parents=True)
    (here / "deep" / "rules" / "a.rules.toml").write_text(rule())
    (here / "b.rules.toml").write_text(rule(code='"ZOO2"', name='"zoo-rule"'))
    text = 'rule-files = ["rules/a.rules.toml", "../b.rules.toml"]'
    (here / "deep" / "camlint.toml").write_text(text)
    config = read_config(str(here / "deep" / "camlint.toml"), REGISTRY)
    assert config is not None and config.registry is not None
    assert "`deep/rules/a.rules.toml`" in config.registry.rule("ACME001").text
    assert config.registry.find("zoo-rule")


def test_a_shared_file_may_have_rules(here: Path) -> None:
    text = rule().replace("[[rules]]", "[[tool.camlint.rules]]")
    (here / "pyproject.toml").write_text(text)
    config = read_config(str(here / "pyproject.toml"), REGISTRY)
    assert config is not None and config.registry is not None
    assert config.registry.find("ACME001")


WHERE = "rules[0] (ACME001)"


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"code": None}, 'rules[0] (acme-rule): code is missing; write code = "ACME001"'),
        ({"then": None}, f'{WHERE}: then is missing; write then = {{ one-of = ["a", "b"] }}'),
        (
            {"code": '"CAM999"'},
            "rules[0] (CAM999).code: \"CAM999\": codes that begin with CAM are camlint's own; begin "
            "with letters of yours, such as ACME001",
        ),
        (
            {"code": '"acme-1"'},
            'rules[0] (acme-1).code: "acme-1": write capital letters and then digits, such as '
            "ACME001",
        ),
        (
            {"code": "7"},
            'rules[0] (acme-rule).code: it is 7; write a text of one line, such as "ACME001"',
        ),
        (
            {"name": '"Acme Rule"'},
            f'{WHERE}.name: "Acme Rule": write lower-case words with hyphens between them, such as '
            "unknown-region",
        ),
        (
            {"name": '"wildcard-action"'},
            f'{WHERE}.name: "wildcard-action" is taken by a rule of camlint; choose another',
        ),
        (
            {"severity": '"warn"'},
            f'{WHERE}.severity: it is "warn"; write one of error, warning, note',
        ),
        ({"mesage": '"x"'}, f'unknown key "{WHERE}.mesage"; did you mean "message"?'),
        (
            {"message": '"a\\nb"'},
            f'{WHERE}.message: it is "a\\nb"; write a text of one line, such as '
            '"{value} is no region of ours"',
        ),
        (
            {"message": '"{pointer} is wrong"'},
            f"{WHERE}.message: {{pointer}} stands for nothing; {{value}} is the value that is "
            "found, and {action} the action by which `where` holds",
        ),
        (
            {"message": '"{action} is wrong"', "where": '{ effect = "allow" }'},
            f"{WHERE}.message: {{action}} is the action by which `where` holds, and there is "
            "neither an action nor a service in `where`",
        ),
        (
            {"reference": '"wiki"'},
            f'{WHERE}.reference: "wiki" is no address; write one such as '
            '"https://wiki.example.com/cam-rules"',
        ),
        (
            {"kinds": '["identity", "user"]'},
            f'{WHERE}.kinds: "user" is no kind of policy; write identity, trust, bucket, session, '
            "scp",
        ),
        ({"kinds": "[]"}, f'{WHERE}.kinds: it is an empty list; write "identity", or several of '
                          "the kind"),
        (
            {"given": '"$.statement[*"'},
            f'{WHERE}.given: "$.statement[*" is no JSONPath: something is missing at its end',
        ),
        (
            {"given": '["$.statement[*].action[*]", "$..a..b"]'},
            f'{WHERE}.given: "$..a..b" is no JSONPath: it has .. more than once, which may take very '
            "long; name the way instead",
        ),
        (
            {"given": '"statement[*].action"'},
            f'{WHERE}.given: "statement[*].action" is no JSONPath: it must begin with $, as '
            "$.statement[?(@.effect == 'allow')].action[*] does",
        ),
        (
            {"given": "3"},
            f'{WHERE}.given: it is 3; write a text, such as "$.statement[*].action[*]"',
        ),
        (
            {"given": '"$.statement[*].actions[*]"'},
            f'{WHERE}.given: "$.statement[*].actions[*]" looks for actions, which no policy has; '
            'did you mean "action"?',
        ),
        (
            {"given": '"$.Statement[*].action[*]"'},
            f'{WHERE}.given: "$.Statement[*].action[*]" has a capital letter in Statement: element '
            "names are in lower case here, however a policy spells them",
        ),
        (
            {"given": '"$.action[*]"'},
            f'{WHERE}.given: "$.action[*]" looks for action beside the statements: write '
            "$.statement[*].action",
        ),
        (
            {"given": '"$.statement.action[*]"'},
            f'{WHERE}.given: "$.statement.action[*]" looks for an element of the list of '
            "statements: write $.statement[*]",
        ),
        (
            {"given": '"$.statement[*].effect[*]"'},
            f'{WHERE}.given: "$.statement[*].effect[*]" goes on behind effect, which is one text',
        ),
        (
            {"given": '"$.statement[*].condition.*"'},
            f'{WHERE}.given: "$.statement[*].condition.*" selects what has no text of its own, and '
            "`then` asks for one; go on to texts, such as $.statement[*].action[*]",
        ),
        (
            {"where": '"allow"'},
            f'{WHERE}.where: it is "allow"; write a table, such as '
            '{ effect = "allow", action = "cos:Delete*" }',
        ),
        ({"where": '{ efect = "allow" }'}, f'unknown key "{WHERE}.where.efect"; did you mean '
                                           '"effect"?'),
        (
            {"where": '{ effect = "Allow" }'},
            f'{WHERE}.where.effect: it is "Allow"; write one of allow, deny; did you mean "allow"?',
        ),
        (
            {"where": '{ action = "DeleteBucket" }'},
            f'{WHERE}.where.action: "DeleteBucket" is no action; write one such as "cos:Delete*"',
        ),
        (
            {"where": '{ service = "cos:*" }'},
            f'{WHERE}.where.service: "cos:*" is no service; write what stands before the colon of '
            'an action, such as "cos"',
        ),
        (
            {"where": '{ effect = "allow" }', "given": '"$.version"'},
            f'{WHERE}.where: "$.version" leads to no statement, and `where` asks about the one '
            "around a value; leave effect, action and service out",
        ),
        (
            {"part": '"regions"'},
            f'{WHERE}.part: it is "regions"; write one of service, operation, project, region, '
            'account, resource, resource-type, resource-id; did you mean "region"?',
        ),
        (
            {"part": '"region"', "then": '{ present = "a" }'},
            f"{WHERE}.part: it is for checks of texts, and `then` asks what is there; leave it out",
        ),
        ({"then": "[]"}, f'{WHERE}.then: it is an empty list; write a table, such as '
                         '{ one-of = ["a", "b"] }'),
        (
            {"then": "{}"},
            f"{WHERE}.then: it is empty; write one of matches, not-matches, one-of, none-of, within, "
            "outside, max-length, present, absent",
        ),
        (
            {"then": '{ one-of = "a", matches = "b" }'},
            f"{WHERE}.then: it has matches and one-of; a rule makes one check, so write two rules",
        ),
        (
            {"then": '{ oneof = ["a"] }'},
            f'unknown key "{WHERE}.then.oneof"; did you mean "one-of"?',
        ),
        (
            {"then": '{ covers = ["a"] }'},
            f'unknown key "{WHERE}.then.covers"; write within, for what must lie within these '
            "patterns",
        ),
        (
            {"then": "{ matches = '(a' }"},
            f"{WHERE}.then.matches: '(a' is no regular expression: missing ), unterminated "
            "subpattern at position 0",
        ),
        (
            {"then": r"{ not-matches = '(a)\1' }"},
            f"{WHERE}.then.not-matches: '(a)\\1' has \"\\1\" at position 3, which camlint doesn't "
            "support: it matches the whole text, and never goes back in it",
        ),
        (
            {"then": "{ one-of = [1.5] }"},
            f'{WHERE}.then.one-of[0]: it is 1.5; write a text, such as "ap-guangzhou"',
        ),
        ({"then": "{ within = [] }"}, f'{WHERE}.then.within: it is an empty list; write "cos:Get*", '
                                      "or several of the kind"),
        (
            {"then": "{ max-length = -1 }"},
            f"{WHERE}.then.max-length: it is -1; write a number of characters, such as 64",
        ),
        (
            {"then": "{ present = true }"},
            f"{WHERE}.then.present: it is true; name what must be there, seen from `given`: with "
            'given = "$.statement[*]", present = "sid"',
        ),
        (
            {"then": '{ absent = "a[" }'},
            f'{WHERE}.then.absent: "a[" is no JSONPath: something is missing at its end',
        ),
        (
            {"then": "{ absent = false }"},
            f'{WHERE}.then.absent: it is false; write a text, such as "principal" or true',
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_and_what_would_do(changed: dict[str, str | None], complaint: str) -> None:
    assert complaints(rule(**changed)) == [complaint]


def test_a_rule_that_is_wrong_may_still_be_named() -> None:
    text = 'select = ["ACME001"]\n' + rule(given='"$["')
    assert len(complaints(text)) == 1


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = rule(given='"$["', then="{ matches = '(' }", severity='"bad"')
    assert len(complaints(text + 'rule-files = "x"\n')) == 4


@pytest.mark.parametrize("word", ["code", "name"])
def test_no_two_rules_have_a_word_in_common(word: str) -> None:
    other = {"code": '"ACME002"', "name": '"acme-other"'}
    del other[word]
    (told,) = complaints(rule() + rule(**other))
    assert told.endswith("is taken by rules[0] (ACME001); choose another")


def test_rules_that_are_no_list_of_tables() -> None:
    assert complaints("[rules]\na = 1") == [
        "rules is a table of its own; write each rule as a table below a line [[rules]]"
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (None, "rule-files: a.rules.toml can't be read: No such file or directory"),
        ("rules = [", "rule-files: a.rules.toml is not valid TOML: "),
        ("[[rule]]\n", 'a.rules.toml: unknown key "rule"; did you mean "rules"?'),
        ('ignore = ["CAM1"]\n', 'a.rules.toml: unknown key "ignore"; a file of rules has only '
                                "[[rules]]"),
        (rule(given='"$["'), f'a.rules.toml: {WHERE}.given: "$[" is no JSONPath: something is '
                             "missing at its end"),
    ],
)  # fmt: skip
def test_files_of_rules_that_can_not_be_used(text: str | None, complaint: str) -> None:
    if text is not None:
        Path("a.rules.toml").write_text(text, "utf-8")
    (told,) = complaints('rule-files = ["a.rules.toml"]')
    assert told.startswith(complaint)


def test_names_of_files_that_are_none() -> None:
    assert complaints("rule-files = [1]") == [
        'rule-files is a list; write a list, such as ["security.rules.toml"]'
    ]


def test_braces_that_are_no_placeholder_are_left_alone() -> None:
    config = read(rule(message=json.dumps("{value} isn't ${uin} or {1}")))
    assert config.registry is not None
