"""The words by which a user means rules: codes, beginnings of codes, and names."""

from camlint.nearest import nearest
from camlint.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.registry import Registry


def spell_selector(selector: str, registry: "Registry") -> str | None:
    """The selector as the registry spells it, codes in capitals; None where it names no rule."""
    for spelt in (selector, selector.upper(), selector.lower()):
        if registry.known(spelt):
            return spelt
    return None


def unknown_rule(word: str, registry: "Registry") -> str:
    """What to say of a word that names no rule, with the rules that may have been meant."""
    names = [entry.name for entry in registry.entries]
    codes = [entry.code for entry in registry.entries]
    meant = nearest(word.lower(), names) or nearest(word.upper(), codes)
    if meant:
        hint = f'did you mean "{meant}"?'
    else:
        holding = [name for name in names if len(word) > 2 and word.lower() in name]
        hint = f"perhaps {', '.join(holding[:4])}; " if holding else ""
        hint += "`camlint rules` lists them all"
    return f"no rule is called {quote(word)}; {hint}"
