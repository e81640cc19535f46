"""The normal document: one shape for all spellings, and every value's way back to its place."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from camlint.kinds import Kind
from camlint.place import Part, Pointer
from camlint.policy.normal import Normal
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy

KEYS = [
    *("version", "Version", "statement", "Statement", "STATEMENT", "principal", "Principal"),
    *("effect", "Effect", "action", "Action", "resource", "Resource", "condition", "Condition"),
    *("qcs", "QCS", "Service", "string_equal", "qcs:ip", "Sid", "İ", "i̇", ""),
]
TEXTS = st.sampled_from(
    ["allow", "Allow", "DENY", "name/cos:A", "cos:A", "name/name/a", "*", "name/", "2.0", ""]
)
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(0, 9), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)
STATEMENTS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6)
POLICIES = st.one_of(
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5),
    st.fixed_dictionaries({"statement": st.lists(STATEMENTS, max_size=3), "version": TEXTS}),
    st.fixed_dictionaries({"Statement": STATEMENTS}),
)


def leaves(document: object) -> Iterator[tuple[Pointer, object]]:
    waiting: list[tuple[Pointer, object]] = [((), document)]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(((*pointer, key), item) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*pointer, at), item) for at, item in enumerate(value))
        else:
            yield pointer, value


def follow(document: object, pointer: Pointer) -> object:
    for step in pointer:
        document = document[step]
    return document


def alike(normal: object, original: object) -> bool:
    """Whether a value is the original, but for what CAM ignores in it."""
    if normal == original and type(normal) is type(original):
        return True
    if not isinstance(normal, str) or not isinstance(original, str):
        return False
    return original in (f"name/{normal}",) or (
        normal in ("allow", "deny") and original.lower() == normal
    )


def read(value: dict[str, object], *, bare: bool = False) -> Policy:
    return read_policy(value, Kind.IDENTITY, bare=bare)


@given(POLICIES, st.booleans())
def test_every_leaf_has_its_original(document: dict[str, object], bare: bool) -> None:
    normal = Normal(read(document, bare=bare))
    found = {normal.original(pointer): value for pointer, value in leaves(normal.value)}
    for pointer, value in found.items():
        assert alike(value, follow(document, pointer))
    assert set(found) == {pointer for pointer, _ in leaves(document)}


@given(POLICIES, st.booleans())
def test_it_has_one_shape(document: dict[str, object], bare: bool) -> None:
    value = Normal(read(document, bare=bare)).value
    statements = value.get("statement", [])
    assert isinstance(statements, list)
    for statement in statements:
        if isinstance(statement, dict):
            assert all(isinstance(statement.get(key, []), list) for key in ("action", "resource"))
            assert statement.get("effect") not in ("Allow", "DENY")


@given(POLICIES)
def test_statements_are_those_of_the_policy(document: dict[str, object]) -> None:
    policy = read(document)
    normal = Normal(policy)
    listed = normal.value.get("statement", [])
    assert isinstance(listed, list)
    found = [normal.statement_at(("statement", at)) for at in range(len(listed))]
    assert [one for one in found if one is not None] == list(policy.statements)
    for at, one in enumerate(found):
        if one is not None:
            assert normal.original(("statement", at)) == one.pointer


LONE: dict[str, object] = {
    "Version": "2.0",
    "Statement": {
        "Effect": "Allow",
        "Action": "name/cos:GetObject",
        "Principal": {"QCS": "qcs::cam::uin/100032145678:uin/100032145678"},
        "condition": {"ip_equal": {"qcs:ip": "203.0.113.7"}},
    },
}


def test_all_that_is_changed() -> None:
    normal = Normal(read(LONE))
    assert normal.value == {
        "version": "2.0",
        "statement": [
            {
                "effect": "allow",
                "action": ["cos:GetObject"],
                "principal": {"qcs": ["qcs::cam::uin/100032145678:uin/100032145678"]},
                "condition": {"ip_equal": {"qcs:ip": ["203.0.113.7"]}},
            }
        ],
    }
    action: Pointer = ("statement", 0, "action", 0)
    assert normal.original(action) == ("Statement", "Action")
    assert normal.shift(action, "cos:GetObject") == len("name/")


def test_places_of_what_has_no_text() -> None:
    normal = Normal(read(LONE))
    statement = normal.place(("statement", 0), {})
    assert (statement.pointer, statement.part) == (("Statement",), Part.OPENING)
    condition = normal.place(("statement", 0, "condition"), {})
    assert (condition.pointer, condition.part) == (("Statement", "condition"), Part.KEY)
    assert normal.place((), {}).part is Part.OPENING


def test_a_lone_statement_is_a_list_of_one() -> None:
    normal = Normal(read({"effect": "deny", "action": "cos:*"}, bare=True))
    assert normal.value == {"statement": [{"effect": "deny", "action": ["cos:*"]}]}
    assert normal.original(("statement", 0, "action", 0)) == ("action",)
    assert normal.place(("statement",), []).part is Part.OPENING


def test_the_documented_spelling_wins() -> None:
    normal = Normal(
        read({"statement": [{"Action": "cos:A", "action": "cos:B", "ACTION": "cos:C"}]})
    )
    assert normal.value["statement"] == [
        {"Action": "cos:A", "action": ["cos:B"], "ACTION": "cos:C"}
    ]
