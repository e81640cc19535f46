"""Offers every value of a policy to the rules that visit its type, and remembers what they said."""

from camlint.access.first_cell import comparable
from camlint.access.question import ask
from camlint.finding import Finding
from camlint.gate import Raised
from camlint.not_analysed import tell_left_out, tell_too_intricate
from camlint.patterns import SixSegments
from camlint.place import Pointer
from camlint.policy.elements import ActionPattern, ResourcePattern
from camlint.policy.malformed import UNCLEAN
from camlint.policy.policy import Policy
from camlint.policy.statement import Statement
from camlint.registry import Entry, load_rule
from camlint.rule import VISITED, Check, Context
from camlint.syntax.duplicate import Duplicate
from camlint.syntax.slips import Slip
from camlint.traits import Trait

TYPE_CHECKING = False
if TYPE_CHECKING:
    from camlint.run.bundle import Bundle
    from camlint.run.run import Run
    from camlint.run.signature import Signature

REMEMBERED = 20_000
"""How many values of one type have their findings remembered before all are forgotten."""

MOST_STATEMENTS = 2048
"""The same for statements, which weigh more."""

ACCOUNTS = ("uin/", "uid/")
"""What stands before the number of an account."""

INTRICATE = 300
"""Actions and resources from which a policy may exhaust the budget of a question."""

Found = tuple[tuple[Entry, Finding], ...]
Loaded = tuple[tuple[Entry, Check], ...]


class RuleFailure(Exception):
    """A rule raised an exception: a defect of the rule, told with its code.

    ``pack`` is the name of the pack that the rule comes from, ``""`` for the built-in one.
    """

    def __init__(self, text: str, pack: str = "") -> None:
        super().__init__(text, pack)
        self.pack = pack

    def __str__(self) -> str:
        return str(self.args[0])


class Visitor:
    """The rules for documents of one kind.

    Findings about actions and resources are remembered by their text, in bounded tables: such
    rules read nothing but the value, the kind of the document and the settings. So is, by all but
    its id and the number of its account, that a resource is faultless for the rules to which those
    make no difference. A rule's module is imported when the first value of the type that it visits
    turns up.
    """

    __slots__ = (
        "_actions",
        "_by_type",
        "_chosen",
        "_context",
        "_faultless",
        "_not_analysed",
        "_resources",
        "_statements",
    )

    def __init__(
        self, by_type: dict[str, list[Entry]], not_analysed: Entry | None, context: Context
    ) -> None:
        self._by_type = by_type
        self._not_analysed = not_analysed
        self._context = context
        self._chosen: dict[str, dict[int, Loaded]] = {visited: {} for visited in VISITED}
        self._actions: dict[str, Found] = {}
        self._resources: dict[str, Found] = {}
        self._faultless: set[str] = set()
        self._statements: dict[Statement, tuple[Raised, ...]] = {}

    def visit_slip(self, slip: Slip, home: int, raised: list[Raised]) -> None:
        """What the rules say of a text's mechanical fault."""
        self._offer("Slip", slip, home, raised)

    def visit_several(self, visited: str, policies: "Run | Bundle", raised: list[Raised]) -> None:
        """What the rules on several policies say; each finding names the one it is about."""
        entry = None
        try:
            for entry in self._by_type.get(visited, ()):
                for finding in load_rule(entry).check(policies, self._context):
                    about = _named(finding)
                    if about.kind in entry.kinds:
                        raised.append(Raised(entry, finding, about.home))
        except Exception as error:
            raise _failure(entry, error) from error

    def visit(
        self, policy: Policy, duplicates: list[Duplicate], home: int, raised: list[Raised]
    ) -> None:
        """What the rules say of a policy and of everything in it."""
        for duplicate in duplicates:
            self._offer("Duplicate", duplicate, home, raised)
        unclean = False
        for fault in policy.malformed:
            self._offer("Malformed", fault, home, raised, fault.traits)
            unclean = unclean or fault.fault is UNCLEAN
        first = len(raised)
        self._offer("Policy", policy, home, raised, policy.traits)
        for principal in policy.principals:
            self._offer("Principal", principal, home, raised)
        statements = self._statements
        values = 0
        for statement in policy.statements:
            values += len(statement.actions) + len(statement.resources)
            if not statement.shared:
                self._visit_statement(statement, home, raised)
                continue
            known = statements.get(statement)
            if known is None:
                found: list[Raised] = []
                self._visit_statement(statement, 0, found)
                if len(statements) >= MOST_STATEMENTS:
                    statements.clear()
                known = statements[statement] = tuple(found)
            if home == 0:
                raised += known
            else:
                raised += [Raised(one.entry, one.finding, home) for one in known]
        if values >= INTRICATE:
            self._tell_of_budget(policy, home, raised)
        if unclean:
            self._visit_unclean(policy, home, raised, first)

    def _visit_unclean(self, policy: Policy, home: int, raised: list[Raised], first: int) -> None:
        """What the rules say of actions and resources as they are meant.

        All findings from ``first`` on about texts that were cleaned get the places of the document.
        """
        from camlint.policy.unclean import Cleaned  # noqa: PLC0415 - few policies need it

        unclean = [fault for fault in policy.malformed if fault.fault is UNCLEAN]
        for fault in unclean:
            meant = fault.meant
            if isinstance(meant, ActionPattern):
                known = self._actions.get(meant.text)
                found = self._ask_action(meant) if known is None else known
                _recall(found, meant.pointer, home, raised)
            elif isinstance(meant, ResourcePattern):
                known = self._resources.get(meant.text)
                found = self._ask_resource(meant) if known is None else known
                _recall(found, meant.pointer, home, raised)
        restore = Cleaned(unclean).restore
        raised[first:] = [
            Raised(one.entry, one.finding.shifted(restore), home) for one in raised[first:]
        ]

    def _visit_statement(self, statement: Statement, home: int, raised: list[Raised]) -> None:
        """What the rules say of a statement and of everything in it."""
        rules = self._chosen["Statement"].get(statement.traits)
        if rules is None or rules:
            self._offer("Statement", statement, home, raised, statement.traits)
        known = self._actions
        for action in statement.actions:
            found = known.get(action.text)
            if found is None:
                found = self._ask_action(action)
            if found:
                _recall(found, action.pointer, home, raised)
        known = self._resources
        for resource in statement.resources:
            found = known.get(resource.text)
            if found is None:
                found = self._ask_resource(resource)
            if found:
                _recall(found, resource.pointer, home, raised)
        for condition in statement.conditions:
            self._offer("Condition", condition, home, raised)
        for principal in statement.principals:
            self._offer("Principal", principal, home, raised)

    def _offer(
        self, visited: str, item: object, home: int, raised: list[Raised], traits: int = 0
    ) -> None:
        """Ask the rules that visit a type, of those with ``when`` the ones that the traits meet."""
        rules = self._chosen[visited].get(traits)
        if rules is None:
            rules = self._choose(visited, traits)
        context = self._context
        entry = None
        try:
            for entry, check in rules:
                for finding in check(item, context):
                    raised.append(Raised(entry, finding, home))
        except Exception as error:
            raise _failure(entry, error) from error

    def _ask(self, visited: str, item: object, traits: int = 0) -> Found:
        """The same for what is remembered of a value wherever it stands."""
        rules = self._chosen[visited].get(traits)
        if rules is None:
            rules = self._choose(visited, traits)
        context = self._context
        found: list[tuple[Entry, Finding]] = []
        entry = None
        try:
            for entry, check in rules:
                for finding in check(item, context):
                    found.append((entry, finding))
        except Exception as error:
            raise _failure(entry, error) from error
        return tuple(found)

    def _choose(self, visited: str, traits: int) -> Loaded:
        """The rules for values with these traits, picked and imported once."""
        chosen = tuple(
            (entry, load_rule(entry).check)
            for entry in self._by_type.get(visited, ())
            if self._context.kind in entry.kinds and entry.when & traits == entry.when
        )
        self._chosen[visited][traits] = chosen
        return chosen

    def _ask_action(self, action: ActionPattern) -> Found:
        """What the rules say of an action, and will say of any that is the same."""
        found = self._ask("ActionPattern", action)
        if action.name.opaque and self._not_analysed is not None:
            found = (*found, (self._not_analysed, tell_left_out(action)))
        if len(self._actions) >= REMEMBERED:
            self._actions.clear()
        self._actions[action.text] = found
        return found

    def _ask_resource(self, resource: ResourcePattern) -> Found:
        """What the rules say of a resource, and will say of any that is the same."""
        six = resource.six
        if six is None:
            found = self._ask("ResourcePattern", resource, Trait.EVERYTHING | Trait.WIDE)
        elif (form := _form_of(resource.text, six)) in self._faultless:
            found = self._ask("ResourcePattern", resource, six.traits)
        else:
            found = self._ask("ResourcePattern", resource, six.traits | Trait.UNPROVEN)
            if not found or not any(one.when & Trait.UNPROVEN for one, _ in found):
                if len(self._faultless) >= REMEMBERED:
                    self._faultless.clear()
                self._faultless.add(form)
        if len(self._resources) >= REMEMBERED:
            self._resources.clear()
        self._resources[resource.text] = found
        return found

    def _tell_of_budget(self, policy: Policy, home: int, raised: list[Raised]) -> None:
        """Say so when the policy was too intricate to be compared statement by statement."""
        context = self._context
        if self._not_analysed is None:
            return
        if comparable(policy) and not ask(policy, context.settings, context.catalog).exhausted:
            return
        raised.append(Raised(self._not_analysed, tell_too_intricate(policy), home))


def _form_of(text: str, six: SixSegments) -> str:
    """A resource without its id and without the number of a regular account."""
    account = six.account
    if account.text.startswith(ACCOUNTS):
        number = account.text[4:]
        if number.isdecimal() and number.isascii():
            return text[: account.start + 4] + text[account.end : six.id_start]
    return text[: six.id_start]


def _named(finding: Finding) -> "Signature":
    """The policy that a finding about several names."""
    if finding.policy is None:
        raise TypeError("a finding of a rule on Run or Bundle names the policy that it is about")
    return finding.policy


def _recall(found: Found, pointer: Pointer, home: int, raised: list[Raised]) -> None:
    for entry, finding in found:
        raised.append(Raised(entry, finding.moved(pointer), home))


def _failure(entry: Entry | None, error: Exception) -> Exception:
    if entry is None:
        return error
    told = f"rule {entry.code} ({entry.name}) failed: {type(error).__name__}: {error}"
    return RuleFailure(told, entry.pack)
