"""A condition has a date that is past, so the statement never applies any more, or always does."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Instant,
    Settings,
    Severity,
    Statement,
    Trait,
    clip,
    parse_date,
    rule,
)

CLOCK = "qcs:current_time"
"""The only key that is the time of the request."""

DAY = 86_400
"""Seconds by which a date must be past whose time zone isn't sure."""

NEW_YEAR = Settings(now=1_767_225_600)
"""The first second of 2026."""

Bound = tuple[float, int]
"""When a condition changed for good, and which of its values says so."""


@rule(
    code="CAM314",
    name="expired-condition",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://cloud.tencent.com/document/product/598/73087",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["trtc:DismissRoom"],
                  "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"],
                  "condition": {
                    "date_greater_than": {"qcs:current_time": "2025-03-01T00:00:00Z"},
                    "date_less_than": {"qcs:current_time": «"2025-09-30T16:00:00Z"»}
                  }
                }
              ]
            }
            """,
            settings=NEW_YEAR,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {"effect": "allow", "action": ["cdb:*"], "resource": "*"},
                {
                  "effect": "deny",
                  "action": ["cdb:IsolateDBInstance"],
                  "resource": "*",
                  "condition": {"date_greater_than": {"qcs:current_time": «"2025-06-30T16:00:00Z"»}}
                }
              ]
            }
            """,
            settings=NEW_YEAR,
        ),
    ),
    good=Good(
        """
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["trtc:DismissRoom"],
              "resource": ["qcs::trtc::uin/100012345678:sdkappid/1400123456"],
              "condition": {
                "date_greater_than": {"qcs:current_time": "2025-03-01T00:00:00Z"},
                "date_less_than": {"qcs:current_time": "2026-09-30T16:00:00Z"}
              }
            }
          ]
        }
        """,
        settings=NEW_YEAR,
    ),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The time of a request only grows. After the date under `date_less_than` the statement never
    applies again: an allow grants nothing, and a deny prevents nothing, which is easily missed when
    a freeze was meant to be renewed. After the date under `date_greater_than` a deny applies for
    good and no longer depends on the time.

    ## How to fix it

    Write a later date, or remove what the date has settled: the whole statement if it never applies
    any more, the condition on the time if it always holds.

    ## What camlint knows

    Dates are compared with the clock of the machine, or with the date given by
    `camlint check --now 2026-12-31`. A date without a time zone is read as UTC, as CAM documents
    it, and must be past by a day. An allow that began some time ago is in order, and so is a deny
    within its days.
    """
    if statement.effect is None:
        return
    ended: tuple[Bound, Condition] | None = None
    begun: tuple[Bound, Condition] | None = None
    pending = False
    for condition in statement.conditions:
        known = condition.known
        if condition.key != CLOCK or known is None or known.family != "date" or known.negated:
            continue
        instants = [parse_date(one) if isinstance(one, str) else None for one in condition.values]
        bound = _latest(instants, earliest=known.order.startswith(">"))
        if bound is None:
            return
        past = bound[0] < context.settings.read_clock()
        if not past:
            pending = True
        elif known.order.startswith(">"):
            if begun is None or bound > begun[0]:
                begun = bound, condition
        elif ended is None or bound < ended[0]:
            ended = bound, condition
    if ended is not None:
        yield _tell_ended(statement, *ended)
    elif begun is not None and not pending and statement.effect == "deny":
        yield _tell_permanent(*begun)


def _latest(instants: list[Instant | None], *, earliest: bool) -> Bound | None:
    """The bound that counts of several: the latest, or the earliest of lower ones."""
    bounds: list[Bound] = []
    for index, instant in enumerate(instants):
        if instant is None:
            return None
        bounds.append((instant.seconds + (0 if instant.documented else DAY), index))
    return min(bounds) if earliest else max(bounds)


def _tell_ended(statement: Statement, bound: Bound, condition: Condition) -> Finding:
    index = bound[1]
    date = clip(str(condition.values[index]))
    several = len(condition.values) > 1
    what = statement.effect or "statement"
    outcome = "grants nothing any more" if what == "allow" else "no longer refuses anything"
    return Finding(
        f"{'the last of these dates, ' if several else ''}{date}{',' if several else ''} is past, "
        f"so this {what} {outcome}",
        condition.value_place(index),
        label="past",
        confidence=_confidence(date),
        help=f"write a later date, or delete the {what}",
    )


def _tell_permanent(bound: Bound, condition: Condition) -> Finding:
    index = bound[1]
    date = clip(str(condition.values[index]))
    return Finding(
        f"{date} is past, so this deny no longer depends on the time and stays in force for good",
        condition.value_place(index),
        label="past",
        confidence=_confidence(date),
        help=f"delete the condition on {CLOCK} if the deny is to stay, else write a later date or "
        "delete the deny",
    )


def _confidence(date: str) -> Confidence | None:
    """Less than the rule's own for a date in a form that CAM doesn't document."""
    instant = parse_date(date)
    return None if instant is not None and instant.documented else Confidence.MEDIUM
