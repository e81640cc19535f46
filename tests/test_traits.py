"""What rules ask for in ``when`` only spares work: without it they say the same."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from camlint.catalog.catalog import Catalog
from camlint.engine import Engine, FileResult
from camlint.examples import read_example
from camlint.kinds import Kind
from camlint.patterns import split_resource
from camlint.policy.elements import ResourcePattern
from camlint.registry import Entry, Registry, load_registry
from camlint.rule import Bad, Context, Good, Trait
from camlint.selection import Selection
from camlint.settings import NOTHING_STATED
from camlint.source import Source, read_source
from camlint_rules.resource.invalid_instance_id import OWN

REGISTRY = load_registry()
CAREFREE = Registry(
    tuple(
        Entry(
            one.code,
            one.name,
            one.severity.value,
            one.confidence.value,
            one.strict,
            tuple(kind.value for kind in one.kinds),
            one.visits,
            one.module,
            one.supersedes,
            one.summary,
            demand=one.demand,
        )
        for one in REGISTRY.entries
    )
)
FOLDERS = [Path(__file__).parent / "policies", os.environ.get("CAMLINT_CORPUS", "")]


def said(result: FileResult) -> list[tuple[str, str, str]]:
    return [(one.code, one.pointer, one.message) for one in result.diagnostics]


def engines() -> tuple[Engine, Engine]:
    selection = Selection(strict=True)
    return (
        Engine(REGISTRY, selection, NOTHING_STATED),
        Engine(CAREFREE, selection, NOTHING_STATED),
    )


def test_some_rules_ask_for_traits() -> None:
    assert sum(1 for one in REGISTRY.entries if one.when) > 10


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if folder], ids=str)
def test_traits_hide_nothing_in_policies(folder: str | Path) -> None:
    quick, careful = engines()
    for path in sorted(Path(folder).rglob("*.json")):
        source = read_source(str(path), path.name)
        assert said(quick.lint(source)) == said(careful.lint(source)), path.name


def resources() -> Iterator[str]:
    """Every resource of six segments in the examples of all rules."""
    for entry in REGISTRY.entries:
        rule = REGISTRY.rule(entry.code)
        examples: list[Bad | Good] = [*rule.bad, *rule.good]
        for example in examples:
            yield from re.findall(r'"(qcs:[^"\\]*)"', read_example(example).text)


def test_id_and_account_make_no_difference_to_rules_that_say_so() -> None:
    rules = [one for one in REGISTRY.entries if one.when & Trait.UNPROVEN]
    context = Context(
        Kind.IDENTITY, kind_known=False, settings=NOTHING_STATED, strict=True, catalog=Catalog()
    )
    tried = {"id": 0, "account": 0}
    for text in sorted(set(resources())):
        six = split_resource(text)
        if six is None:
            continue
        others: dict[str, str] = {}
        if six.resource_id is not None:
            others["id"] = text[: six.id_start] + "*another/1"
        if re.fullmatch("(uin|uid)/[0-9]+", six.account.text):
            head, tail = text[: six.account.start + 4], text[six.account.end :]
            others["account"] = f"{head}100000000009{tail}"
        for entry in rules:
            finds = [*REGISTRY.rule(entry.code).check(read_resource(text), context)]
            for what, other in others.items():
                again = [*REGISTRY.rule(entry.code).check(read_resource(other), context)]
                assert bool(again) == bool(finds), (entry.code, text, other)
                tried[what] += bool(finds)
    assert min(tried.values()) >= len(rules)


def read_resource(text: str) -> ResourcePattern:
    return ResourcePattern(text, (), split_resource(text))


def test_traits_hide_nothing_in_examples() -> None:
    quick, careful = engines()
    for entry in REGISTRY.entries:
        rule = REGISTRY.rule(entry.code)
        examples: list[Bad | Good] = [*rule.bad, *rule.good]
        for example in examples:
            source = Source("policy.json", read_example(example).text)
            assert said(quick.lint(source)) == said(careful.lint(source)), entry.code


@pytest.mark.parametrize("service", sorted(Catalog().index.sdkappid))
def test_resources_of_products_with_applications_are_told_apart(service: str) -> None:
    for text in (f"qcs::{service}:::sdkappid/1400", f"qcs::{service.upper()}:::anything"):
        six = split_resource(text)
        assert six is not None and six.traits & Trait.APPLICATION, text


@pytest.mark.parametrize("service", sorted({"cdb", *(service for service, _ in OWN)}))
def test_resources_whose_ids_tell_what_they_are_of_are_told_apart(service: str) -> None:
    six = split_resource(f"qcs::{service}:::instance/x")
    assert six is not None and six.traits & Trait.INSTANCE


def test_traits_hide_nothing_that_stands_for_all_of_a_kind() -> None:
    with_traits, without = engines()
    sensitive = [*_sensitive()]
    assert len(sensitive) > 200
    for action, tail in sensitive:
        service = action.partition(":")[0]
        for resource in {tail, tail.split("*")[0] + "*", tail[:3] + "*"}:
            text = (
                f'{{"version": "2.0", "statement": [{{"effect": "allow", "action": "{action}", '
                f'"resource": "qcs::{service}:::{resource}"}}]}}'
            )
            source = Source("policy.json", text)
            assert said(with_traits.lint(source)) == said(without.lint(source)), text


def _sensitive() -> Iterator[tuple[str, str]]:
    """Each sensitive action with the ends of the resources that it can have, ids left open."""
    catalog = Catalog()
    needs = [need for path in catalog.risks.paths for need in path.needs]
    for need in needs:
        for action in need.actions:
            for wanted in need.resources:
                yield action, wanted.split(":", 5)[-1]
    for action in sorted({one for kind in catalog.risks.kinds for one in kind.actions}):
        service, _, operation = action.partition(":")
        found = catalog.service(service).find(operation)
        for template in found.templates if found else ():
            yield action, re.sub(r"\$?\{[^}]*\}|<[^>]*>", "*", template.tail)
