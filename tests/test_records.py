"""Named tuples that are as the library's, but cost little until they are used."""

from __future__ import annotations

import collections
import pickle

import pytest

from grader.model.records import NamedTuple


class Point(NamedTuple):
    """A place, with a name that need not be given."""

    x: int
    y: int = 2
    name: str = ""

    @property
    def sum(self) -> int:
        """Both together."""
        return self.x + self.y


class Lone(NamedTuple):
    """One field."""

    only: int


LIKE = collections.namedtuple("LIKE", "x y name", defaults=(2, ""))


@pytest.mark.parametrize(("args", "kwargs"), [((1,), {}), ((1, 3), {}), ((1,), {"name": "a"}), ((), {"x": 1, "y": 5})])
def test_it_is_made_as_the_librarys(args: tuple[int, ...], kwargs: dict[str, object]) -> None:
    """The first and every later call give the same tuple, with the same names, in the same words."""
    for _ in range(40):
        one, other = Point(*args, **kwargs), LIKE(*args, **kwargs)  # type: ignore[arg-type]
        assert tuple(one) == tuple(other) == (one.x, one.y, one.name)
        assert repr(one) == repr(other).replace("LIKE", "Point")
        assert one._asdict() == other._asdict() and one.sum == one.x + one.y


@pytest.mark.parametrize("wrong", [((), {}), ((1, 2, "a", 4), {}), ((1,), {"z": 1}), ((1,), {"x": 1})])
def test_what_does_not_fit_is_refused(wrong: tuple[tuple[int, ...], dict[str, int]]) -> None:
    """Too few values, too many, and unknown names are a TypeError, as for any function."""
    with pytest.raises(TypeError):
        Point(*wrong[0], **wrong[1])  # type: ignore[arg-type]


def test_it_is_a_value() -> None:
    """It is equal to its copy, hashable, replaced in part, matched by place, pickled, and takes nothing else."""
    one = Point(1)
    assert one == pickle.loads(pickle.dumps(one)) == (1, 2, "") and len({one, Point(1)}) == 1
    assert one._replace(y=7) == Point(1, 7) and type(one._replace(y=7)) is Point
    assert Point._make([3, 4, "b"]) == Point(3, 4, "b")
    match one:
        case Point(x, y):
            assert (x, y) == (1, 2)
    with pytest.raises(AttributeError):
        one.z = 1  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        one.x = 1  # type: ignore[misc]
    with pytest.raises(ValueError, match="no field z"):
        one._replace(z=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Point._make([1])
    assert Lone(4) == (4,) and Lone(only=4).only == 4


def test_a_field_without_a_default_stands_before_those_with_one() -> None:
    """A class that could not be called as it reads is refused as it is defined."""
    with pytest.raises(TypeError, match="without a default"):
        type(Point)("Odd", (NamedTuple,), {"__annotations__": {"a": "int", "b": "int"}, "a": 1})
