"""What the tests about policies in layers share: layers from plain statements."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from camlint.catalog.catalog import Catalog
from camlint.hosts.search import find_policies
from camlint.policy.read import read_policy
from camlint.settings import NOTHING_STATED
from camlint.source import Source
from camlint.syntax.document import read_document
from camlint.tasks.decision import Layer, PlacedPolicy, Role, make_layer

MakeLayer = Callable[..., Layer]


@pytest.fixture(scope="session")
def layer() -> MakeLayer:
    """Makes a layer of one policy, of plain statements, in a file called after its role."""

    def make(
        *statements: dict[str, Any], role: Role = Role.POLICY, catalog: Catalog | None = None
    ) -> Layer:
        text = json.dumps({"version": "2.0", "statement": list(statements)})
        (host,) = find_policies(read_document(Source(f"{role.value}.json", text)))
        assert host.value is not None
        policy = read_policy(host.value, host.kind)
        placed = PlacedPolicy(f"{role.value}.json", policy, host, role)
        return make_layer(role, [placed], NOTHING_STATED, catalog or Catalog())

    return make
