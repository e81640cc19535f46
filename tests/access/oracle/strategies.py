"""Statements that share services, resources, keys and values, so that they have to do with one another."""

from collections.abc import Sequence
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.catalog.service import Service
from camlint.kinds import Kind
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.settings import Settings
from oracle.blocks import (
    DERIVED_BLOCKS,
    NO_PREFIX,
    PLAIN_BLOCKS,
    QUALIFIERS,
    SETS,
    TESTS,
    TYPED,
    UNCLEAR,
    blocks,
    lines,
    on,
)
from oracle.evaluator import OPERATION_LEVEL, RESOURCE_LEVEL, TYPE, Plain

ROW = {"level": "write", "origins": ["cam-enabled-api"]}
TABLE = {
    "types": [TYPE],
    "actions": {
        OPERATION_LEVEL: {**ROW, "resource_level": False},
        RESOURCE_LEVEL: {**ROW, "resource_level": True},
    },
}
DEEP = 250
"""How many times as many cases the profile ``deep`` makes."""


class SmallCatalog(Catalog):
    """One service with one operation of either level and one type of resource."""

    def service(self, prefix: str) -> Service:
        return Service(prefix, TABLE if prefix == "tt" else None)


def cases(count: int, deep: int = DEEP) -> settings:
    """So many cases of a law in a usual run, and ``deep`` times as many in a deep one."""
    profile = settings.get_current_profile_name()
    return settings(max_examples=count * deep if profile == "deep" else count)


def read(statements: Sequence[Plain], kind: Kind = Kind.IDENTITY) -> Policy:
    """The policy that has these statements."""
    return read_policy({"version": "2.0", "statement": list(statements)}, kind)


def configure(stated: str | None) -> Settings:
    """Settings that say whose the policies are, or don't."""
    return Settings((stated.removeprefix("uin/"),) if stated else ())


def ask(
    statements: Sequence[Plain], stated: str | None = None, kind: Kind = Kind.IDENTITY
) -> Question:
    """The engine's question about these statements."""
    return Question((read(statements, kind),), configure(stated), SmallCatalog())


PLAIN_SEGMENTS = ("qcs::tt::uin/1:", "qcs::cos:ap-x:uin/1:", "qcs::tt:gz:uin/2:")
OPEN_SEGMENTS = (
    *PLAIN_SEGMENTS,
    "qcs::tt:::",
    "qcs:::::",
    "qcs::*:::",
    "qcs::tt:*:*:",
    "qcs::cos:::",
    "qcs::cos::uin/1:",
    "qcs::tt:jp::",
    "qcs::tt:ap-guangzhou:uin/2:",
    "qcs::tt:ap-*::",
)
PLAIN_TAILS = ("ty/a", "TY/a", "ty/*", "ty/a*", "t*", "a*b", "ty/ab")
OPEN_TAILS = (*PLAIN_TAILS, "*", "ty/${uin}", "ty/${uin}/a", "", "x/${uin}")
OPERATIONS = st.sampled_from(
    ("*", "a", "b", "ao", "ar", "a*", "*a", "a*b", "*r", "*o*", "ab", "a*r*", "**", "A")
)
ACTIONS = st.one_of(
    st.just("*"),
    st.builds("{}:{}".format, st.sampled_from(("tt", "tt", "cos", "*", "t*")), OPERATIONS),
    st.builds("name/tt:{}".format, OPERATIONS),
)
STATED = st.sampled_from((None, None, "uin/1"))


def resources(segments: tuple[str, ...], tails: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Resource patterns put together of these."""
    six = st.builds("{}{}".format, st.sampled_from(segments), st.sampled_from(tails))
    return st.one_of(st.just("*"), six, six)


PLAIN_RESOURCES = resources(PLAIN_SEGMENTS, PLAIN_TAILS)
OPEN_RESOURCES = resources(OPEN_SEGMENTS, OPEN_TAILS)


def statements(
    actions: st.SearchStrategy[str],
    where: st.SearchStrategy[str],
    blocks: st.SearchStrategy[dict[str, Any]] | None = None,
    principals: st.SearchStrategy[object] | None = None,
    most: int = 2,
) -> st.SearchStrategy[Plain]:
    """Statements of these parts; those with a condition are as frequent as those without."""
    parts: dict[str, st.SearchStrategy[Any]] = {
        "effect": st.sampled_from(("allow", "deny")),
        "action": st.lists(actions, min_size=1, max_size=most, unique=True),
        "resource": st.lists(where, min_size=1, max_size=most, unique=True),
    }
    if principals is not None:
        parts["principal"] = principals
    return st.fixed_dictionaries(parts, optional={} if blocks is None else {"condition": blocks})


VERBS = st.sampled_from(("*", "Get*", "GetZ", "Put*", "PutA", "*Z", "Describe*", "G*"))
VERB_ACTIONS = st.one_of(
    st.just("*"),
    st.builds("{}:{}".format, st.sampled_from(("tt", "cos", "cam", "finance", "*", "c*")), VERBS),
)
FEW_ACTIONS = st.sampled_from(("tt:a", "tt:b", "tt:a*", "tt:*", "tt:ao", "tt:ar", "*"))
FEW_RESOURCES = st.sampled_from(
    ("*", "qcs::tt::uin/1:ty/a", "qcs::tt::uin/1:ty/*", "qcs::tt::uin/1:*", "qcs::tt::uin/1:ty/ab")
)
ONE_ACTION, ONE_RESOURCE = st.just("tt:ar"), st.just("*")

USERS = tuple(f"qcs::cam::uin/1:uin/{number}" for number in (2, 3))
PEOPLE = (
    *USERS,
    *("qcs::cam::uin/1:root", "qcs::cam::uin/1:uin/1", "qcs::cam::uin/1:groupid/9"),
    *("qcs::cam::anyone:anyone", "qcs::cam::anonymous:anonymous"),
)
PRINCIPALS = st.one_of(
    st.just("*"),
    st.builds(
        lambda names: {"qcs": names},
        st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True),
    ),
)


def policies(
    one: st.SearchStrategy[Plain], least: int = 2, most: int = 4
) -> st.SearchStrategy[list[Plain]]:
    """Some statements of one policy."""
    return st.lists(one, min_size=least, max_size=most)


def places(*where: str) -> st.SearchStrategy[list[Plain]]:
    """Policies that differ in their resources."""
    actions = st.sampled_from(("tt:ar", "tt:ao", "cos:a"))
    return policies(statements(actions, st.sampled_from(where), most=1))


SORTS: dict[str, st.SearchStrategy[list[Plain]]] = {
    "plain": policies(statements(ACTIONS, PLAIN_RESOURCES)),
    "open": policies(statements(ACTIONS, OPEN_RESOURCES, blocks(TYPED["s"])), most=3),
    "globs": policies(
        statements(st.sampled_from(("tt:a*", "tt:*a", "tt:a")), ONE_RESOURCE, most=1), least=3
    ),
    "tails": places(
        *(
            "qcs::tt::uin/1:ty/a",
            "qcs::tt::uin/1:TY/a",
            "qcs::tt::uin/1:ty/*",
            "qcs::tt::uin/1:t*",
        )
    ),
    "accounts": places(
        *("qcs::tt::uin/1:ty/a", "qcs::tt:::ty/a", "qcs::tt::uin/2:ty/a"),
        *("qcs::cos::uin/1:a", "qcs::cos:::a"),
    ),
    "buckets": places("qcs::cos::uin/1:a", "qcs::cos:::a", "qcs::tt::uin/1:ty/a"),
    "regions": places(
        *("qcs::tt:jp:uin/1:ty/a", "qcs::tt:ap-guangzhou:uin/1:ty/a", "qcs::tt:gz:uin/1:ty/a"),
        *("qcs::tt:ap-*:uin/1:ty/a", "qcs::tt:ap-x:uin/1:ty/a"),
    ),
    "nothing-named": places("*", "qcs::tt:::*", "qcs:::::*", "qcs::tt:::ty/*"),
    "likes": policies(
        statements(
            ONE_ACTION,
            ONE_RESOURCE,
            blocks(on("s", lines(["string_like"], ("a*b", "a*", "ab"), 2), NO_PREFIX), most=1),
        )
    ),
    "qualified": policies(
        statements(ONE_ACTION, ONE_RESOURCE, blocks(on("s", TESTS["s"], QUALIFIERS), most=1))
    ),
    "two-types": policies(
        statements(
            ONE_ACTION,
            ONE_RESOURCE,
            st.one_of(blocks(TYPED["n"], most=1), blocks(on("n", TESTS["s"], NO_PREFIX), most=1)),
        )
    ),
    **{
        f"one-key-{key}": policies(statements(ONE_ACTION, ONE_RESOURCE, blocks(one)))
        for key, one in TYPED.items()
    },
    "one-key": st.sampled_from(sorted(TYPED)).flatmap(
        lambda key: policies(statements(ONE_ACTION, ONE_RESOURCE, blocks(TYPED[key])))
    ),
    "whole": policies(statements(FEW_ACTIONS, FEW_RESOURCES, PLAIN_BLOCKS)),
    "sets": policies(statements(ONE_ACTION, ONE_RESOURCE, SETS)),
    "unclear": policies(statements(FEW_ACTIONS, ONE_RESOURCE, UNCLEAR)),
    "verbs": policies(statements(VERB_ACTIONS, FEW_RESOURCES, DERIVED_BLOCKS)),
    "people": policies(
        statements(FEW_ACTIONS, FEW_RESOURCES, blocks(TYPED["s"]), PRINCIPALS), most=3
    ),
}
"""Policies by what they are about, two to four statements each."""
