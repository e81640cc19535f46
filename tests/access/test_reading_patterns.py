"""The patterns that keep what reads of a product, held against the whole catalogue."""

import pytest

from camlint.access.reading_patterns import MOST_PATTERNS, VERBS, keep_reading
from camlint.catalog.action import Action
from camlint.catalog.catalog import Catalog

CATALOG = Catalog()
CREDENTIALS = frozenset(
    action
    for kind in CATALOG.risks.kinds
    if kind.group == "credentials" and not kind.mild
    for action in kind.actions
)


def kept(prefix: str) -> set[Action]:
    patterns = keep_reading(prefix, CATALOG)
    return {one for pattern in patterns for one in CATALOG.matching(prefix, pattern)}


def test_no_pattern_of_any_product_stands_for_more_than_reading() -> None:
    for prefix in CATALOG.index.prefixes:
        assert all(one.reads and one.qualified not in CREDENTIALS for one in kept(prefix)), prefix


def test_the_patterns_leave_out_nothing_that_plainly_reads() -> None:
    for prefix in CATALOG.index.prefixes:
        if keep_reading(prefix, CATALOG):
            missing = {
                one.qualified
                for one in set(CATALOG.service(prefix).actions) - kept(prefix)
                if one.reads and one.verb in VERBS
            }
            assert missing <= CREDENTIALS, prefix


def test_most_products_have_a_few_patterns() -> None:
    sizes = [len(keep_reading(prefix, CATALOG)) for prefix in CATALOG.index.prefixes]
    assert max(sizes) <= MOST_PATTERNS
    assert sum(1 for size in sizes if size) > 0.7 * len(sizes)


@pytest.mark.parametrize(
    ("prefix", "patterns"),
    [
        ("tag", ("Describe*", "Get*")),
        ("cos", ("Describe*", "Get*", "Head*", "List*", "OptionsObject")),
        ("ssm", ("Describe*", "List*", "GetRegions", "GetServiceStatus")),
        ("sts", ("GetCallerIdentity", "QueryApiKey")),
        ("trtc", ()),
        ("nosuchservice", ()),
    ],
)
def test_patterns_come_before_names_and_keep_off_credentials(
    prefix: str, patterns: tuple[str, ...]
) -> None:
    assert keep_reading(prefix, CATALOG) == patterns
