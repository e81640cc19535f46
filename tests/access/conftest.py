"""What the tests of the engine share: a question from plain statements."""

from collections.abc import Callable

import pytest

from camlint.access.question import Question
from camlint.catalog.catalog import Catalog
from camlint.kinds import Kind
from camlint.policy.read import read_policy
from camlint.settings import Settings

pytest.register_assert_rewrite("oracle.laws")

CATALOG = Catalog()


@pytest.fixture(scope="session")
def ask() -> Callable[..., Question]:
    """Makes the question about statements, each (effect, actions, resources) or an object."""

    def make(*statements, accounts=(), kind=Kind.IDENTITY, **top) -> Question:
        plain = [
            one
            if isinstance(one, dict)
            else dict(zip(("effect", "action", "resource", "condition"), one, strict=False))
            for one in statements
        ]
        policy = read_policy({"version": "2.0", "statement": plain, **top}, kind)
        return Question((policy,), Settings(accounts), CATALOG)

    return make
