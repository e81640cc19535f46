"""What can't be meant in expectations: misspelt actions, resources that an action never has."""

from collections.abc import Iterator

from camlint.catalog.catalog import Catalog
from camlint.patterns import split_action, split_resource
from camlint.tasks.expectations import Ban, Case, Expectations, Word
from camlint.tasks.placed_table import Problem
from camlint.tasks.request import WrongRequestError, read_action, read_context, read_principal
from camlint.tasks.subject import Subject
from camlint.wording import clip, quote

ADD = "an action that exists but isn't in the catalogue is added under [catalog] in camlint.toml"


def find_slips(file: Expectations, subject: Subject) -> list[Problem]:
    """What in a file would make an expectation true, or false, for the wrong reason.

    A misspelt action can never be done, and so can none on a resource that CAM doesn't give it.
    """
    problems: list[Problem] = []
    catalog = subject.catalog
    for case in file.cases:
        problems += _check_case(case, subject)
    for ban in file.bans:
        problems += _check_ban(ban, catalog)
    return problems


def find_doubts(file: Expectations, catalog: Catalog) -> list[Problem]:
    """Actions of cases that the catalogue hasn't got, and nothing like them; it is partial."""
    return [
        Problem(
            word.line,
            f"{word.text} isn't in the catalogue, which is partial: if it is misspelt, nothing can "
            "do it and this says nothing",
        )
        for case in file.cases
        for word in (*case.can, *case.cannot)
        if catalog.find_action(*_split(word)) is None
    ]


def _split(action: Word) -> tuple[str, str]:
    """The service and the operation of an action."""
    service, _, operation = action.text.removeprefix("name/").partition(":")
    return service, operation


def _check_case(case: Case, subject: Subject) -> Iterator[Problem]:
    situation = case.situation
    for resource in situation.resources:
        yield from _check_resource(resource)
        if split_resource(resource.text) is not None and "*" in resource.text:
            yield Problem(
                resource.line,
                f"{quote(resource.text)} is a pattern, and a case is about one resource; name it, or "
                "use never-grants for all that a pattern stands for",
            )
    for action in (*case.can, *case.cannot):
        problem = _check_action(action, subject.catalog)
        problem = problem or _check_level(action, situation.resources, subject)
        if problem:
            yield Problem(action.line, problem)
    yield from _check_principal(case, subject)
    yield from _check_context(case, subject)


def _check_action(action: Word, catalog: Catalog) -> str:
    """Why a text is no action, or hardly one; ``""`` where it may be."""
    name = split_action(action.text)
    if name is not None and name.wild and not name.opaque:
        return (
            f"{quote(action.text)} is a pattern, and a case is about one action; name it, or use "
            "never-grants for all that a pattern stands for"
        )
    try:
        read_action(action.text)
    except WrongRequestError as error:
        return str(error)
    return _check_names(*_split(action), catalog)


def _check_principal(case: Case, subject: Subject) -> Iterator[Problem]:
    """That it is known who asks where that matters, by a name that policies could have."""
    names = [name for layer in subject.layers for name in layer.question.askers.names]
    who = case.situation.principal
    if who is not None:
        try:
            read_principal(who, names)
        except WrongRequestError as error:
            yield Problem(case.line, str(error).removeprefix("--"))
    elif names:
        yield Problem(
            case.line,
            "the policy says who may ask, and the case doesn't; name a principal, such as "
            f'"{names[0]}" or "anonymous"',
        )


def _check_names(prefix: str, operation: str, catalog: Catalog) -> str:
    """Why an action, or its service, is probably misspelt; ``""`` where it isn't."""
    service = catalog.find_service(prefix)
    if service is None:
        meant = catalog.suggest_service(prefix)
        if meant is None:
            return ""
        return f"no service is called {quote(prefix)}; {meant.reason}"
    if operation in service:
        return ""
    suggested = catalog.suggest_action(prefix, operation)
    if suggested is None:
        return ""
    return f'no action is called "{prefix}:{clip(operation)}"; {suggested.reason}; {ADD}'


def _check_level(action: Word, resources: tuple[Word, ...], subject: Subject) -> str:
    """Why CAM never asks about an action on one of the resources; ``""`` where it may.

    A role's own policy names no resource: the role is what is asked about.
    """
    catalog = subject.catalog
    service, operation = _split(action)
    scoped = catalog.resource_level(service, operation)
    named = any(one.statement.resources for one in subject.own.statements)
    for resource in resources:
        if scoped is True and resource.text == "*" and named:
            known = catalog.find_action(service, operation)
            form = known.templates[0].text if known and known.templates else "qcs::…"
            return (
                f"{action.text} is always about a resource, and the case names none; add one, such "
                f"as {form}"
            )
        six = split_resource(resource.text)
        if six is None:
            continue
        owner = six.service.text
        if owner and not catalog.goes_with(service, owner, six.resource_type.text):
            return f"{action.text} is never asked about resources of {clip(owner)}"
        if scoped is False:
            return (
                f'{action.text} is operation-level: CAM gives it no resource, only "*"; put it in a '
                "case without a resource"
            )
    return ""


def _check_resource(resource: Word) -> Iterator[Problem]:
    if resource.text != "*" and split_resource(resource.text) is None:
        yield Problem(
            resource.line,
            f"{quote(resource.text)} is no resource; write six segments, such as "
            '"qcs::trtc::uin/100000000001:sdkappid/1400000001", or "*"',
        )


def _check_ban(ban: Ban, catalog: Catalog) -> Iterator[Problem]:
    for resource in ban.resources:
        yield from _check_resource(resource)
    for action in ban.actions:
        name = split_action(action.text)
        if name is None or name.opaque:
            yield Problem(
                action.line,
                f'{quote(action.text)} is no action or pattern; write one such as "cam:*"',
            )
            continue
        prefix, operation = name.service.text, name.operation.text
        if "*" in prefix:
            continue
        service = catalog.find_service(prefix)
        if service is None or "*" not in operation:
            problem = _check_names(prefix, operation, catalog)
        elif service.operations and not service.catches(operation):
            problem = f"{quote(action.text)} stands for no known action of {prefix}; {ADD}"
        else:
            problem = ""
        if problem:
            yield Problem(action.line, problem)


def _check_context(case: Case, subject: Subject) -> Iterator[Problem]:
    """Keys that look like one that is known or in use, and values that aren't of a key's type."""
    statements = [placed.statement for layer in subject.layers for placed in layer.statements]
    used = {condition.key for one in statements for condition in one.conditions}
    keys = subject.catalog.condition_keys
    situation = case.situation
    for key in (*situation.context, *sorted(situation.unknown)):
        if key not in used and keys.find(key) is None:
            near = keys.find_near(key)
            if near is not None:
                told = f"no condition key is called {quote(key)}; did you mean {quote(near.name)}?"
                yield Problem(case.line, told)
    given = [f"{key}={value}" for key, values in situation.context.items() for value in values]
    try:
        read_context(given, sorted(situation.unknown), statements, subject.catalog)
    except WrongRequestError as error:
        yield Problem(case.line, str(error).removeprefix("--"))
