"""A closed list of plug-ins: the name in a rubric or option is the name of a file, imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Generic, TypeVar, cast

from grader.model.patterns import postponed

T = TypeVar("T")


class Registry(Generic[T]):
    """The plug-ins of one room.

    `names` are files of `package`; each holds one value called `attribute` of type `contract`.
    """

    __slots__ = ("_loaded", "attribute", "contract", "names", "package")

    def __init__(self, package: str, attribute: str, contract: type[Any], names: tuple[str, ...]) -> None:
        self.package, self.attribute, self.contract, self.names = package, attribute, contract, names
        self._loaded: dict[str, T] = {}

    def load(self, name: str) -> T:
        """The plug-in of that name; KeyError, with the nearest known name, if it is not on the list."""
        if name in self._loaded:
            return self._loaded[name]
        if name not in self.names:
            from difflib import get_close_matches

            near = get_close_matches(name, self.names, n=1)
            hint = f", did you mean {near[0]!r}?" if near else ""
            raise KeyError(f"unknown {self.attribute.lower()} {name!r}{hint}")
        with postponed():
            value: Any = getattr(import_module(f"{self.package}.{name}"), self.attribute)
        if not isinstance(value, self.contract):
            raise TypeError(f"{self.package}.{name}.{self.attribute} is not a {self.contract.__name__}")
        self._loaded[name] = value
        return cast(T, value)

    def all(self) -> tuple[T, ...]:
        """Every plug-in, in the order of the list."""
        return tuple(self.load(name) for name in self.names)
