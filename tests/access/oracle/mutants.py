"""Faults put into the engine one by one, each with a law that must notice it."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from types import FunctionType, ModuleType
from typing import Any, NamedTuple


class Mutant(NamedTuple):
    """A fault: in which module what becomes what; by which law, on which policies, it is noticed."""

    fault: str
    module: str
    was: str
    becomes: str
    law: str
    sort: str


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """Has the fault in the engine as long as the block lasts.

    The code of the functions is exchanged and not their names: whoever imported them has it too.
    """
    module = importlib.import_module(f"camlint.{mutant.module}")
    source = inspect.getsource(module)
    assert source.count(mutant.was) == 1, (
        f"{mutant.fault!r}: {module.__name__} was changed, so that it isn't clear where the fault "
        f"belongs; put what stands there now in the place of {mutant.was!r}"
    )
    faulty = ModuleType(module.__name__)
    faulty.__dict__.update({"__file__": module.__file__, "__package__": module.__package__})
    changed = source.replace(mutant.was, mutant.becomes)
    exec(compile(changed, str(module.__file__), "exec"), faulty.__dict__)
    right = _functions(module)
    kept = {name: function.__code__ for name, function in right.items()}
    try:
        for name, function in _functions(faulty).items():
            right[name].__code__ = function.__code__
        _forget(module)
        yield
    finally:
        for name, code in kept.items():
            right[name].__code__ = code
        _forget(module)


def _functions(module: ModuleType) -> dict[str, FunctionType]:
    """The functions and methods of a module, by their names."""
    found: dict[str, FunctionType] = {}

    def add(name: str, value: Any) -> None:
        value = getattr(value, "fget", value)
        value = getattr(value, "__wrapped__", value)
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            found[name] = value

    for name, value in vars(module).items():
        add(name, value)
        if isinstance(value, type) and value.__module__ == module.__name__:
            for inner, method in vars(value).items():
                add(f"{name}.{inner}", method)
    return found


def _forget(module: ModuleType) -> None:
    for one in (module, importlib.import_module("camlint.patterns")):
        for value in vars(one).values():
            if isinstance(value, _lru_cache_wrapper):
                value.cache_clear()


Law = Callable[..., None]

MUTANTS = (
    Mutant(
        "* doesn't cross a slash",
        "patterns",
        "return lambda text: text.startswith(head)",
        'return lambda text: text.startswith(head) and "/" not in text[len(head) :]',
        *("decide", "tails"),
    ),
    Mutant(
        "any text is always the letter a",
        "access.letters",
        'return pattern.replace("*", self.any_text)',
        'return pattern.replace("*", "a")',
        *("covers", "plain"),
    ),
    Mutant(
        "a variable is a text like others",
        "access.letters",
        "return bool(loose) and any(ord(character) in loose for character in text)",
        "return False",
        *("find", "open"),
    ),
    Mutant(
        'not even "*" matches a request without a resource',
        "access.resources",
        "if area.everything or area.sources & sources:\n        return Answer.YES",
        "if area.everything or area.sources & sources:\n        return Answer.NO",
        *("decide", "plain"),
    ),
    Mutant(
        "six segments surely match a request without a resource",
        "access.resources",
        "or matcher(named)(service):\n        return Answer.UNDECIDED",
        "or matcher(named)(service):\n        return Answer.YES",
        *("decide", "nothing-named"),
    ),
    Mutant(
        "ap-* is no pattern",
        "access.resources",
        'if not text or "*" in pattern or "*" in text or letters.unknown(pattern + text):\n        return Answer.UNDECIDED',
        'if not text or "*" in pattern or "*" in text or letters.unknown(pattern + text):\n        return Answer.NO',
        *("decide", "regions"),
    ),
    Mutant(
        "an old region code is surely another region",
        "access.resources",
        "if answer is Answer.NO and (pattern in INFERRED or text in INFERRED):",
        "if False:",
        *("decide", "regions"),
    ),
    Mutant(
        "an explicit account is surely not the owner's",
        "access.resources",
        "return Answer.NO if differ(area.account, point.account) else Answer.UNDECIDED",
        "return Answer.NO",
        *("decide", "accounts"),
    ),
    Mutant(
        "tails meet only if they are equal",
        "access.resources",
        "Answer.YES if globs_meet(one.loose, other.loose) else Answer.NO",
        "Answer.YES if one.loose == other.loose else Answer.NO",
        *("meets", "plain"),
    ),
    Mutant(
        "every account is the owner's",
        "access.owner",
        "if not account or account == self.stated:",
        "if True:",
        *("decide", "accounts"),
    ),
    Mutant(
        "buckets are the owner's too",
        "access.owner",
        "return service.isalnum() and service.lower() not in ACROSS_ACCOUNTS",
        "return True",
        *("decide", "accounts"),
    ),
    Mutant(
        "two accounts may be the same",
        "access.owner",
        "and number != number2",
        "and False",
        *("complete", "plain"),
    ),
    Mutant(
        "types are spelt in one way only",
        "access.areas",
        "if spelling.lower() == lower:",
        "if spelling == head:",
        *("covers", "plain"),
    ),
    Mutant(
        "a variable at the end doesn't match by prefix",
        "access.areas",
        'prefix = tail.endswith("}") and "${" in tail',
        "prefix = False",
        *("covers", "open"),
    ),
    Mutant(
        "operation-level actions have resources",
        "access.requests",
        "scoped = question.catalog.resource_level(service, operation)",
        "scoped = None",
        *("covers", "plain"),
    ),
    Mutant(
        "a request that a box may hold is one that it holds",
        "access.requests",
        "hypothetical=held is Answer.UNDECIDED or not box.sure,",
        "hypothetical=False,",
        *("covers", "open"),
    ),
    Mutant(
        "globs meet only with equal beginnings",
        "access.intersections",
        "heads = head.startswith(head2) or head2.startswith(head)",
        "heads = head == head2",
        *("meets", "plain"),
    ),
    Mutant(
        "of an intersection only a part is looked at",
        "access.intersections",
        "return sorted({_squeeze(glob) for glob in below[0]})",
        "return sorted({_squeeze(glob) for glob in below[0]})[:1]",
        *("find", "globs"),
    ),
    Mutant(
        "a deny to anyone is one to everybody",
        "access.principals",
        'if effect == "allow" or asker == ANONYMOUS:',
        "if True:",
        *("covers", "people"),
    ),
    Mutant(
        "a deny to * is one to everybody",
        "access.principals",
        'return Answer.YES if effect == "allow" else Answer.UNDECIDED',
        "return Answer.YES",
        *("covers", "people"),
    ),
    Mutant(
        "a root account isn't its users",
        "access.principals",
        "return Answer.UNDECIDED if roots == 1 else Answer.NO",
        "return Answer.NO",
        *("find", "people"),
    ),
    Mutant(
        "nobody but those who are named may ask",
        "access.principals",
        "return (*sorted(named), stranger, ANONYMOUS)",
        "return (*sorted(named), ANONYMOUS)",
        *("covers", "people"),
    ),
    Mutant(
        "what is denied is allowed",
        "access.decide",
        "return Decision(Verdict.EXPLICIT_DENY, list_bits(sure & question.denies), Answer.NO)",
        "return Decision(Verdict.ALLOW, list_bits(sure & question.allows), Answer.YES)",
        *("decide", "plain"),
    ),
    Mutant(
        "a deny that may match doesn't",
        "access.decide",
        "if not perhaps & denies and not question.loose:",
        "if not question.loose:",
        *("decide", "unclear"),
    ),
    Mutant(
        "what isn't known of a request is absent",
        "access.contexts",
        "if key.name in unknown and key.name not in DERIVED:",
        "if False:",
        *("partial", "whole"),
    ),
    Mutant(
        "no condition holds where nothing is known",
        "access.decide",
        "return Answer.UNDECIDED, tuple(sorted(keys))",
        "return Answer.NO, tuple(sorted(keys))",
        *("partial", "whole"),
    ),
    Mutant(
        "for_all_value is for_any_value",
        "access.terms",
        "(Answer.NO, Answer.YES) if self.every else (Answer.YES, Answer.NO)",
        "(Answer.YES, Answer.NO)",
        *("decide", "qualified"),
    ),
    Mutant(
        "negated operators hold for an absent key, as elsewhere",
        "policy.elements",
        "        return self.if_exist\n",
        "        return self.if_exist or known.negated\n",
        *("decide", "one-key"),
    ),
    Mutant(
        "for_all_value doesn't hold for an absent key",
        "policy.elements",
        'if known is None or (self.qualifier == "for_all_value" and not self.if_exist):',
        "if known is None:",
        *("decide", "qualified"),
    ),
    Mutant(
        "a list of what must not be is read as none of these",
        "access.value_tests",
        "if found is None or (found and self._negated and not self._single):",
        "if found is None:",
        *("decide", "unclear"),
    ),
    Mutant(
        "a * inside of string_like is one like others",
        "access.value_tests",
        "unsure = opaque or len(plain) < len(texts)",
        "unsure = opaque",
        *("decide", "likes"),
    ),
    Mutant(
        "the ends of intervals are left out",
        "access.atoms",
        "sizes = [*ordered, ordered[0] - step, ordered[-1] + step]",
        "sizes = [ordered[0] - step, ordered[-1] + step]",
        *("covers", "one-key-n"),
    ),
    Mutant(
        "what lies between two bounds is left out",
        "access.atoms",
        "sizes += [_between(one, other) for one, other in pairwise(ordered)]",
        "sizes += []",
        *("covers", "one-key-d"),
    ),
    Mutant(
        "what comes behind a network is left out",
        "access.atoms",
        "if network.high < top:",
        "if False:",
        *("covers", "one-key-i"),
    ),
    Mutant(
        "ignore_case only knows small letters",
        "access.atoms",
        "folded.setdefault(fold(value))",
        "literals.setdefault(fold(value))",
        *("covers", "one-key-s"),
    ),
    Mutant(
        "of all cases only one is kept, not the smallest ones",
        "access.contexts",
        "if not any(one & mask == one for one in kept):",
        "if not kept:",
        *("covers", "one-key-f"),
    ),
    Mutant(
        "a request that may satisfy the conditions does",
        "access.contexts",
        "if not wanted & ~one.sure and",
        "if not wanted & ~one.perhaps and",
        *("covers", "unclear"),
    ),
    Mutant(
        "of several values the first counts",
        "access.terms",
        "return answers[0] if len(answers) == 1 else Answer.UNDECIDED",
        "return answers[0]",
        *("decide", "sets"),
    ),
    Mutant(
        "a set has one value",
        "access.condition_key",
        "size = max(size, 2 if plain else 1)",
        "size = 1",
        *("covers", "sets"),
    ),
    Mutant(
        "a key may be a number and a text",
        "access.condition_key",
        'return len(families - {"null"}) > 1',
        "return False",
        *("decide", "two-types"),
    ),
    Mutant(
        "_if_exist makes no difference",
        "access.terms",
        "        condition.operator,\n",
        "        condition.base,\n",
        *("covers", "one-key-s"),
    ),
    Mutant(
        "no pattern holds actions that read and others",
        "access.derived",
        'if "*" in operation and operations[0][1] == "0":',
        "if False:",
        *("covers", "verbs"),
    ),
    Mutant(
        "no pattern holds services of billing and others",
        "access.derived",
        'if "*" in service:',
        "if False:",
        *("covers", "verbs"),
    ),
    Mutant(
        "a cell that is matched in one case is matched in all",
        "access.covers",
        "if settled.hits and state is None:\n                        state = closed",
        "if settled.hits:\n                        state = state or closed",
        *("covers", "people"),
    ),
    Mutant(
        "the cheap test looks at capitals",
        "access.first_cell",
        "return tail.lower().startswith(head.lower())",
        "return tail.startswith(head)",
        *("cheap", "tails"),
    ),
)
