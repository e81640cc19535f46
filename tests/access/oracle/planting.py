"""Puts a fault into the engine for a while."""

import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from types import FunctionType, ModuleType
from typing import Any, NamedTuple


class Mutant(NamedTuple):
    """A fault: in which module what becomes what; by which law, on which policies, it is noticed."""

    fault: str
    module: str
    was: str
    becomes: str
    law: str
    sort: str


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """Has the fault in the engine as long as the block lasts.

    The code of the functions is exchanged and not their names: whoever imported them has it too.
    """
    module = importlib.import_module(f"camlint.{mutant.module}")
    source = inspect.getsource(module)
    assert source.count(mutant.was) == 1, (
        f"{mutant.fault!r}: {module.__name__} was changed, so that it isn't clear where the fault "
        f"belongs; put what stands there now in the place of {mutant.was!r}"
    )
    faulty = ModuleType(module.__name__)
    faulty.__dict__.update({"__file__": module.__file__, "__package__": module.__package__})
    changed = source.replace(mutant.was, mutant.becomes)
    exec(compile(changed, str(module.__file__), "exec"), faulty.__dict__)
    right = _functions(module)
    kept = {name: function.__code__ for name, function in right.items()}
    try:
        for name, function in _functions(faulty).items():
            right[name].__code__ = function.__code__
        _forget(module)
        yield
    finally:
        for name, code in kept.items():
            right[name].__code__ = code
        _forget(module)


def _functions(module: ModuleType) -> dict[str, FunctionType]:
    """The functions and methods of a module, by their names."""
    found: dict[str, FunctionType] = {}

    def add(name: str, value: Any) -> None:
        value = getattr(value, "fget", value)
        value = getattr(value, "__wrapped__", value)
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            found[name] = value

    for name, value in vars(module).items():
        add(name, value)
        if isinstance(value, type) and value.__module__ == module.__name__:
            for inner, method in vars(value).items():
                add(f"{name}.{inner}", method)
    return found


def _forget(module: ModuleType) -> None:
    for one in (module, importlib.import_module("camlint.patterns")):
        for value in vars(one).values():
            if isinstance(value, _lru_cache_wrapper):
                value.cache_clear()
