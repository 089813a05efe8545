"""Imports the protocol code of a server without what its model needs.

`install` makes modules hollow, whether they are installed or not: they can be imported, and
whatever is taken from them can be called, subclassed, subscripted and used as an annotation or a
decorator. Modules named as real, and those below them, are imported as they are, from the path.
"""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Iterable, Sequence
from typing import Any


class _HollowType(type):
    """A class that has every attribute, and that nothing is an instance of by chance."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = hollow(name)
        setattr(cls, name, made)
        return made

    def __getitem__(cls, _: Any) -> Any:
        return cls

    def __or__(cls, other: Any) -> Any:
        return Any

    __ror__ = __or__

    def __iter__(cls) -> Any:
        return iter(())

    def __len__(cls) -> int:
        return 0

    def __bool__(cls) -> bool:
        return True


class _Hollow(metaclass=_HollowType):
    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return hollow(name)

    def __call__(self, *values: Any, **named: Any) -> Any:
        """As a decorator it leaves alone what it decorates."""
        if len(values) == 1 and not named and isinstance(values[0], (type, types.FunctionType)):
            return values[0]
        return hollow("called")()

    def __iter__(self) -> Any:
        return iter(())

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.any_schema()


def hollow(name: str) -> Any:
    """A class that can stand for anything."""
    return _HollowType(name, (_Hollow,), {})


class _HollowModule(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        below = f"{self.__name__}.{name}"
        if _names.get(below):
            return importlib.import_module(below)
        made = hollow(name)
        setattr(self, name, made)
        return made


# Names of modules, and whether they are real.
_names: dict[str, bool] = {}


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> Any:
        covering = [
            name for name in _names if fullname == name or fullname.startswith(f"{name}.")
        ]
        # The longest name that covers the module decides.
        if not covering or _names[max(covering, key=len)]:
            return None
        spec = importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        if any(name.startswith(f"{fullname}.") for name, real in _names.items() if real):
            # What lies below is found where it is, without running this package's own code.
            found = importlib.machinery.PathFinder.find_spec(fullname, path)
            if found is not None:
                spec.submodule_search_locations = found.submodule_search_locations
        return spec

    def create_module(self, spec: Any) -> types.ModuleType:
        return _HollowModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def install(hollow_names: Iterable[str], real: Iterable[str]) -> None:
    """The longest name that covers a module decides what it is."""
    _names.update(dict.fromkeys(hollow_names, False) | dict.fromkeys(real, True))
    sys.meta_path.insert(0, _Finder())
