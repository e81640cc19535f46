"""What a configuration demands of every policy: which access none may grant, and to whom."""

from collections.abc import Callable

from camlint.settings import FORBID, NO_PUBLIC_ACCESS, ServiceFacts
from camlint.wording import quote

FORBID_ON = "forbid-on"
DEMAND_KEYS = (FORBID, FORBID_ON, NO_PUBLIC_ACCESS)

Table = dict[str, object]
ReadTexts = Callable[[Table, str, str, str], tuple[str, ...] | None]
"""What reads a list of texts: from a table, by a key, in a place, with words for what they are."""


class Demands:
    """The actions and resources that are forbidden together, and whether public access is.

    None where the configuration says nothing of it.
    """

    __slots__ = ("forbid", "forbid_on", "no_public_access")

    def __init__(
        self,
        forbid: tuple[str, ...] | None,
        forbid_on: tuple[str, ...] | None,
        no_public_access: bool | None,
    ) -> None:
        self.forbid = forbid
        self.forbid_on = forbid_on
        self.no_public_access = no_public_access


NO_DEMANDS = Demands(None, None, None)


def read_demands(
    table: Table,
    where: str,
    read_texts: ReadTexts,
    additions: tuple[ServiceFacts, ...],
    problems: list[str],
) -> Demands:
    """The demands in a table, with what is wrong with them added to the problems.

    ``where`` is the table as messages name it, ``additions`` what is stated of services.
    """
    if not any(key in table for key in DEMAND_KEYS):
        return NO_DEMANDS
    from camlint.catalog.catalog import Catalog  # noqa: PLC0415 - few configurations forbid anything
    from camlint.forbidden import EXAMPLE, refuse_action, refuse_resource  # noqa: PLC0415

    actions = read_texts(table, FORBID, where, 'actions, such as ["cam:*"]')
    resources = read_texts(table, FORBID_ON, where, f'resources, such as ["{EXAMPLE}"]')
    catalog = Catalog(additions)
    found = [(FORBID, refuse_action(action, catalog)) for action in actions or ()]
    found += [(FORBID_ON, refuse_resource(resource)) for resource in resources or ()]
    problems += [f"{where}{key}: {problem}" for key, problem in found if problem]
    if FORBID_ON in table and FORBID not in table and not where:
        problems.append(
            f'{FORBID_ON} says on which resources, and nothing is forbidden; add {FORBID} = ["cam:*"]'
        )
    public = table.get(NO_PUBLIC_ACCESS)
    if public is not None and not isinstance(public, bool):
        problems.append(f"{where}{NO_PUBLIC_ACCESS} is {quote(public)}; write true or false")
        public = None
    return Demands(actions, resources, public)
