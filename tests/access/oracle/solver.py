"""A second opinion on sets of requests: the solver cvc5, with patterns as regular expressions.

It shares no idea with the engine: no generic texts, no atoms, no masks.
"""

from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_network
from typing import Any

import cvc5
from cvc5 import Kind

from oracle.evaluator import Plain

COMPARED = {
    "numeric_equal": Kind.EQUAL,
    "numeric_not_equal": Kind.DISTINCT,
    "numeric_less_than": Kind.LT,
    "numeric_less_than_equal": Kind.LEQ,
    "numeric_greater_than": Kind.GT,
    "numeric_greater_than_equal": Kind.GEQ,
}


class Solver:
    """Questions to the solver, each for itself."""

    def __init__(self) -> None:
        self.terms = cvc5.TermManager()
        self.solver = cvc5.Solver(self.terms)
        self.solver.setLogic("ALL")
        self.solver.setOption("strings-exp", "true")
        self.solver.setOption("incremental", "true")
        sort = self.terms
        self.text = sort.mkConst(sort.getStringSort(), "text")
        self.action = sort.mkConst(sort.getStringSort(), "action")
        self.tail = sort.mkConst(sort.getStringSort(), "tail")
        self.named = sort.mkConst(sort.getBooleanSort(), "named")
        self.present = sort.mkConst(sort.getBooleanSort(), "present")
        self.values = {
            "s": sort.mkConst(sort.getStringSort(), "string"),
            "n": sort.mkConst(sort.getRealSort(), "number"),
            "i": sort.mkConst(sort.getIntegerSort(), "address"),
        }
        self._globs: dict[str, Any] = {}

    def possible(self, *facts: Any) -> bool:
        """Whether all of these can be true at once."""
        self.solver.push()
        for fact in facts:
            self.solver.assertFormula(fact)
        result = self.solver.checkSat()
        self.solver.pop()
        assert result.isSat() or result.isUnsat(), "cvc5 gave up"
        return bool(result.isSat())

    def matches(self, text: Any, pattern: str) -> Any:
        """That a text matches a glob."""
        if pattern not in self._globs:
            every = self.terms.mkTerm(Kind.REGEXP_ALL)
            parts = [
                every
                if part == "*"
                else self.terms.mkTerm(Kind.STRING_TO_REGEXP, self.string(part))
                for part in _cut(pattern)
            ]
            self._globs[pattern] = (
                self.terms.mkTerm(Kind.REGEXP_CONCAT, *parts) if len(parts) > 1 else parts[0]
            )
        return self.terms.mkTerm(Kind.STRING_IN_REGEXP, text, self._globs[pattern])

    def includes(self, patterns: Sequence[str], narrow: str) -> bool:
        """Whether some globs together match every text that another one matches."""
        outside = [self.no(self.matches(self.text, one)) for one in patterns]
        return not self.possible(self.matches(self.text, narrow), *outside)

    def meet(self, one: str, other: str) -> bool:
        """Whether some text matches both globs."""
        return self.possible(self.matches(self.text, one), self.matches(self.text, other))

    def string(self, text: str) -> Any:
        """A text."""
        return self.terms.mkString(text)

    def no(self, fact: Any) -> Any:
        """The opposite."""
        return self.terms.mkTerm(Kind.NOT, fact)

    def some(self, facts: Iterable[Any]) -> Any:
        """That any of these is true."""
        return self._join(Kind.OR, list(facts))

    def every(self, facts: Iterable[Any]) -> Any:
        """That all of these are true."""
        return self._join(Kind.AND, list(facts))

    def _join(self, kind: Kind, facts: list[Any]) -> Any:
        if not facts:
            return self.terms.mkBoolean(kind == Kind.AND)
        return facts[0] if len(facts) == 1 else self.terms.mkTerm(kind, *facts)

    def escapes(self, statements: Sequence[Plain], pos: Sequence[int], neg: int) -> bool:
        """Whether some request is matched by all statements of one sort and none of the other."""
        facts = [self.states(statements[index]) for index in pos]
        facts += [self.no(self.states(one)) for n, one in enumerate(statements) if neg >> n & 1]
        return self.possible(*facts, *self._frame())

    def states(self, statement: Plain) -> Any:
        """That a statement matches the request."""
        block = statement.get("condition", {})
        lines = [(operator, *next(iter(keys.items()))) for operator, keys in block.items()]
        return self.every(
            [
                self.some(self.matches(self.action, one) for one in statement["action"]),
                self.some(self._names(one) for one in statement["resource"]),
                *(self._holds(*line) for line in lines),
            ]
        )

    def _frame(self) -> list[Any]:
        """What is true of any request: which sort it is of, and that an action has one colon."""
        colon = self.terms.mkTerm(Kind.REGEXP_COMPLEMENT, self._glob_of("*:*"))
        halves = self.terms.mkTerm(
            Kind.REGEXP_CONCAT,
            colon,
            self.terms.mkTerm(Kind.STRING_TO_REGEXP, self.string(":")),
            colon,
        )
        equal, implies = Kind.EQUAL, Kind.IMPLIES
        sort = {"tt:ao": self.no(self.named), "tt:ar": self.named}
        return [
            self.terms.mkTerm(Kind.STRING_IN_REGEXP, self.action, halves),
            *(
                self.terms.mkTerm(
                    implies, self.terms.mkTerm(equal, self.action, self.string(one)), fact
                )
                for one, fact in sort.items()
            ),
        ]

    def _glob_of(self, pattern: str) -> Any:
        self.matches(self.text, pattern)
        return self._globs[pattern]

    def _names(self, resource: str) -> Any:
        if resource == "*":
            return self.terms.mkBoolean(True)
        return self.every([self.named, self.matches(self.tail, resource.split(":", 5)[5])])

    def _holds(self, operator: str, key: str, wanted: object) -> Any:
        values = wanted if isinstance(wanted, list) else [wanted]
        if operator == "null_equal":
            absent = self.no(self.present)
            return self.some(absent if one == "true" else self.present for one in values)
        base = operator.removesuffix("_if_exist")
        test = self._tests(base)
        fact = self.some(test(self.values[key], one) for one in values)
        if "_not_" in base and not base.startswith("numeric"):
            fact = self.no(fact)
        if base != operator:
            return self.terms.mkTerm(Kind.IMPLIES, self.present, fact)
        return self.every([self.present, fact])

    def _tests(self, base: str) -> Callable[[Any, object], Any]:
        if base in COMPARED:
            return lambda value, bound: self.terms.mkTerm(
                COMPARED[base], value, self.terms.mkReal(str(bound))
            )
        if base.startswith("ip"):
            return self._within
        if base.endswith("like"):
            return lambda value, pattern: self.matches(value, str(pattern))
        return lambda value, text: self.terms.mkTerm(Kind.EQUAL, value, self.string(str(text)))

    def _within(self, value: Any, network: object) -> Any:
        found = ip_network(str(network), strict=False)
        low, high = (
            self.terms.mkInteger(str(int(one)))
            for one in (found.network_address, found.broadcast_address)
        )
        return self.every(
            [self.terms.mkTerm(Kind.GEQ, value, low), self.terms.mkTerm(Kind.LEQ, value, high)]
        )


def _cut(pattern: str) -> list[str]:
    """The letters and stars of a pattern, runs of letters together."""
    parts: list[str] = []
    for number, piece in enumerate(pattern.split("*")):
        parts += ["*"] if number else []
        parts += [piece] if piece else []
    return parts or [""]
