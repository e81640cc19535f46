"""What a configuration says of bundles: the policies that one principal holds."""

from camlint.config import NamedBundle
from camlint.config_rules.table import RuleTable, describe
from camlint.nearest import nearest

BUNDLE_KEYS = ("name", "policies")
INSTEAD = {"policy": '; did you mean "policies"?', "paths": '; did you mean "policies"?'}
EXAMPLE = '["policies/developers/*.json"]'


def read_bundles(value: object, folder: str, problems: list[str]) -> tuple[NamedBundle, ...]:
    """The bundles under the key of that name, with what is wrong with them added to the problems.

    ``folder`` is that of the configuration.
    """
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        problems.append(
            f"bundles is {describe(value)}; write each one as a table below a line [[bundles]]"
        )
        return ()
    bundles: list[NamedBundle] = []
    for number, table in enumerate(value):
        read = RuleTable(table, f"bundles[{number}].", problems)
        read.check_keys(BUNDLE_KEYS, INSTEAD)
        name = read.text("name", '"developers"')
        if _lacks(table, "name"):
            read.complain(
                'name is missing; say who holds the policies, such as name = "developers"'
            )
        elif name is not None and any(one.name == name for one in bundles):
            read.complain(f'"{name}" is the name of another bundle, too', "name")
        words = read.texts("policies", EXAMPLE)
        if _lacks(table, "policies"):
            read.complain(
                f"policies is missing; name the policies that are held, such as policies = {EXAMPLE}"
            )
        bundles.append(NamedBundle(name or "", words or (), folder))
    return tuple(bundles)


def _lacks(table: dict[str, object], key: str) -> bool:
    """Whether a key is missing, and no other was meant to be it."""
    if key in table or (key == "policies" and any(one in table for one in INSTEAD)):
        return False
    return not any(nearest(one, BUNDLE_KEYS) == key for one in table)
