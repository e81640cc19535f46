"""Packs that are installed beside camlint: found by name, read whole, and refused when unfit."""

from collections.abc import Callable
from pathlib import Path

import pytest

from camlint.config import ConfigError, read_config
from camlint.finding import Severity
from camlint.packs import read_pack
from camlint.registry import BUILT_IN_NAME, PackError, Registry, load_registry
from camlint.selection import Selection

InstallPack = Callable[..., None]

BUILT_IN = load_registry()


def added(*packs: str) -> list[tuple[str, str, str]]:
    """Code, name and pack of each rule that packs add to the built-in ones."""
    return [
        (entry.code, entry.name, entry.pack)
        for entry in load_registry(packs).entries
        if entry.pack or entry.code not in {one.code for one in BUILT_IN.entries}
    ]


def refusal(*packs: str) -> str:
    with pytest.raises(PackError) as raised:
        load_registry(packs)
    return str(raised.value)


def test_the_rules_of_a_pack_stand_among_the_built_in_ones(install_pack: InstallPack) -> None:
    install_pack(
        "acme",
        "acme_one",
        {
            "deleting": ("ACME002", "deleting"),
            "below/also": ("ACME001", "also"),
            "notes": ("", "LIMIT = 1"),
            "again": ("", "from acme_one.deleting import check"),
        },
    )
    assert added("acme") == [("ACME001", "also", "acme"), ("ACME002", "deleting", "acme")]
    registry = load_registry(("acme", BUILT_IN_NAME, "acme"))
    assert [entry.code for entry in registry.entries] == sorted(
        [entry.code for entry in BUILT_IN.entries] + ["ACME001", "ACME002"]
    )
    found = registry.find("also")
    assert found is not None
    assert (found.severity, found.visits, found.summary) == (
        Severity.WARNING,
        "ActionPattern",
        "An action deletes objects.",
    )
    assert registry.rule("ACME001").name == "also"
    pack = read_pack("acme")
    assert (pack.distribution, pack.version) == ("acme-pack", "1.2")


def test_an_index_is_read_instead_of_the_modules(install_pack: InstallPack) -> None:
    row = (
        '("ACME001", "deleting", "note", "low", False, ("identity",), "ActionPattern", '
        '"acme_two.deleting", (), "From the index.")'
    )
    install_pack(
        "acme",
        "acme_two",
        {"deleting": ("ACME001", "deleting"), "broken": ("", "raise ValueError")},
        index=f"ENTRIES = ({row},)",
    )
    entry = load_registry(("acme",)).find("ACME001")
    assert entry is not None
    assert (entry.summary, entry.severity, entry.when) == ("From the index.", Severity.NOTE, 0)


@pytest.mark.parametrize("index", ["ENTRIES = (1,)", "ENTRIES = (('ACME001',),)", "OTHER = ()"])
def test_an_index_that_cannot_be_read(install_pack: InstallPack, index: str) -> None:
    install_pack("acme", "acme_three", {}, index=index)
    assert refusal("acme").startswith('the index of the pack "acme" can\'t be read (')


def test_a_pack_that_is_not_installed(install_pack: InstallPack) -> None:
    assert refusal("acme").startswith(
        'no pack called "acme" is installed where camlint runs, nor any other; install the package '
        "that has it there: "
    )
    assert refusal("acme").endswith(" -m pip install …")
    install_pack("acme", "acme_four", {"deleting": ("ACME001", "deleting")})
    install_pack("zeta", "zeta_four", {"deleting": ("ZETA001", "deleting-too")})
    assert ", only acme and zeta; install" in refusal("other")
    assert refusal("acmee").endswith('is installed where camlint runs; did you mean "acme"?')


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"a": ("CAM999", "a")}, "has the code CAM999, but codes that begin with CAM are those of"),
        ({"a": ("CAMPUS1", "a")}, "has the code CAMPUS1, but codes that begin with CAM"),
        ({"a": ("acme1", "a")}, 'has the code "acme1"; a code is capital letters and then digits'),
        ({"a": ("ACME1", "A Name")}, 'has the name "A Name"; a name is words in lower case'),
        (
            {"a": ("ACME1", "a"), "b": ("ACME1", "b")},
            'the pack "acme" has two rules of the code ACME1; only one can be meant by it',
        ),
        (
            {"a": ("ACME1", "wildcard-action")},
            'the pack "acme" and camlint itself both have a rule of the name wildcard-action; '
            "whoever maintains the pack has to rename it",
        ),
        ({"a": ("", "check = 1")}, 'the pack "acme" has no rules'),
        ({"a": ("", "import nothing_of_the_kind")}, "importing acme_five.a fails: ModuleNotFound"),
        ({"a": ("", "1 / 0")}, "importing acme_five.a fails: ZeroDivisionError: division by zero"),
    ],
)
def test_a_pack_that_cannot_be_used(
    install_pack: InstallPack, rules: dict[str, tuple[str, str]], told: str
) -> None:
    install_pack("acme", "acme_five", rules)
    assert told in refusal("acme")


def test_two_packs_with_a_rule_of_the_same_code(install_pack: InstallPack) -> None:
    install_pack("acme", "acme_six", {"a": ("ACME001", "a")})
    install_pack("zeta", "zeta_six", {"b": ("ACME001", "b")})
    assert refusal("acme", "zeta") == (
        'the pack "zeta" and the pack "acme" both have a rule of the code ACME001; leave one of '
        "the two packs out"
    )


def test_two_packages_with_a_pack_of_the_same_name(install_pack: InstallPack) -> None:
    install_pack("acme", "acme_seven", {"a": ("ACME001", "a")})
    install_pack("acme", "acme_eight", {"b": ("ACME002", "b")}, distribution="other-pack")
    told = refusal("acme")
    assert told.startswith('several installed packages have a pack "acme": ')
    assert "acme-pack" in told
    assert "other-pack" in told


def read(text: str) -> tuple[Registry | None, Selection]:
    Path("camlint.toml").write_text(text, "utf-8")
    config = read_config(str(Path("camlint.toml").resolve()), BUILT_IN)
    assert config is not None
    return config.registry, config.resolve((), Selection())[0]


def complaint(text: str) -> ConfigError:
    with pytest.raises(ConfigError) as raised:
        read(text)
    return raised.value


def test_a_configuration_may_mean_the_rules_of_its_packs(
    install_pack: InstallPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    install_pack("acme", "acme_nine", {"deleting": ("ACME001", "deleting")})
    registry, selection = read(
        'select = ["acme"]\nignore = ["deleting"]\nseverity = { ACME001 = "error" }\n'
        'packs = ["acme"]'
    )
    assert registry is not None
    assert registry.find("ACME001") is not None
    assert (selection.select, selection.ignore) == (("ACME",), ("deleting",))
    assert read('ignore = ["CAM1"]')[0] is None


def test_what_is_wrong_with_packs_is_told(
    install_pack: InstallPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    install_pack("acme", "acme_ten", {"deleting": ("ACME001", "deleting")})
    for text, told in (
        ('packs = "acme"', 'packs is "acme"; write a list of the names of installed packs'),
        ('packs = ["acme", 1]', "packs is a list; write a list of the names of installed packs"),
        ('packs = [""]', "packs is a list; write a list of the names of installed packs"),
        ('packs = ["acne"]', 'packs: no pack called "acne" is installed where camlint runs; did'),
    ):
        error = complaint(text)
        assert str(error).startswith(f"camlint.toml: {told}")
        assert error.registry is None
    assert str(complaint('select = ["ACME001"]')).startswith("camlint.toml: select: no rule is")
    assert complaint('packs = ["acme"]\nselect = ["NONE"]').registry is not None
