"""Named tuples that cost little until they are used.

`typing.NamedTuple` compiles a constructor for each class as it is defined, a tenth of a millisecond; of our hundred
and more a run uses half, and half of those a few times only. Here a constructor is compiled for a class that is
called often, or called wrongly. To a type checker both are one thing.

Of a `Node` a type checker knows the name and the fields, and not that it is a tuple: it compares tuples member by
member, and expressions hold each other, fifteen kinds of them. So checked, the whole took five minutes more.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Self, dataclass_transform
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 - it is passed on

    @dataclass_transform(frozen_default=True)
    class Node:
        """A named tuple whose fields hold nodes."""

        _fields: tuple[str, ...]

        def __iter__(self) -> Iterator[Any]: ...
        def _replace(self, **changes: Any) -> Self: ...

else:
    from _collections import _tuplegetter as _field

    _new = tuple.__new__
    _FEW = 25  # calls that cost less than a constructor
    _made = {}  # how often a class without one was called

    class _Kind(type):
        """Makes a tuple with named fields of a class body, as `typing.NamedTuple` does."""

        def __new__(mcls, name, bases, space, **options):
            if "_fields" in space or not bases:
                return super().__new__(mcls, name, bases, space, **options)
            fields = tuple(space.get("__annotations__", ()))
            defaults = {field: space.pop(field) for field in fields if field in space}
            if any(field.startswith("_") for field in fields):
                raise ValueError(f"a field of {name} begins with an underscore")
            if [*fields][len(fields) - len(defaults) :] != [*defaults]:
                raise TypeError(f"a field of {name} without a default follows one with a default")
            space.update({field: _field(at, f"Field {at}: {field}.") for at, field in enumerate(fields)})
            space |= {"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            return super().__new__(mcls, name, bases, space, **options)

    class NamedTuple(tuple, metaclass=_Kind):
        """A tuple whose members have names."""

        __slots__ = ()
        _fields = ()
        _field_defaults = MappingProxyType({})

        def __new__(cls, *args, **kwargs):
            _made[cls] = made = _made.get(cls, 0) + 1
            rest, values = cls._fields[len(args) :], {**cls._field_defaults, **kwargs}
            fits = len(args) <= len(cls._fields) and kwargs.keys() <= {*rest} <= values.keys()
            if fits and made <= _FEW:
                return _new(cls, args + tuple([values[field] for field in rest]))
            cls.__new__ = _constructor(cls)
            return cls.__new__(cls, *args, **kwargs)

        @classmethod
        def _make(cls, items):
            made = _new(cls, items)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} takes {len(cls._fields)} values, and not {len(made)}")
            return made

        def _replace(self, **changes):
            made = _new(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no field {', '.join(changes)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in zip(self._fields, self, strict=True))})"

        def __getnewargs__(self):
            return tuple(self)

    def _constructor(cls):
        """As the library makes it: of the names of fields, which a class body has read as such."""
        names = ", ".join(cls._fields)
        made = eval(f"lambda _cls, {names}: _new(_cls, ({names},))", {"_new": _new})
        made.__defaults__ = tuple(cls._field_defaults.values()) or None
        return made

    Node = NamedTuple
