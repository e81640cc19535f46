"""The request that a finding shows, given to ``can`` with just what the JSON report says of it."""

import json
from collections.abc import Callable
from pathlib import Path

OWN = Path(__file__).parents[1] / "policies"
Run = Callable[..., tuple[int, str, str]]


def test_what_findings_show_is_allowed(run: Run) -> None:
    _, out, _ = run("check", "--no-config", "--strict", "--format", "json", str(OWN))
    shown = [one for one in json.loads(out)["findings"] if one["witness"] is not None]
    assert {one["code"] for one in shown} == {
        "CAM502",
        "CAM601",
        "CAM608",
        "CAM703",
        "CAM704",
        "CAM707",
    }
    assert any(one["witness"]["context"] for one in shown)
    for one in shown:
        witness = one["witness"]
        arguments = ["--action", witness["action"], "--resource", witness["resource"]]
        for key, values in witness["context"].items():
            for value in [values] if isinstance(values, str) else values:
                arguments += ["--context", f"{key}={value}"]
        code, said, err = run("can", one["path"], *arguments)
        assert code == 0, said + err


def test_annotations_name_the_steps_that_somebody_takes(folder: Path, run: Run) -> None:
    policy = '{"effect": "allow", "action": "cam:AttachUserPolicy", "resource": "*"}'
    (folder / "a.json").write_text(f'{{"version": "2.0", "statement": [{policy}]}}', "utf-8")
    _, out, _ = run("check", "--no-config", "--format", "github", "--select", "CAM701", "a.json")
    _, step, *_ = out.splitlines()[0].split("%0A")
    assert step.startswith("step 1: attach the preset policy AdministratorAccess")
    assert step.endswith(", for example cam:AttachUserPolicy with no resource")
