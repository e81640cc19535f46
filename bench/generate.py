"""Write policies to measure on: small ones with the usual slips, and ones as large as is asked."""

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path

SEED = 20_100
FOLDER = 100
"""Policies a folder holds."""

STATEMENTS = 3
FLAWED = 0.95
"""The share of policies that get a slip on purpose."""

REGIONS = ("ap-beijing", "ap-guangzhou", "ap-shanghai", "ap-singapore", "eu-frankfurt")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

ACTIONS = {
    "cdb": ("CreateBackup", "DescribeAccounts", "DescribeBackups", "RestartDBInstances"),
    "cos": ("DeleteObject", "GetObject", "HeadObject", "PutObject", "UploadPart"),
    "cvm": ("DescribeInstances", "RebootInstances", "StartInstances", "StopInstances"),
    "trtc": ("CreateCloudRecording", "DismissRoom", "RemoveUser", "StartMCUMixTranscode"),
    "vpc": ("CreateSubnet", "DeleteVpc", "DescribeVpcs", "ModifyVpcAttribute"),
}

Statement = dict[str, object]


def main() -> None:
    """Write policies below the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    given = parser.parse_args()
    write_policies(given.folder, given.count)


def write_policies(folder: Path, count: int) -> None:
    """Write ``count`` small policies, a hundred to a folder; the same ones every time."""
    dice = random.Random(SEED)
    for number in range(count):
        home = folder / f"team-{number // FOLDER:03}"
        if number % FOLDER == 0:
            home.mkdir(parents=True)
        text = json.dumps(make_policy(dice), indent=2)
        (home / f"policy-{number:05}.json").write_text(text, "utf-8")


def write_large_policy(path: Path, statements: int, actions: int) -> None:
    """Write one policy of ``statements`` statements with ``actions`` actions each.

    The operations are numbered, not CAM's own: what is measured is size.
    """
    dice = random.Random(SEED)
    services = sorted(ACTIONS)
    made: list[Statement] = []
    for number in range(statements):
        service = services[number % len(services)]
        names = [f"{service}:Describe{number}x{one}" for one in range(actions)]
        made.append(
            {"effect": "allow", "action": names, "resource": [make_resource(service, dice)]}
        )
    path.write_text(json.dumps({"version": "2.0", "statement": made}, indent=2), "utf-8")


def make_policy(dice: random.Random) -> dict[str, object]:
    """One policy of three statements over five services, with a slip in nearly every one."""
    statements = [make_statement(dice) for _ in range(STATEMENTS)]
    policy: dict[str, object] = {"version": "2.0", "statement": statements}
    if dice.random() < FLAWED:
        dice.choice(SLIPS)(dice.choice(statements))
    return policy


def make_statement(dice: random.Random) -> Statement:
    """A statement about one service, or about two of the five."""
    services = dice.sample(sorted(ACTIONS), dice.choice((1, 1, 2)))
    actions = [
        f"{service}:{operation}"
        for service in services
        for operation in dice.sample(ACTIONS[service], dice.randint(1, 3))
    ]
    return {
        "effect": "deny" if dice.random() < 0.1 else "allow",
        "action": actions,
        "resource": [make_resource(service, dice) for service in services],
    }


def make_resource(service: str, dice: random.Random) -> str:
    """A resource of the service in six segments, well formed."""
    uin, appid = 100_000_000_000 + dice.randrange(10**9), 1_251_000_000 + dice.randrange(10**6)
    region = dice.choice(REGIONS)
    name = "".join(dice.choices(LETTERS, k=8))
    forms = {
        "cdb": f"qcs::cdb:{region}:uin/{uin}:instanceId/cdb-{name}",
        "cos": f"qcs::cos:{region}:uid/{appid}:{name}-{appid}/reports/*",
        "cvm": f"qcs::cvm:{region}:uin/{uin}:instance/ins-{name}",
        "trtc": f"qcs::trtc::uin/{uin}:sdkappid/{1_400_000_000 + dice.randrange(10**8)}",
        "vpc": f"qcs::vpc:{region}:uin/{uin}:vpc/vpc-{name}",
    }
    return forms[service]


def _texts(statement: Statement, element: str) -> list[str]:
    value = statement[element]
    assert isinstance(value, list)
    return value


def _drop_segment(statement: Statement) -> None:
    resources = _texts(statement, "resource")
    resources[0] = resources[0].replace("qcs::", "qcs:", 1)


def _name_project(statement: Statement) -> None:
    resources = _texts(statement, "resource")
    resources[0] = resources[0].replace("qcs::", "qcs:id/0:", 1)


def _repeat_action(statement: Statement) -> None:
    actions = _texts(statement, "action")
    actions.append(actions[0])


def _widen_action(statement: Statement) -> None:
    actions = _texts(statement, "action")
    actions[0] = actions[0].partition(":")[0] + ":*"


def _leave_blank(statement: Statement) -> None:
    actions = _texts(statement, "action")
    actions[-1] += " "


def _misspell_action(statement: Statement) -> None:
    actions = _texts(statement, "action")
    actions[0] = actions[0].replace(":", "", 1)


def _capitalise_effect(statement: Statement) -> None:
    statement["effect"] = str(statement["effect"]).capitalize()


def _misspell_element(statement: Statement) -> None:
    statement["resources"] = statement.pop("resource")


def _allow_everything(statement: Statement) -> None:
    statement |= {"effect": "allow", "action": ["*"], "resource": ["*"]}


def _forget_effect(statement: Statement) -> None:
    del statement["effect"]


SLIPS: tuple[Callable[[Statement], None], ...] = (
    _allow_everything,
    _capitalise_effect,
    _drop_segment,
    _forget_effect,
    _leave_blank,
    _misspell_action,
    _misspell_element,
    _name_project,
    _repeat_action,
    _widen_action,
)

if __name__ == "__main__":
    main()
