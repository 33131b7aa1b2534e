"""Reads the indices of a name: subscripts, brackets, slices."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Slice, names_in
from grader.notation.applications import is_chance, is_function, read_application
from grader.notation.elements import read_element
from grader.notation.glued import SMALL_WORDS, is_row
from grader.notation.listings import letters_listed
from grader.notation.methods import read_method
from grader.notation.products import opens_condition, opens_numbers
from grader.notation.raised_indices import read_raised_indices
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_PRIMED = re.compile(r"[a-wyz]\d{1,2}")  # an index with a number; a lone letter with a prime may be a transpose
_MOST_SUFFIXES = 10
_PLAIN = ("name", "num", "word", "reduce", "func")
_WORDS = ("word", "reduce", "func")
_JOINED = ("name", "num", "word")


def read_suffixes(parser: Parser, left: Expr) -> Expr:
    """Indices directly after a name: `[i,j]`, `_{i,j}`, and `(i,j)` for a declared array."""
    for _ in range(_MOST_SUFFIXES):
        following = parser.peek()
        if following is None:
            return left
        if following.kind == "op" and following.text == "_":
            left = read_subscript(parser, left)
        elif (
            following.kind == "open"
            and following.text == "["
            and not is_chance(parser, left)
            and not _is_scaled(parser, left, following)
            and (_takes_brackets(left, following, parser.dialect.free) or _is_of_computed(parser, left, following))
        ):
            left = _without_dots(parser, read_brackets(parser, left, "]"))
        elif following.kind == "open" and following.text in "([" and is_function(parser, left, following):
            left = read_application(parser, left)
        elif following.kind == "op" and following.text == "'" and _takes_prime(parser, left):
            parser.advance()
            left = _primed(left, following.stop)
        elif following.kind == "open" and following.text == "(" and not following.spaced and _rank(parser, left) > 0:
            before = parser.at
            indexed = read_brackets(parser, left, ")")
            if len(indexed.indices) != _rank(parser, left):
                parser.at = before
                return left
            left = indexed
        elif (more := _other_indices(parser, left, following)) is not None:
            left = more
        else:
            return left
    raise parser.fail("this carries too many indices to be read")


def _other_indices(parser: Parser, left: Expr, following: Token) -> Expr | None:
    read = _OTHERS.get(following.text)
    return read(parser, left, following) if read is not None else None


def _own_indices(parser: Parser, left: Expr, following: Token) -> Expr | None:
    """`delta_Z(i,j,m)`: indices in round brackets of a letter that nobody declared; None for a product."""
    undeclared = isinstance(left, Name) and left.name not in parser.names and not parser.dialect.free
    if not undeclared or following.text != "(" or following.spaced or not letters_listed(parser, 0, several=True):
        return None
    return read_brackets(parser, left, ")")


_OTHERS: dict[str, Callable[[Parser, Expr, Token], Expr | None]] = {
    "^": read_raised_indices, "(": _own_indices, "at": read_element, ".": read_method,
}  # fmt: skip
_WORDED = (("func", True), ("func", "func"), ("word", True))  # kind, and whether in mathematics


def _is_of_computed(parser: Parser, left: Expr, opener: Token) -> bool:
    """`(U - U^2)[i, j, m]`: several indices directly behind what is computed of whole arrays."""
    computed = isinstance(left, Op) and not parser.dialect.free and not opener.spaced
    return computed and letters_listed(parser, 0, several=True, closer="]") > 0


def _takes_prime(parser: Parser, left: Expr) -> bool:
    """Where no names are declared, a prime belongs to the name before it: `y'`, `f'(x)`; else to an index, `j_1'`."""
    if parser.dialect.free:
        return isinstance(left, Name | Index)
    return isinstance(left, Name) and left.name not in parser.names and bool(_PRIMED.fullmatch(left.name))


def _primed(left: Expr, stop: int) -> Expr:
    if isinstance(left, Index):
        return Index(_primed(left.base, stop), left.indices, (left.place[0], stop))
    return Name(left.name + "'", (left.place[0], stop)) if isinstance(left, Name) else left


def _is_scaled(parser: Parser, left: Expr, opener: Token) -> bool:
    """`n [n > 2]`, `m[F(T - k + 1) + 1]`: behind a number a condition or a sum of numbers is a factor, and no index."""
    is_number = isinstance(left, Name) and parser.names.get(left.name) == 0
    return is_number and opener.maths and (opens_condition(parser, opener) or opens_numbers(parser, opener))


def _takes_brackets(left: Expr, opener: Token, free: bool) -> bool:
    if isinstance(left, Group):
        return not opener.spaced and not free
    if free:  # [x+y][a+b] is a product; x[1] is not
        return isinstance(left, Name | Index) and not opener.spaced
    return isinstance(left, Name | Index | Call) and (opener.maths or not opener.spaced)


def _rank(parser: Parser, base: Expr) -> int:
    """The declared number of axes of a name; 0 for anything else."""
    return parser.names.get(base.name, 0) if isinstance(base, Name) else 0


def _without_dots(parser: Parser, read: Index) -> Expr:
    """`dJ/dU[...]` as dJ/dU, which has its usual indices."""
    (first, *others), base = read.indices, read.base
    dots = isinstance(first, Name) and first.name == "..." and not others
    return base._replace(place=read.place) if dots and isinstance(base, Name) and _rank(parser, base) else read


def read_brackets(parser: Parser, left: Expr, closer: str) -> Index:
    """The indices in brackets that begin here."""
    opener = parser.advance()
    with parser.brackets:
        items = parser.items(closer)
        close = parser.expect("close", closer, opener)
    if not items:
        raise parser.fail("these brackets are empty", opener)
    if isinstance(left, Index) and len(left.indices) + len(items) <= _rank(parser, left.base):  # Y[b][k][c]
        return Index(left.base, (*left.indices, *items), (left.place[0], close.stop))
    return Index(left, tuple(items), (left.place[0], close.stop))


# -- subscripts ------------------------------------------------------------------------------------------------


def read_subscript(parser: Parser, base: Expr) -> Expr:
    """`x_1`, `x_{i,j}`, `C_{in}`: a longer name where that is declared or a number, otherwise indices."""
    parser.advance()
    token = parser.peek()
    if token is None:
        raise parser.fail("nothing stands in the subscript")
    if token.kind == "group" or (token.kind == "open" and token.text in "{["):
        inner, words = _read_bracketed(parser, token)
        place = (base.place[0], parser.stop)
    elif token.kind == "reduce" or _is_one_word(parser, token):
        parser.advance()  # Y_max[i, k, n], N_\text{in}
        inner, words = Name(token.text, (token.start, token.stop)), (token.text,)
        place = (base.place[0], token.stop)
    elif parser.dialect.free and not token.maths and (row := _row_of_letters(parser)):
        return Index(base, row, (base.place[0], row[-1].place[1]))
    elif _is_typed_row(parser, token, _rank(parser, base)):
        parser.advance()
        typed = tuple(Name(letter, (token.start + k, token.start + k + 1)) for k, letter in enumerate(token.text))
        return Index(base, typed, (base.place[0], token.stop))
    else:
        inner, words = parser.atom("this subscript cannot be read"), (token.text,) if token.kind in _JOINED else ()
        place = (base.place[0], inner.place[1])
    if parser.dialect.free and not (words and "".join(words).isdecimal()):
        return _free_subscript(base, inner, place)
    if isinstance(base, Name) and words and (name := _longer_name(parser, base, "".join(words))) is not None:
        return Name(name, place)
    indices: tuple[Expr, ...] = (inner,)
    if isinstance(inner, Group) and inner.brackets in ("", "[]", "()"):  # U_{[i, j]}
        indices = inner.items
    elif isinstance(inner, Op) and inner.op == "mul" and inner.sign == "":
        indices = _split_letters(inner, _rank(parser, base))
        letters = _letters(inner) if isinstance(base, Name) and base.name not in parser.names else ()
        if letters and all(isinstance(letter, Name) for letter in letters):
            indices = letters  # \\delta_{ij_1}, which the answer itself declares
    elif isinstance(inner, Name) and _is_row_of_letters(parser, inner, words, _rank(parser, base)):
        stop = inner.place[1] - (token.kind in ("group", "open"))
        start = stop - len(inner.name)
        indices = tuple([Name(letter, (start + k, start + k + 1)) for k, letter in enumerate(inner.name)])
    return base if _is_remark(base, indices) else Index(base, indices, place)


def _is_remark(base: Expr, indices: tuple[Expr, ...]) -> bool:
    r"""Whether a name below numbers only says what they are: `\underbrace{3\cdot 3\cdot 10}_{\text{each}}`."""
    return isinstance(base, Op) and len(indices) == 1 and isinstance(indices[0], Name) and not names_in(base)


def _is_one_word(parser: Parser, token: Token) -> bool:
    """Whether a word without braces is all of a subscript; where nothing is declared only `\\text{in}` is."""
    if parser.dialect.free:
        return token.kind == "word" and bool(token.maths) and token.text.isalpha()
    return (token.kind, token.maths or "func") in _WORDED


def _is_typed_row(parser: Parser, token: Token, rank: int) -> bool:
    """Whether the word of `X_ik` in plain text is a letter for each axis of a declared array; X_in says which X.

    Unless both letters are subscripts of their own beside it: `sum_i s_i X_in + lambda w_n`.
    """
    word = token.text
    if token.kind != "word" or token.maths or len(word) != rank:
        return False
    return is_row(word, rank) or (word in SMALL_WORDS and rank > 1 and all(_is_lowered(parser, one) for one in word))


def _is_lowered(parser: Parser, letter: str) -> bool:
    """Whether a letter alone is a subscript anywhere in the answer."""
    return any(one.text == "_" and two.text == letter for one, two in pairwise(parser.tokens))


def _row_of_letters(parser: Parser) -> tuple[Name, ...]:
    """The letters of `A_ij`, typed without braces on a keyboard; none where a single one stands there."""
    count = 0
    while (token := parser.peek(count)) is not None and token.kind == "name" and len(token.text) == 1:
        if count and (token.spaced or token.start != parser.tokens[parser.at + count - 1].stop):
            break
        count += 1
    if count < 2:
        return ()
    tokens = [parser.advance() for _ in range(count)]
    return tuple(Name(token.text, (token.start, token.stop)) for token in tokens)


def _is_row_of_letters(parser: Parser, inner: Name, words: tuple[str, ...], rank: int) -> bool:
    """`X_{ijk}`, one letter for each axis; but in `Y_{sub}[i,j,k]` the indices follow."""
    return words == (inner.name,) and len(inner.name) == rank > 1 and not parser.is_next("open", "[")


def _free_subscript(base: Expr, inner: Expr, place: tuple[int, int]) -> Expr:
    """Where no names are declared, every subscript but a number is an index: it may be that of a sum around."""
    if isinstance(inner, Group) and inner.brackets == "":
        return Index(base, inner.items, place)
    if isinstance(inner, Op) and inner.op == "mul" and inner.sign == "":
        return Index(base, _letters(inner) or (inner,), place)
    return Index(base, (inner,), place)


def _longer_name(parser: Parser, base: Name, tail: str) -> str | None:
    """The name that a name and its subscript are together; None if the subscript is an index of an array."""
    for name in (base.name + tail, f"{base.name}_{tail}"):
        if name in parser.names:
            return name
    if _rank(parser, base) != 0:
        return None
    stem = base.name.rstrip("'")
    primes = base.name[len(stem) :]  # f'_1 is f_1'
    return f"{stem}{tail}{primes}" if tail.isdigit() else f"{stem}_{tail}{primes}"


def _read_bracketed(parser: Parser, opener: Token) -> tuple[Expr, tuple[str, ...]]:
    """The expression of a subscript in brackets, and its words if it is nothing else."""
    inside = _inside(parser, "endgroup" if opener.kind == "group" else "close")
    closed = parser.peek(len(inside) + 1) is not None
    plain = closed and all(token.kind in _PLAIN for token in inside)
    words = tuple(token.text for token in inside) if plain else ()
    if plain and any(token.kind in _WORDS for token in inside):
        parser.at += len(inside) + 2
        return Name("_".join(words), (opener.start, parser.stop)), words
    if opener.kind == "group":
        return parser.braces(), words
    parser.advance()
    with parser.brackets:
        items = parser.items("}" if opener.text == "{" else "]")
        close = parser.expect("close", "}" if opener.text == "{" else "]", opener)
    content = items[0] if len(items) == 1 else Group("", tuple(items), (opener.start, close.stop))
    return content, words


def _inside(parser: Parser, closer: str) -> list[Token]:
    """The tokens after a bracket, up to the first one that closes any."""
    found: list[Token] = []
    while (token := parser.peek(len(found) + 1)) is not None and token.kind != closer:
        found.append(token)
    return found


def _split_letters(product: Op, rank: int) -> tuple[Expr, ...]:
    """`x_{ij}` for an array of two axes has the indices i and j, not their product; so has `x_{i (j+k)}`."""
    factors = _factors(product)
    return factors if len(factors) == rank else (product,)


def _letters(product: Op) -> tuple[Expr, ...]:
    """The factors of a product without signs, if all are names or numbers."""
    factors = _factors(product)
    return factors if all(isinstance(factor, Name | Num) for factor in factors) else ()


def _factors(product: Op) -> tuple[Expr, ...]:
    """The factors of a product without signs, if all are names, numbers, sums or products in brackets: `b (s k) c`."""
    factors: list[Expr] = []
    first: Expr = product
    while isinstance(first, Op) and first.op == "mul" and first.sign == "":
        factors[:0] = first.args[1:]
        first = first.args[0]
    factors.insert(0, first)
    return tuple(factors) if all(isinstance(factor, Name | Num) or _is_bracketed(factor) for factor in factors) else ()


def _is_bracketed(expr: Expr) -> bool:
    """Whether it is what only brackets make a factor: a sum, or a product behind the first factor."""
    return isinstance(expr, Op) and (expr.op in ("add", "sub") or (expr.op == "mul" and expr.sign == ""))


# -- slices ----------------------------------------------------------------------------------------------------


def read_slice(parser: Parser, start: Expr | None) -> Expr:
    """`:`, `1:`, `:3`, `::s` inside an index; the first limit, if any, has been read."""
    first = parser.peek()
    assert first is not None
    limits: list[Expr | None] = [None, None]
    for place in (0, 1):
        if not parser.is_next("sep", ":"):
            break
        parser.advance()
        token = parser.peek()
        if token is not None and token.kind not in ("sep", "close", "endgroup"):
            limits[place] = parser.expression()
    return Slice(start, limits[0], limits[1], (start.place[0] if start else first.start, parser.stop))
