"""Which configuration holds for which file, and how it reads when something in it is wrong."""

from pathlib import Path

import pytest

from camlint.config import NO_CONFIG, Config, ConfigError, Configs, read_config
from camlint.finding import Confidence, Severity
from camlint.registry import load_registry
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED, Settings

REGISTRY = load_registry()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(text: str, name: str = "camlint.toml") -> Config:
    path = Path(name).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    config = read_config(str(path), REGISTRY)
    assert config is not None
    return config


def resolve(
    config: Config, path: str = "a.json", asked: Selection | None = None
) -> tuple[Selection, Settings]:
    return config.resolve(config.matching(str(Path(path).resolve())), asked or Selection())


def complaints(text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        read(text)
    return str(raised.value).split("\n")


def test_every_key() -> None:
    selection, settings = resolve(
        read(
            """
            select = ["CAM2", "wildcard-action"]
            ignore = ["cam211"]
            severity = { CAM210 = "note", invalid-account = "error" }
            accounts = ["100032145678", 100032145679]
            trusted-accounts = ["100087654321"]
            sdkappids = [1400618273]
            """
        )
    )
    assert selection.select == ("CAM2", "wildcard-action")
    assert selection.ignore == ("CAM211",)
    assert selection.severity == {"CAM210": Severity.NOTE, "invalid-account": Severity.ERROR}
    assert settings == Settings(
        ("100032145678", "100032145679"), ("1400618273",), trusted_accounts=("100087654321",)
    )


def test_the_command_line_replaces_select_and_adds_to_ignore() -> None:
    config = read('select = ["CAM2"]\nignore = ["CAM211"]')
    asked = Selection(
        ("CAM0",),
        ("CAM001",),
        strict=True,
        min_severity=Severity.WARNING,
        min_confidence=Confidence.HIGH,
    )
    selection, _ = resolve(config, asked=asked)
    assert selection.select == ("CAM0",)
    assert selection.ignore == ("CAM211", "CAM001")
    assert selection.strict
    assert selection.min_severity is Severity.WARNING
    assert selection.min_confidence is Confidence.HIGH


OVERRIDES = """
ignore = ["CAM211"]
accounts = ["100032145678"]
severity = { CAM210 = "note" }

[[overrides]]
paths = ["legacy/**", "*.draft.json"]
ignore = ["CAM210"]
severity = { CAM208 = "note" }

[[overrides]]
paths = ["legacy/im"]
select = ["CAM0"]
accounts = []
sdkappids = ["1400618273"]
severity = { CAM208 = "error" }
"""


def test_overrides_hold_for_the_files_they_match() -> None:
    config = read(OVERRIDES)
    plain, _ = resolve(config, "new/a.json")
    assert (plain.select, plain.ignore) == (None, ("CAM211",))
    for path in ("legacy/a.json", "new/deep/a.draft.json"):
        legacy, settings = resolve(config, path)
        assert legacy.ignore == ("CAM211", "CAM210")
        assert legacy.severity == {"CAM210": Severity.NOTE, "CAM208": Severity.NOTE}
        assert settings.accounts == ("100032145678",)


def test_an_override_replaces_the_trusted_accounts() -> None:
    config = read(
        """
        trusted-accounts = ["100087654321"]

        [[overrides]]
        paths = ["sandbox"]
        trusted-accounts = []
        """
    )
    assert resolve(config)[1].trusted_accounts == ("100087654321",)
    assert resolve(config, "sandbox/a.json")[1].trusted_accounts == ()


def test_a_later_override_wins() -> None:
    selection, settings = resolve(read(OVERRIDES), "legacy/im/a.json")
    assert selection.select == ("CAM0",)
    assert selection.ignore == ("CAM211", "CAM210")
    assert selection.severity["CAM208"] is Severity.ERROR
    assert settings == Settings((), ("1400618273",))


def test_globs_are_relative_to_the_folder_of_the_configuration() -> None:
    config = read(OVERRIDES, "deep/camlint.toml")
    assert config.matching(str(Path("deep/legacy/a.json").resolve())) == (0,)
    assert config.matching(str(Path("legacy/a.json").resolve())) == ()


def test_the_nearest_configuration_above_a_file_holds() -> None:
    read('ignore = ["CAM1"]')
    read('ignore = ["CAM2"]', "deep/camlint.toml")
    configs = Configs(REGISTRY)

    def ignored(path: str) -> tuple[str, ...]:
        return configs.of(str(Path(path).resolve())).values.ignore

    assert ignored("a.json") == ("CAM1",)
    assert ignored("other/a.json") == ("CAM1",)
    assert ignored("deep/a.json") == ("CAM2",)
    assert ignored("deep/er/still/a.json") == ("CAM2",)


def test_a_configuration_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read('ignore = ["CAM1"]')
    configs = Configs(REGISTRY)
    first = configs.of(str(Path("deep/a.json").resolve()))
    Path("camlint.toml").unlink()
    assert configs.of(str(Path("deep/b.json").resolve())) is first


def test_the_own_file_wins_over_the_shared_one_beside_it() -> None:
    read('[tool.camlint]\nignore = ["CAM1"]', "pyproject.toml")
    shared = Configs(REGISTRY).of(str(Path("a.json").resolve()))
    assert shared.values.ignore == ("CAM1",)
    read('ignore = ["CAM2"]')
    own = Configs(REGISTRY).of(str(Path("a.json").resolve()))
    assert own.values.ignore == ("CAM2",)


@pytest.mark.parametrize(
    "text", ["", "[tool.other]\nkey = 1\n", "# camlint\n[project]\n", "tool = 1 # camlint"]
)
def test_a_shared_file_without_our_table_is_passed_over(text: str) -> None:
    read('ignore = ["CAM1"]')
    Path("deep").mkdir()
    Path("deep/pyproject.toml").write_text(text)
    assert Configs(REGISTRY).of(str(Path("deep/a.json").resolve())).values.ignore == ("CAM1",)


def test_without_a_file_nothing_is_said() -> None:
    config = Configs(REGISTRY, NO_CONFIG).of(str(Path("a.json").resolve()))
    selection, settings = resolve(config)
    assert (selection.select, selection.ignore, selection.severity) == (None, (), {})
    assert settings == NOTHING_STATED


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("ignroe = []", 'unknown key "ignroe"; did you mean "ignore"?'),
        (
            "extends = []",
            'unknown key "extends"; the keys are select, ignore, severity, accounts, '
            "trusted-accounts, sdkappids, forbid, forbid-on, no-public-access, overrides, packs, "
            "rules, rule-files, catalog, bundles",
        ),
        (
            'ignore = "CAM210"',
            'ignore is "CAM210"; write a list of codes or names of rules, such as ["CAM210"]',
        ),
        (
            'select = ["CAM210", 7]',
            'select[1] is 7; write a list of codes or names of rules, such as ["CAM210"]',
        ),
        (
            'ignore = ["CAM21O"]',
            'ignore: no rule is called "CAM21O"; did you mean "CAM210"?',
        ),
        (
            'severity = { partial-sdkapid = "note" }',
            'severity: no rule is called "partial-sdkapid"; did you mean "partial-sdkappid"?',
        ),
        (
            'severity = { CAM210 = "warn" }',
            'severity.CAM210 is "warn"; write error, warning or note',
        ),
        (
            'forbid = ["cam"]',
            'forbid: "cam" is no action; write a service and an operation, such as cam:* or '
            "cos:DeleteBucket, or * for every action",
        ),
        (
            'forbid = ["cam:*"]\nforbid-on = ["bucket"]',
            'forbid-on: "bucket" is no resource; write "*", or six segments such as '
            "qcs::cos:::examplebucket-1250000000/*",
        ),
        (
            'forbid-on = ["*"]',
            'forbid-on says on which resources, and nothing is forbidden; add forbid = ["cam:*"]',
        ),
        ('no-public-access = "yes"', 'no-public-access is "yes"; write true or false'),
        (
            'severity = "error"',
            'severity is "error"; it must be a table, such as { CAM210 = "error" }',
        ),
        (
            'accounts = "100032145678"',
            'accounts is "100032145678"; write a list, such as ["100000000001"]',
        ),
        (
            'accounts = ["uin/100032145678"]',
            'accounts[0] is "uin/100032145678"; write the digits of one number, such as '
            '"100000000001"',
        ),
        (
            'trusted_accounts = ["100087654321"]',
            'unknown key "trusted_accounts"; did you mean "trusted-accounts"?',
        ),
        (
            'trusted-accounts = ["uin/100087654321"]',
            'trusted-accounts[0] is "uin/100087654321"; write the digits of one number, such as '
            '"100000000001"',
        ),
        (
            "sdkappids = [1400618273, true]",
            'sdkappids[1] is true; write the digits of one number, such as "1400000001"',
        ),
        (
            "sdkappids = [1400618273.0]",
            'sdkappids[0] is 1400618273.0; write the digits of one number, such as "1400000001"',
        ),
        (
            "sdkappids = [-1]",
            'sdkappids[0] is -1; write the digits of one number, such as "1400000001"',
        ),
        (
            "accounts = [2026-11-23]",
            "accounts[0] is a date or a time; write the digits of one number, such as "
            '"100000000001"',
        ),
        (
            "[overrides]\npaths = []",
            "overrides is a table of its own; write each one as a table below a line [[overrides]]",
        ),
        (
            '[[overrides]]\nignore = ["CAM210"]',
            "overrides[0].paths is missing; name the files that the override is for, such as "
            'paths = ["terraform/**"]',
        ),
        (
            '[[overrides]]\npaths = ["a"]\n[[overrides]]\npath = ["b"]\npaths = ["b"]',
            'unknown key "overrides[1].path"; did you mean "paths"?',
        ),
        (
            '[[overrides]]\npaths = "legacy"',
            'overrides[0].paths is "legacy"; write a list of globs, such as ["terraform/**"]',
        ),
    ],
)
def test_what_is_wrong_and_what_would_do(text: str, complaint: str) -> None:
    assert complaints(text) == [f"camlint.toml: {complaint}"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    told = complaints('ignroe = []\nselect = "CAM210"\n')
    assert len(told) == 2


def test_text_that_is_not_toml() -> None:
    (told,) = complaints("ignore = []\nselect = [}\n")
    assert told.startswith("camlint.toml is not valid TOML: ")
    assert "(at line 2, column 11)" in told


def test_text_that_is_not_utf_8() -> None:
    Path("camlint.toml").write_bytes(b"# \xff")
    with pytest.raises(ConfigError, match=r"^camlint.toml is not valid TOML: "):
        read_config(str(Path("camlint.toml").resolve()), REGISTRY)


def test_a_configuration_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match=r"nowhere.toml can't be read: No such file"):
        read_config("nowhere.toml", REGISTRY)
