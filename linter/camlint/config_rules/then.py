"""The ``then`` of a rule: the one check that it makes."""

from collections.abc import Callable

from camlint.config_rules.paths import read_relative
from camlint.config_rules.table import RuleTable, describe
from camlint.declarative.checks import (
    Absent,
    Check,
    Matches,
    MaxLength,
    OneOf,
    Present,
    Within,
)
from camlint.policy.normal import PREFIX
from camlint.regular import Regular, compile_regular
from camlint.regular_syntax import RegularError

INSTEAD = {
    "covers": "; write within, for what must lie within these patterns",
    "not-covers": "; write outside, for what may have nothing in common with these patterns",
}


def read_then(rule: RuleTable) -> Check | None:
    """The check that a rule asks for; None, noted, where there isn't exactly one that works."""
    then = rule.below("then", '{ one-of = ["a", "b"] }')
    if then is None:
        return None
    then.check_keys(THEN_KEYS, INSTEAD)
    asked = [key for key in THEN_KEYS if key in then.table]
    if len(asked) > 1:
        then.complain(f"it has {' and '.join(asked)}; a rule makes one check, so write two rules")
        return None
    if not asked:
        if not then.table:
            then.complain(f"it is empty; write one of {', '.join(THEN_KEYS)}")
        return None
    return READERS[asked[0]](then, asked[0])


def _read_matches(then: RuleTable, key: str) -> Check | None:
    patterns: list[Regular] = []
    texts = then.texts(key, "'acme-[a-z0-9-]+'") or ()
    for text in texts:
        try:
            patterns.append(compile_regular(text))
        except RegularError as error:
            then.complain(f"'{text}' {error}", key)
    whole = bool(texts) and len(patterns) == len(texts)
    return Matches(tuple(patterns), wanted=key == "matches") if whole else None


def _read_one_of(then: RuleTable, key: str) -> Check | None:
    texts = then.texts(key, '"ap-guangzhou"', numbers=True)
    return None if texts is None else OneOf(texts, wanted=key == "one-of")


def _read_within(then: RuleTable, key: str) -> Check | None:
    globs = then.texts(key, '"cos:Get*"')
    if globs is None:
        return None
    bare = tuple(glob.removeprefix(PREFIX) for glob in globs)
    return Within(bare, wanted=key == "within")


def _read_max_length(then: RuleTable, key: str) -> Check | None:
    most = then.table[key]
    if type(most) is int and most >= 0:
        return MaxLength(most)
    then.complain(f"it is {describe(most)}; write a number of characters, such as 64", key)
    return None


def _read_present(then: RuleTable, key: str) -> Check | None:
    if then.table[key] is True:
        then.complain(
            "it is true; name what must be there, seen from `given`: with given = "
            '"$.statement[*]", present = "sid"',
            key,
        )
        return None
    paths = read_relative(then, key, "\"condition.*.'qcs:ip'\"")
    return Present(paths) if paths else None


def _read_absent(then: RuleTable, key: str) -> Check | None:
    if then.table[key] is True:
        return Absent(())
    paths = read_relative(then, key, '"principal" or true')
    return Absent(paths) if paths else None


READERS: dict[str, Callable[[RuleTable, str], Check | None]] = {
    "matches": _read_matches,
    "not-matches": _read_matches,
    "one-of": _read_one_of,
    "none-of": _read_one_of,
    "within": _read_within,
    "outside": _read_within,
    "max-length": _read_max_length,
    "present": _read_present,
    "absent": _read_absent,
}
THEN_KEYS = tuple(READERS)
