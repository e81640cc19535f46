"""The escalation paths: each names actions that exist, tells what they do, and says where that stands."""

import pytest

from camlint.catalog.catalog import Catalog
from camlint.catalog.risks import EVERYTHING, TAGS_DECIDE, EscalationPath
from camlint.finding import Confidence, Severity
from camlint.patterns import split_resource

CATALOG = Catalog()
RISKS = CATALOG.risks
each_path = pytest.mark.parametrize("path", RISKS.paths, ids=lambda path: path.id)


def test_there_is_a_path_in_every_family() -> None:
    assert {path.family for path in RISKS.paths} == set(RISKS.families)
    assert len(RISKS.paths) >= 25
    assert len({path.id for path in RISKS.paths}) == len(RISKS.paths)


@each_path
def test_each_action_of_a_path_exists_and_is_sensitive(path: EscalationPath) -> None:
    for need in path.needs:
        assert need.actions
        assert need.inferred < set(need.actions)
        for qualified in need.actions:
            action = CATALOG.find_action(*qualified.split(":"))
            assert action is not None, qualified
            assert path.family in action.groups, qualified


@each_path
def test_a_path_reaches_resources_that_can_be_written(path: EscalationPath) -> None:
    for need in path.needs:
        for resource in need.resources:
            six = split_resource(resource)
            assert resource == EVERYTHING or six is not None
            if six is not None:
                assert six.resource_type.text in CATALOG.service(six.service.text).types
        if need.resources == (EVERYTHING,) and not need.anywhere:
            levels = {CATALOG.resource_level(*one.split(":")) for one in need.actions}
            assert True not in levels or path.part_of_product, "could be limited: say to what"


@each_path
def test_a_path_is_told_in_words(path: EscalationPath) -> None:
    texts = [path.outcome, path.lets, path.way_out, path.consequence, *path.then]
    texts += [one.says for one in path.needs]
    for text in texts:
        assert text
        assert text[0].islower() or text.startswith("AdministratorAccess")
        assert not text.endswith(".")
    assert path.title[0].isupper()
    assert path.where in {"", TAGS_DECIDE}


@each_path
def test_a_path_is_as_sure_as_its_pages(path: EscalationPath) -> None:
    assert Severity(path.severity) is not Severity.NOTE
    assert Confidence(path.confidence) is not Confidence.LOW
    assert path.references
    for page in path.references:
        assert page.startswith(("https://cloud.tencent.com/", "https://www.tencentcloud.com/"))


def test_the_worst_paths_come_first() -> None:
    families = list(dict.fromkeys(path.family for path in RISKS.paths))
    assert families[0] == "policy-edits"
    assert families[-1] == "tags"
    assert RISKS.paths[0].outcome == "become administrator"


def test_patterns_stand_for_the_actions_of_paths() -> None:
    assert RISKS.matching("cam:PassRole") == ("cam:PassRole",)
    assert RISKS.matching("cam:PassRoles") == ()
    assert RISKS.matching("sts:*") == ("sts:AssumeRole",)
    assert set(RISKS.matching("cam:Attach*Policy")) == {
        "cam:AttachGroupPolicy",
        "cam:AttachGroupsPolicy",
        "cam:AttachRolePolicy",
        "cam:AttachRolesPolicy",
        "cam:AttachUserPolicy",
        "cam:AttachUsersPolicy",
    }
    assert RISKS.matching("trtc:*") == ()


def test_nothing_is_found_that_is_no_path() -> None:
    assert RISKS.find("become-root") is None


def test_each_group_has_kinds_that_say_what_they_let_people_do() -> None:
    groups = set(CATALOG.sensitive_groups)
    assert set(RISKS.groups) == groups - set(RISKS.families)
    assert {kind.group for kind in RISKS.kinds} == set(RISKS.groups)
    for kind in RISKS.kinds:
        assert kind.lets
        assert kind.lets[0].islower()
        assert not kind.lets.endswith(".")


def test_each_action_of_a_group_is_of_one_kind() -> None:
    for group in RISKS.groups:
        actions = [one for kind in RISKS.kinds if kind.group == group for one in kind.actions]
        assert sorted(actions) == sorted(CATALOG.sensitive_groups[group])
        assert len(set(actions)) == len(actions)
