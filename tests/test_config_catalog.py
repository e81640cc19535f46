"""Facts of the user's own: how they are stated, what they change, and what is said of slips."""

import json
from pathlib import Path

import pytest

from camlint.catalog.catalog import Catalog
from camlint.config import Config, ConfigError, read_config
from camlint.engine import Engine
from camlint.registry import load_registry
from camlint.rule import Context
from camlint.selection import Selection
from camlint.settings import ActionFacts, ServiceFacts, Settings

REGISTRY = load_registry()
SDKAPPID = "qcs::trtc::uin/${uin}:sdkappid/${SdkAppId}"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(text: str, name: str = "camlint.toml") -> Config:
    Path(name).write_text(text, "utf-8")
    config = read_config(str(Path(name).resolve()), REGISTRY)
    assert config is not None
    return config


def additions(text: str) -> tuple[ServiceFacts, ...]:
    _, settings = read(text).resolve((), Selection())
    return settings.additions


def catalog(text: str) -> Catalog:
    return Catalog(additions(text))


def complaints(text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        read(text)
    return str(raised.value).replace("camlint.toml: ", "").split("\n")


def test_facts_are_read_as_stated() -> None:
    assert additions(
        """
        [catalog.services.mine]
        name = "My Service"
        [catalog.services.mine.actions]
        FlyHome = { level = "write", resource-level = true, resources = ["qcs::mine:::kite/*"] }
        """
    ) == (
        ServiceFacts(
            "mine", "My Service", (ActionFacts("FlyHome", "write", True, ("qcs::mine:::kite/*",)),)
        ),
    )


def test_a_configuration_without_facts_adds_none() -> None:
    assert additions('select = ["CAM210"]') == ()
    assert additions("[catalog]") == ()


def test_facts_in_pyproject() -> None:
    config = read('[tool.camlint.catalog.services.mine]\nname = "Mine"', "pyproject.toml")
    _, settings = config.resolve((), Selection())
    assert settings.additions == (ServiceFacts("mine", "Mine"),)


def test_a_service_of_ones_own() -> None:
    mine = catalog(
        """
        [catalog.services.mine]
        name = "My Service"
        [catalog.services.mine.actions]
        FlyHome = { resource-level = true, resources = ["qcs::mine:${region}:uin/${uin}:kite/${kiteId}"] }
        DescribeKites = {}
        GetKiteList = {}
        """
    )
    service = mine.service("mine")
    assert service.known
    assert service.title == "My Service"
    assert service.types == ("kite",)
    assert service.uses_region is True
    assert {one.name: one.level for one in service.actions} == {
        "DescribeKites": "read",
        "FlyHome": "write",
        "GetKiteList": "list",
    }
    assert [one.origins for one in service.actions] == [("configuration",)] * 3
    assert mine.resource_level("mine", "FlyHome") is True
    assert mine.resource_level("mine", "DescribeKites") is None
    assert "mine" in mine.index
    assert mine.suggest_service("minee") is not None
    found = mine.suggest_action("mine", "FlyHom")
    assert found is not None
    assert found.only == "FlyHome"
    assert mine.matching("min*", "Fly*", every_service=True) == (service.find("FlyHome"),)


def test_an_action_that_the_catalogue_lacks() -> None:
    added = catalog("[catalog.services.trtc.actions]\nStartNewThing = { resource-level = false }")
    trtc = added.service("trtc")
    assert len(trtc) == 144
    assert trtc.well_covered
    assert "StartNewThing" in trtc.operation_level
    assert trtc.operations == tuple(sorted(trtc.operations))
    assert added.find_action("trtc", "DismissRoom") is not None


def test_a_stated_granularity_ends_a_dispute() -> None:
    assert Catalog().resource_level("trtc", "GetUserList") is None
    added = catalog("[catalog.services.trtc.actions]\nGetUserList = { resource-level = true }")
    action = added.find_action("trtc", "GetUserList")
    assert action is not None
    assert (action.settled, action.conflict, action.confidence) == (True, False, "high")
    assert action.level == "list"
    assert action.origins[-1] == "configuration"


def test_a_granularity_that_is_overridden_loses_its_resources() -> None:
    added = catalog("[catalog.services.trtc.actions]\nDismissRoom = { resource-level = false }")
    action = added.find_action("trtc", "DismissRoom")
    assert action is not None
    assert (action.settled, action.templates) == (False, ())


def test_a_level_alone_leaves_the_rest() -> None:
    added = catalog('[catalog.services.trtc.actions]\nDismissRoom = { level = "permissions" }')
    action, before = (
        added.find_action("trtc", "DismissRoom"),
        Catalog().find_action("trtc", "DismissRoom"),
    )
    assert action is not None
    assert before is not None
    assert action.level == "permissions"
    assert action.settled is before.settled is True
    assert action.templates == before.templates


def test_added_resources_count_for_the_service_that_they_name() -> None:
    added = catalog('[catalog.services.mine.actions]\nFly = { resources = ["qcs::cdb:::kite/*"] }')
    assert "kite" in added.service("cdb").types
    assert "instanceId" in added.service("cdb").types
    assert added.goes_with("mine", "cdb")
    assert not added.goes_with("mine", "cos")


def test_the_built_in_catalogue_stays_as_it_is() -> None:
    catalog("[catalog.services.trtc.actions]\nStartNewThing = {}").service("trtc")
    assert len(Catalog().service("trtc")) == 143


def test_files_of_facts_come_first() -> None:
    facts = {"services": {"mine": {"actions": {"Fly": {"level": "read"}, "Land": {}}}}}
    Path("facts.json").write_text(json.dumps(facts), "utf-8")
    mine = catalog(
        """
        [catalog]
        files = ["facts.json"]
        [catalog.services.mine.actions]
        Fly = { level = "tagging" }
        """
    ).service("mine")
    assert {one.name: one.level for one in mine.actions} == {"Fly": "tagging", "Land": "write"}


def test_rules_see_the_facts() -> None:
    facts = (ServiceFacts("mine", "My Service"),)
    settings = Settings(additions=facts)
    assert Context(settings=settings).catalog.find_service("mine")
    assert Context().catalog.find_service("mine") is None
    assert Engine(REGISTRY, Selection(), settings) is not None
    assert settings == Settings(additions=facts)
    assert hash(settings) == hash(Settings(additions=(ServiceFacts("mine", "My Service"),)))
    assert settings != Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("catalog = 3", "catalog is 3; it must be a table"),
        ("[catalog]\nservice = 1", 'unknown key "catalog.service"; did you mean "services"?'),
        ("[catalog]\nservices = 1", "catalog.services is 1; write a table of services"),
        (
            '[catalog]\nfiles = "x.json"',
            'catalog.files is "x.json"; write a list, such as ["cam-facts.json"]',
        ),
        (
            '[catalog]\nfiles = ["none.json"]',
            "catalog.files: none.json can't be read: No such file or directory",
        ),
        (
            "[catalog.services.TRTC]",
            "catalog.services.TRTC: the prefix of a service is of lower-case letters and digits",
        ),
        (
            "[catalog.services]\ntrtc = 1",
            'catalog.services.trtc is 1; write a table, such as { name = "My Service" }',
        ),
        (
            "[catalog.services.trtc]\naction = {}",
            'unknown key "catalog.services.trtc.action"; did you mean "actions"?',
        ),
        (
            "[catalog.services.trtc]\nname = 1",
            "catalog.services.trtc.name is 1; write a text",
        ),
        (
            '[catalog.services.trtc]\nactions = ["Fly"]',
            "catalog.services.trtc.actions is a list; write a table, such as "
            '{ Name = { level = "write", resource-level = true } }',
        ),
        (
            '[catalog.services.trtc.actions]\n"trtc:Fly" = {}',
            "catalog.services.trtc.actions.trtc:Fly: name one action, without its service and "
            "without wildcards",
        ),
        (
            "[catalog.services.trtc.actions]\nFly = 1",
            "catalog.services.trtc.actions.Fly is 1; write a table, such as "
            '{ level = "write", resource-level = true }',
        ),
        (
            '[catalog.services.trtc.actions]\nFly = { level = "writes" }',
            'catalog.services.trtc.actions.Fly.level is "writes"; write list, read, write, '
            "permissions or tagging",
        ),
        (
            '[catalog.services.trtc.actions]\nFly = { resource-level = "yes" }',
            'catalog.services.trtc.actions.Fly.resource-level is "yes"; write true or false',
        ),
        (
            "[catalog.services.trtc.actions]\nFly = { resource_level = true }",
            'unknown key "catalog.services.trtc.actions.Fly.resource_level"; did you mean '
            '"resource-level"?',
        ),
        (
            "[catalog.services.trtc.actions]\nFly = { resources = [] }",
            "catalog.services.trtc.actions.Fly.resources is an empty list; write a list of resources "
            "in six segments",
        ),
        (
            '[catalog.services.trtc.actions]\nFly = { resources = ["*"] }',
            'catalog.services.trtc.actions.Fly.resources[0] is "*"; write the six segments '
            "qcs::service:region:account:resource",
        ),
        (
            '[catalog.services.trtc.actions]\nFly = { resource-level = false, resources = ["qcs::a:::b/*"] }',
            "catalog.services.trtc.actions.Fly has resources, and resource-level = false says that "
            "it has none",
        ),
    ],
)
def test_slips_are_told_with_their_place_and_the_way_out(text: str, said: str) -> None:
    assert complaints(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "catalog.files: facts.json is not valid JSON: "),
        ("\x00", "catalog.files: facts.json is not valid JSON: "),
        ("[" * 100_000, "catalog.files: facts.json is not valid JSON: "),
        ("[]", "catalog.files: facts.json holds an empty list; it must be "),
        ('{"service": {}}', 'unknown key "facts.json: service"; did you mean "services"?'),
        (
            '{"services": {"trtc": {"actions": {"Fly": {"level": null, "x": 1}}}}}',
            'unknown key "facts.json: services.trtc.actions.Fly.x"; the keys are level, ',
        ),
    ],
)
def test_slips_in_files_are_told_with_their_names(text: str, said: str) -> None:
    Path("facts.json").write_text(text, "utf-8")
    (complaint,) = complaints('[catalog]\nfiles = ["facts.json"]')
    assert complaint.startswith(said)
