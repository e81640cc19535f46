"""Parts of policies taken away in turn: which loss is noticed, which isn't, which means nothing."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("small_catalogue")

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = pytest.importorskip("jsonschema").Draft202012Validator(
    json.loads((DOCS / "test.schema.json").read_text("utf-8"))
)
APP = "qcs::trtc::uin/100032145678:sdkappid/1400618273"
OTHER = "qcs::trtc::uin/100032145678:sdkappid/1400618274"
POLICY = f"""{{"version": "2.0", "statement": [
    {{"effect": "allow", "action": ["trtc:DismissRoom", "trtc:DescribeRoomInfo"],
      "resource": ["{APP}", "{OTHER}"]}},
    {{"effect": "deny", "action": ["trtc:DismissRoom"], "resource": ["{APP}"]}}
]}}
"""
ALL = f"""policy = "rooms.json"

[[cases]]
can = "trtc:DescribeRoomInfo"
cannot = "trtc:DismissRoom"
resource = "{APP}"

[[cases]]
can = "trtc:DismissRoom"
resource = "{OTHER}"
"""


@pytest.fixture(autouse=True)
def files(folder: Path) -> Path:
    """A policy of which every part is needed by a case."""
    (folder / "rooms.json").write_text(POLICY, "utf-8")
    (folder / "rooms.camtest.toml").write_text(ALL, "utf-8")
    return folder


def test_all_is_noticed(run: Run) -> None:
    assert run("test", "--mutate") == (
        0,
        "ok    rooms.camtest.toml: 3 passed\n"
        "3 passed, 0 failed in 1 file\n"
        "6 parts taken away in turn: 6 noticed, 0 not\n",
        "",
    )
    assert run("test", "--mutate", "-q") == (0, "", "")


@pytest.mark.parametrize("form", ["toml", "yaml"])
def test_a_survivor_comes_with_the_case_that_would_notice(run: Run, files: Path, form: str) -> None:
    (files / "rooms.camtest.toml").unlink()
    path = files / f"rooms.camtest.{form}"
    text = {
        "toml": f'policy = "rooms.json"\n[[cases]]\ncan = "trtc:DescribeRoomInfo"\nresource = "{APP}"\n',
        "yaml": f"policy: rooms.json\ncases:\n- can: trtc:DescribeRoomInfo\n  resource: {APP}\n",
    }[form]
    path.write_text(text, "utf-8")
    code, out, _ = run("test", "--mutate", "-q")
    assert code == 1
    # Adding what is suggested, again and again, ends with nothing left to suggest.
    for _ in range(6):
        rows = out.splitlines()
        head = next(number for number, row in enumerate(rows) if row.endswith("would notice:"))
        case = []
        for row in rows[head + 1 :]:
            if not row.startswith(" " * 8):
                break
            case.append(row.removeprefix(" " * 8))
        text += "\n".join(case) + "\n"
        path.write_text(text, "utf-8")
        code, out, err = run("test", "--mutate", "-q")
        assert err == ""
        if code == 0:
            break
    assert (code, out) == (0, "")
    assert 'cannot = "trtc:DismissRoom"' in text or 'cannot: "trtc:DismissRoom"' in text


def test_what_is_told_of_a_survivor(run: Run, files: Path) -> None:
    (files / "rooms.camtest.toml").write_text(ALL.replace("cannot", "#"), "utf-8")
    code, out, _ = run("test", "--mutate", "-q")
    assert code == 1
    assert out == (
        "SURVIVES  rooms.json:4: no expectation notices that statement 2 (deny) is gone\n"
        "      a case for rooms.camtest.toml that would notice:\n"
        "        [[cases]]\n"
        '        cannot = "trtc:DismissRoom"\n'
        f'        resource = "{APP}"\n'
    )
    report = json.loads(run("test", "--mutate", "--format", "json")[1])
    SCHEMA.validate(report)
    assert report["mutation"] == {
        "noticed": 5,
        "equivalent": 0,
        "survivors": [
            {
                "message": "no expectation notices that statement 2 (deny) is gone",
                "path": "rooms.json",
                "policy": "",
                "pointer": "/statement/1",
                "line": 4,
                "part": "statement",
                "text": None,
                "file": "rooms.camtest.toml",
                "expect": "cannot",
                "witness": {"action": "trtc:DismissRoom", "resource": APP, "context": {}},
            }
        ],
    }
    junit = run("test", "--mutate", "--format", "junit")[1]
    (failure,) = ET.fromstring(junit.partition("\n")[2]).iter("failure")
    assert failure.get("type") == "mutation"


def test_what_means_nothing_is_no_survivor(run: Run, files: Path) -> None:
    doubled = POLICY.replace(
        '"trtc:DismissRoom", "trtc:D', '"trtc:DismissRoom", "trtc:Dismiss*", "trtc:D'
    )
    (files / "rooms.json").write_text(doubled, "utf-8")
    text = ALL.replace('can = "trtc:Dis', 'can = ["trtc:DescribeRoomInfo", "trtc:Dis').replace(
        f'Room"\nresource = "{OTHER}"', f'Room"]\nresource = "{OTHER}"'
    )
    (files / "rooms.camtest.toml").write_text(text, "utf-8")
    _, out, _ = run("test", "--mutate")
    assert "more mean nothing beside the others" in out
    assert '"trtc:DismissRoom" of statement 1' not in out


def test_a_bound_notices_too(run: Run, files: Path) -> None:
    (files / "old.json").write_text(POLICY, "utf-8")
    (files / "rooms.camtest.toml").write_text(
        'policy = "rooms.json"\nmust-equal = "old.json"\n', "utf-8"
    )
    code, out, _ = run("test", "--mutate", "-q")
    assert (code, out) == (0, "")


def test_one_file_notices_for_another(run: Run, files: Path) -> None:
    head, first, second = ALL.partition('\n[[cases]]\ncan = "trtc:Dis')[0], "", ""
    first = head
    second = (
        'policy = "rooms.json"\n[[cases]]\ncan = "trtc:Dis'
        + ALL.partition('\n[[cases]]\ncan = "trtc:Dis')[2]
    )
    (files / "rooms.camtest.toml").write_text(first, "utf-8")
    assert run("test", "--mutate")[0] == 1
    (files / "more.camtest.toml").write_text(second, "utf-8")
    assert run("test", "--mutate")[0] == 0


def test_what_fails_is_mended_first(run: Run, files: Path) -> None:
    (files / "rooms.camtest.toml").write_text(
        ALL.replace("cannot", "can", 1).replace('can = "trtc:DescribeRoomInfo"\n', ""), "utf-8"
    )
    code, out, err = run("test", "--mutate")
    assert code == 1
    assert "FAIL" in out
    assert "SURVIVES" not in out
    assert err == (
        "camlint: --mutate is put off: first every file must run and every expectation be met\n"
    )


def test_what_a_boundary_forbids_anyway_is_not_suggested(run: Run, files: Path) -> None:
    bound = POLICY.replace('"trtc:DismissRoom", "trtc:DescribeRoomInfo"', '"trtc:DescribeRoomInfo"')
    (files / "bound.json").write_text(bound, "utf-8")
    (files / "rooms.camtest.toml").write_text(
        'policy = "rooms.json"\nboundary = "bound.json"\n[[cases]]\ncan = "trtc:DescribeRoomInfo"\n'
        f'resource = ["{APP}", "{OTHER}"]\n',
        "utf-8",
    )
    code, out, _ = run("test", "--mutate", "-q")
    assert code == 1
    assert "[[cases]]" not in out
    assert "no case was found that would notice in rooms.camtest.toml" in out


def test_whose_account_is_meant_does_not_hang_on_the_part_that_is_gone(
    run: Run, files: Path
) -> None:
    (files / "rooms.json").write_text(
        """{"version": "2.0", "statement": [
    {"effect": "allow", "action": ["trtc:DismissRoom"], "resource": ["qcs::trtc:::sdkappid/*"]},
    {"effect": "allow", "action": ["trtc:DescribeRoomInfo"],
     "resource": ["qcs::trtc::uin/100032145678:sdkappid/1400618273"]}]}""",
        "utf-8",
    )
    (files / "rooms.camtest.toml").write_text(
        f'policy = "rooms.json"\n[[cases]]\ncan = "trtc:DismissRoom"\nresource = "{APP}"\n', "utf-8"
    )
    code, out, _ = run("test", "--mutate", "-q")
    assert code == 1
    assert out.splitlines()[0].endswith("no expectation notices that statement 2 (allow) is gone")
