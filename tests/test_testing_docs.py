"""What the README and the page on expectations show is what camlint really says."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from camlint.cli import main
from camlint.tasks.read_expectations import read_expectations

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "testing-policies.md").read_text("utf-8")
EXAMPLE = ROOT / "examples" / "expectations"

Ran = tuple[int, str]


def block(text: str, start: str) -> str:
    """The code block that begins with a text, without its fences."""
    found = re.search(rf"```\w*\n({re.escape(start)}.*?)```", text, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Runs camlint in a folder with the policy of the example and the expectations of a text."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)

    def call(expectations: str, *arguments: str, denies: bool = True) -> Ran:
        policy = (EXAMPLE / "rooms.json").read_text("utf-8")
        if not denies:
            policy = re.sub(
                r",\n {8}\{\n {12}\"effect\": \"deny\".*?\n {8}\}", "", policy, flags=re.S
            )
            assert len(json.loads(policy)["statement"]) == 1
        (tmp_path / "rooms.json").write_text(policy, "utf-8")
        (tmp_path / "rooms.camtest.toml").write_text(expectations, "utf-8")
        code = main(["test", *arguments])
        return code, capsys.readouterr().out

    return call


@pytest.mark.parametrize(("text", "start"), [(README, "policy = "), (PAGE, "# rooms.camtest")])
def test_the_failure_that_is_shown(run: Callable[..., Ran], text: str, start: str) -> None:
    expectations = block(text, start)
    assert run(expectations)[0] == 0
    code, out = run(expectations, denies=False)
    assert code == 1
    assert block(text, "$ camlint test\n") == f"$ camlint test\n{out}"


def test_the_survivors_that_are_shown(run: Callable[..., Ran]) -> None:
    expectations = block(PAGE, "# rooms.camtest")
    code, out = run(expectations, "--mutate", "-q")
    assert code == 1
    assert block(PAGE, "$ camlint test --mutate") == f"$ camlint test --mutate -q\n{out}"
    both = '["%s3", "%s4"]' % (("qcs::trtc::uin/100032145678:sdkappid/140061827",) * 2)
    more = f'\n[[cases]]\ncan = "trtc:RemoveUser"\nresource = {both}\n'
    assert run(expectations + more, "--mutate", "-q") == (0, "")


@pytest.mark.parametrize(
    ("start", "path"), [("policy: rooms", "x.yaml"), ("never-grants:", "x.yaml"),
                        ("never-grants =", "x.toml")]
)  # fmt: skip
def test_the_pieces_that_are_shown_can_be_read(start: str, path: str) -> None:
    text = block(PAGE, start)
    if "policy" not in text:
        text = ("policy: a\n" if path.endswith("yaml") else 'policy = "a"\n') + text
    assert read_expectations(text, path).path == path


def test_the_example_meets_its_expectations_and_they_notice_everything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["test", "examples", "--mutate", "--require-coverage"]) == 0
    assert "0 not" in capsys.readouterr().out.splitlines()[-1]
