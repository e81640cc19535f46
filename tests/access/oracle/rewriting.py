"""Ways to say the same otherwise, and to change a policy a little."""

from random import Random

from oracle.evaluator import Plain


def reorder(policy: list[Plain], random: Random) -> list[Plain]:
    """The statements in another order, and so are their actions and resources."""
    return [
        {
            **one,
            "action": random.sample(one["action"], len(one["action"])),
            "resource": random.sample(one["resource"], len(one["resource"])),
        }
        for one in random.sample(policy, len(policy))
    ]


def split_actions(policy: list[Plain], random: Random) -> list[Plain]:
    """A statement for each action."""
    return [{**one, "action": [action]} for one in policy for action in one["action"]]


def split_resources(policy: list[Plain], random: Random) -> list[Plain]:
    """A statement for each resource."""
    return [{**one, "resource": [where]} for one in policy for where in one["resource"]]


def merge(policy: list[Plain], random: Random) -> list[Plain]:
    """A statement repeated, in part."""
    one = random.choice(policy)
    return [*policy, {**one, "action": [random.choice(one["action"])]}]


def rewrite(policy: list[Plain], extra: Plain, random: Random) -> list[Plain]:
    """The statements with one or two things added, taken away or put elsewhere."""
    made = [dict(one) for one in policy]
    for _ in range(random.choice((1, 1, 2))):
        one = random.choice(made)
        part = random.choice(("action", "resource", "condition"))
        kind = random.choice(("drop", "add", "extend", "cut", "swap", "effect"))
        if kind == "drop" and len(made) > 1:
            made.remove(one)
        elif kind == "add":
            made.append(extra)
        elif kind == "effect":
            one["effect"] = extra["effect"]
        elif part == "condition":
            one.pop(part, None)
            if kind == "swap" and part in extra:
                one[part] = extra[part]
        elif kind == "extend":
            one[part] = list(dict.fromkeys([*one[part], *extra[part]]))
        elif kind == "cut" and len(one[part]) > 1:
            one[part] = one[part][1:]
        elif kind == "swap":
            one[part] = extra[part]
    return made
