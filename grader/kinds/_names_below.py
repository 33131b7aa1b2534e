r"""Names of axes that stand below the lengths of a shape: `(1000_{\text{images}}, 3_{\text{RGB}}, ...)`."""

from __future__ import annotations

from grader.model.expressions import Expr, Index, Name, Num, Text


def without_names(lengths: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The lengths without the names below them; letters keep their indices, `N_{\\text{batch}}` is one letter."""
    return tuple([length.base if isinstance(length, Index) and _is_named(length) else length for length in lengths])


def names_below(lengths: tuple[Expr, ...]) -> str:
    """What the names below the lengths say, in words: "1000 images ; 3 rgb"."""
    named = [length for length in lengths if isinstance(length, Index) and _is_named(length)]
    return " ; ".join(f"{one.base.text} {_word(one.indices[0])}" for one in named if isinstance(one.base, Num))


def _is_named(length: Index) -> bool:
    return isinstance(length.base, Num) and len(length.indices) == 1 and isinstance(length.indices[0], Name | Text)


def _word(index: Expr) -> str:
    return (index.name if isinstance(index, Name) else index.words if isinstance(index, Text) else "").casefold()
