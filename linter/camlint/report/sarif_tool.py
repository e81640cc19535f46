"""The rules of a run as SARIF's tool has them: the built-in ones the driver's, packs as extensions."""

from sarif_om import MultiformatMessageString, Tool, ToolComponent

from camlint.packs import read_pack
from camlint.registry import Registry, load_rule
from camlint.report.sarif_results import DRIVER, RuleIndex
from camlint.report.sarif_rules import describe_rule
from camlint.version import VERSION


class RunRules:
    """The rules that have results, each numbered within what it belongs to.

    Those of a configuration are the driver's, like the built-in ones.
    """

    __slots__ = ("_built_in", "_packs", "_registry")

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._built_in: dict[str, int] = {}
        self._packs: dict[str, dict[str, int]] = {}

    def number(self, code: str, pack: str) -> RuleIndex:
        """Whose rule it is, and its number there; ``pack`` is ``""`` for a built-in rule."""
        if not pack:
            return DRIVER, self._built_in.setdefault(code, len(self._built_in))
        rules = self._packs.setdefault(pack, {})
        return list(self._packs).index(pack), rules.setdefault(code, len(rules))

    def describe(self) -> Tool:
        """The tool with all these rules."""
        registry = self._registry
        driver = ToolComponent(
            name="camlint",
            semantic_version=VERSION,
            short_description=MultiformatMessageString(
                text="Static analyser for Tencent Cloud CAM access policies."
            ),
            rules=[describe_rule(registry.rule(code)) for code in self._built_in],
        )
        extensions = [_describe_pack(pack, rules) for pack, rules in self._packs.items()]
        return Tool(driver=driver, extensions=extensions or None)


def _describe_pack(name: str, codes: dict[str, int]) -> ToolComponent:
    pack = read_pack(name)
    by_code = {entry.code: entry for entry in pack.entries}
    return ToolComponent(
        name=pack.distribution or name,
        version=pack.version or None,
        short_description=MultiformatMessageString(text=f'The pack of rules "{name}" for camlint.'),
        rules=[describe_rule(load_rule(by_code[code])) for code in codes],
    )
