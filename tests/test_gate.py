"""The one gate: what is selected, how severe it is, and what keeps silent for what."""

from camlint.finding import Confidence, Finding, Severity
from camlint.gate import Gate, Raised
from camlint.place import Part, Place, Pointer
from camlint.registry import Entry, Registry
from camlint.rule import ENGINE
from camlint.selection import Selection
from camlint.settings import Forbidden, Settings


def entry(code: str, *, strict: bool = False, supersedes: tuple[str, ...] = ()) -> Entry:
    return Entry(
        code,
        f"rule-{code[3:]}",
        "warning",
        "high",
        strict,
        ("identity",),
        "Statement",
        "nowhere",
        supersedes,
        "A problem.",
    )


STRONG, WEAK, QUIET = (
    entry("CAM601", supersedes=("CAM604",)),
    entry("CAM604"),
    entry("CAM606", strict=True),
)
REGISTRY = Registry((STRONG, WEAK, QUIET))
STATEMENT: Pointer = ("statement", 0)


def admitted(selection: Selection, *raised: Raised) -> list[str]:
    return [one.entry.code for one in Gate(REGISTRY, selection).admit(list(raised))]


def at(pointer: Pointer, start: int | None = None, end: int | None = None) -> Finding:
    return Finding("m", Place(pointer, start, end))


def codes(selection: Selection) -> list[str]:
    return [one.code for one in Gate(REGISTRY, selection).entries]


def test_strict_rules_run_when_asked_for_or_selected() -> None:
    assert codes(Selection()) == ["CAM601", "CAM604"]
    assert codes(Selection(strict=True)) == ["CAM601", "CAM604", "CAM606"]
    assert codes(Selection(("CAM606",))) == ["CAM606"]
    assert codes(Selection(("rule-606",))) == ["CAM606"]


def test_ignore_takes_away_from_a_selection_by_code_prefix_or_name() -> None:
    assert codes(Selection(("CAM6",), ("CAM604",))) == ["CAM601", "CAM606"]
    assert codes(Selection(ignore=("CAM6",))) == []
    assert codes(Selection(ignore=("rule-601",))) == ["CAM604"]


def test_strict_cases_of_an_ordinary_rule_wait_for_strict_mode() -> None:
    case = Raised(WEAK, Finding("m", Place(()), strict=True), 0)
    assert admitted(Selection(), case) == []
    assert admitted(Selection(strict=True), case) == ["CAM604"]
    assert admitted(Selection(("CAM604",)), case) == ["CAM604"]


def test_a_finding_silences_what_it_supersedes_in_its_scope_only() -> None:
    action = (*STATEMENT, "action", 0)
    loud = Raised(STRONG, Finding("m", Place(action), scope=STATEMENT), 0)
    same = Raised(WEAK, at((*STATEMENT, "action", 1)), 0)
    other_statement = Raised(WEAK, at(("statement", 1, "action", 0)), 0)
    other_document = Raised(WEAK, at((*STATEMENT, "action", 1)), 1)
    assert admitted(Selection(), loud, same) == ["CAM601"]
    assert admitted(Selection(), loud, other_statement) == ["CAM601", "CAM604"]
    assert admitted(Selection(), loud, other_document) == ["CAM601", "CAM604"]


def test_without_a_scope_the_characters_must_meet() -> None:
    resource = (*STATEMENT, "resource", 0)
    loud = Raised(STRONG, at(resource, 4, 8), 0)
    assert admitted(Selection(), loud, Raised(WEAK, at(resource, 7, 9), 0)) == ["CAM601"]
    assert admitted(Selection(), loud, Raised(WEAK, at(resource, 8, 9), 0)) == [
        "CAM601",
        "CAM604",
    ]
    assert admitted(Selection(), loud, Raised(WEAK, at(resource), 0)) == ["CAM601"]


def test_a_key_and_its_value_are_two_places() -> None:
    key = Raised(STRONG, Finding("m", Place(("version",), part=Part.KEY)), 0)
    assert admitted(Selection(), key, Raised(WEAK, at(("version",)), 0)) == ["CAM601", "CAM604"]


def test_an_ignored_rule_silences_nothing() -> None:
    weak = Raised(WEAK, at(STATEMENT), 0)
    assert codes(Selection(ignore=("CAM601",))) == ["CAM604"]
    assert admitted(Selection(ignore=("CAM601",)), weak) == ["CAM604"]


def test_thresholds_apply_to_the_final_severity() -> None:
    selection = Selection(severity={"CAM604": Severity.NOTE}, min_severity=Severity.WARNING)
    assert admitted(selection, Raised(WEAK, at(STATEMENT), 0)) == []
    unsure = Raised(WEAK, Finding("m", Place(()), confidence=Confidence.LOW), 0)
    assert admitted(Selection(min_confidence=Confidence.MEDIUM), unsure) == []


def test_the_users_severity_wins_over_the_findings_own() -> None:
    gate = Gate(REGISTRY, Selection(severity={"rule-604": Severity.ERROR}))
    noted = Finding("m", Place(()), severity=Severity.NOTE)
    assert gate.severity(Raised(WEAK, noted, 0)) is Severity.ERROR
    assert Gate(REGISTRY, Selection()).severity(Raised(WEAK, noted, 0)) is Severity.NOTE


def test_a_demand_runs_its_rule_and_what_tells_of_gaps_whatever_is_selected() -> None:
    demanding = Entry(
        "CAM511",
        "rule-511",
        "error",
        "high",
        False,
        ("identity",),
        "Policy",
        "nowhere",
        (),
        "A problem.",
        demand="forbid",
    )
    gaps = Entry(
        "CAM901", "rule-901", "warning", "high", False, (), ENGINE, "nowhere", (), "A problem."
    )
    registry = Registry((STRONG, demanding, gaps))
    settings = Settings(forbidden=(Forbidden(("cam:*",)),))

    def run(selection: Selection, settings: Settings) -> list[str]:
        return [one.code for one in Gate(registry, selection, settings).entries]

    assert run(Selection(("CAM6",)), settings) == ["CAM601", "CAM511", "CAM901"]
    assert run(Selection(("CAM6",), ("CAM511",)), settings) == ["CAM601", "CAM901"]
    assert run(Selection(("CAM5",)), Settings()) == []
    assert run(Selection(strict=True), Settings(no_public_access=True)) == ["CAM601", "CAM901"]
