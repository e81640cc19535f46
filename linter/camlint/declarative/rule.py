"""A rule of one's own as the engine knows rules, and as the registry lists them."""

from camlint.declarative.declared import Declared
from camlint.declarative.judge import DeclaredCheck
from camlint.declarative.page import render_page, summarise
from camlint.registry import Entry
from camlint.rule import Confidence, Rule


class DeclaredRule(Rule):
    """A Rule whose text comes from data instead of from its module."""

    __slots__ = ("declared",)

    def __init__(self, declared: Declared) -> None:
        super().__init__(
            DeclaredCheck(declared),
            code=declared.code,
            name=declared.name,
            severity=declared.severity,
            confidence=Confidence.HIGH,
            references=(declared.reference,) if declared.reference else (),
            bad=(),
            good=(),
            kinds=declared.kinds,
            strict=False,
            supersedes=(),
            reads=(),
            cwe=None,
            security_severity=None,
            visits="Policy",
            when=0,
            demand="",
        )
        self.declared = declared

    @property
    def group(self) -> str:
        """The family of all such rules."""
        return "own-rules"

    @property
    def summary(self) -> str:
        """The message, with a word for what it fills in."""
        return summarise(self.declared.message)

    @property
    def text(self) -> str:
        """What it looks at, what must hold there, and where it is written down, in Markdown."""
        one = self.declared
        return render_page(one.given, one.where, one.part, one.then, one.help, one.home)


def make_entry(declared: Declared) -> Entry:
    """The registry's entry of a rule, the rule in it."""
    rule = DeclaredRule(declared)
    return Entry(
        rule.code,
        rule.name,
        rule.severity.value,
        rule.confidence.value,
        rule.strict,
        tuple(kind.value for kind in rule.kinds),
        rule.visits,
        "",
        (),
        rule.summary,
        rule=rule,
    )
