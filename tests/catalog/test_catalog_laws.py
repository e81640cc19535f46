"""What must hold of all the catalogue's data, whatever is added to it."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import camlint.catalog
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog
from camlint.catalog.template import ResourceTemplate

DATA = Path(camlint.catalog.__path__[0]) / "data"
CATALOG = Catalog()
LEVELS = {"list", "read", "write", "permissions", "tagging"}
ORIGINS = {"cam-enabled-api", "product-docs", "sdk", "cloudaudit", "doc-example"}


def every_action() -> Iterator[Action]:
    for prefix in CATALOG.index.prefixes:
        yield from CATALOG.service(prefix).actions


def test_index_and_files_name_the_same_services() -> None:
    assert sorted(path.stem for path in (DATA / "services").iterdir()) == sorted(
        CATALOG.index.prefixes
    )


def test_files_are_small_enough_for_the_wheel() -> None:
    assert sum(path.stat().st_size for path in DATA.rglob("*.json")) < 3_000_000


def test_index_counts_what_the_services_hold() -> None:
    for entry in CATALOG.index.entries:
        service = CATALOG.service(entry.prefix)
        actions = service.actions
        assert entry.actions == len(actions)
        assert entry.documented == service.documented == sum(one.documented for one in actions)
        assert entry.scoped == sum(one.resource_level is not None for one in actions)
        assert entry.title == service.title


def test_actions_are_described_in_known_words() -> None:
    for action in every_action():
        assert action.level in LEVELS, action
        assert action.origins, action
        assert set(action.origins) <= ORIGINS, action
        assert re.fullmatch(r"[A-Za-z0-9_]+", action.name), action
        if action.templates:
            assert action.resource_level is True, action
        if action.conflict or action.inferred:
            assert action.resource_level is not None, action


def test_every_template_has_six_segments_and_a_known_form() -> None:
    for action in every_action():
        for template in action.templates:
            assert len(template.text.split(":", 5)) == 6
            assert template.account_form in {"uin", "uid", ""}, template
            assert template.region in {"", "${region}"}, template
            assert "$" not in template.pattern, template
            assert template in CATALOG.service(template.service).templates or (
                template.service not in CATALOG.index
            ), template


def test_types_are_those_of_the_templates() -> None:
    for prefix in CATALOG.index.prefixes:
        service = CATALOG.service(prefix)
        assert set(service.types) == {one.type for one in service.templates} - {""}


def test_every_sensitive_action_is_known_and_knows_its_groups() -> None:
    groups = CATALOG.sensitive_groups
    assert len(groups) == 15
    assert len({one for actions in groups.values() for one in actions}) == 339
    for group, actions in groups.items():
        for qualified in actions:
            action = CATALOG.find_action(*qualified.split(":"))
            assert action is not None, qualified
            assert group in action.groups
    marked = {one.qualified for one in every_action() if one.groups}
    assert marked == {one for actions in groups.values() for one in actions}


def test_related_and_paired_services_exist_or_are_products() -> None:
    index = CATALOG.index
    known = {*index.prefixes, *index.renamed, "*"}
    for prefixes in (*index.renamed.values(), *index.related.values()):
        assert set(prefixes) <= set(index.prefixes)
    assert {cloud for cloud, _ in index.foreign.values()} == {"AWS", "Alibaba Cloud"}
    assert {ours for _, ours in index.foreign.values()} <= set(index.prefixes)
    assert not set(index.renamed) & set(index.prefixes)
    assert not set(index.foreign) & set(index.prefixes)
    for action_service in ("tke", "tat", "ci"):
        assert any(index.goes_with(action_service, other) for other in known - {action_service})


@pytest.mark.parametrize("prefix", ["cam", "trtc", "cos"])
@given(st.text("DescribeCtolu*", max_size=12))
def test_patterns_catch_what_a_plain_scan_catches(prefix: str, pattern: str) -> None:
    service = CATALOG.service(prefix)
    caught = [action.name for action in service.matching(pattern)]
    assert caught == [name for name in service.operations if fnmatchcase(name, pattern)]
    lower = [action.name for action in service.matching(pattern, any_case=True)]
    assert lower == [
        name for name in service.operations if fnmatchcase(name.lower(), pattern.lower())
    ]


def test_settled_granularity_is_the_documented_one_or_none() -> None:
    for action in every_action():
        assert action.settled in (action.resource_level, None)
        assert CATALOG.resource_level(action.service, action.name) is action.settled
        disputed = action.conflict and "cam-enabled-api" not in action.origins
        assert (action.settled is None) == (action.resource_level is None or disputed)


def test_data_files_say_what_they_were_made_of() -> None:
    heads = {
        json.dumps([table["format"], table["date"], table["packages"]])
        for table in (json.loads(path.read_text("utf-8")) for path in DATA.rglob("*.json"))
    }
    (head,) = heads
    form, date, packages = json.loads(head)
    assert form == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", date)
    assert set(packages) == {"tccli", "tccli-intl-en"}


@pytest.mark.parametrize("text", ["*", "qcs::cvm:instance/x", "arn:aws:s3:::b/*"])
def test_what_is_no_resource_is_no_template(text: str) -> None:
    with pytest.raises(ValueError, match="six segments"):
        ResourceTemplate(text)
