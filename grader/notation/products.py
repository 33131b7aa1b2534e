"""Where a product goes on without a sign, and where a number before a fraction is a mixed number."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Group, Name, Num, Op, names_in
from grader.notation.apart import is_divided, is_set_apart
from grader.notation.signs import PARTNER
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

# A product goes on with these, in prose too.
_FACTORS = frozenset(["frac", "binom", "sqrt", "reduce", "int", "lim", "partial", "func", "matrix"])

_SPOKEN = frozenset(["num", "name", "open", "frac", "partial", "func"])  # "times" is followed by one of these
_LONGEST_LIST = 60  # tokens
_ORDERS = frozenset(["<", "<=", ">", ">=", "!=", "="])


def goes_on(parser: Parser, token: Token, left: Expr | None = None) -> bool:
    """Whether a product without a sign goes on with this token.

    A number is no factor: "k_1 2" in mathematics is a slip, "2 3" is not a product.
    """
    if token.kind in _FACTORS or token.kind == "unit" or (token.kind == "num" and _is_raised(parser, token, left)):
        return True
    if parser.dialect.free and token.kind in ("num", "open", "bar", "norm"):
        return _free_factor(parser, token)
    near = token.maths or not token.spaced
    if token.maths and token.text == "[" and (inside := parser.peek(1)) is not None and inside.kind == "matrix":
        return True  # \\frac13 \\left[ \\begin{array}{rr}
    begins = (opens_condition, opens_numbers, _is_indicator, _opens_sum)
    if token.maths and any(one(parser, token) for one in begins):
        return True
    if token.kind == "name":
        if _begins_another(parser, token):
            return False
        if near or not token.weak:
            return True
        after = parser.peek(1)
        indexed = after is not None and not after.spaced and after.text in ("[", "_")
        indexed = indexed or (_after_name(parser) and token.text in parser.names) or _in_index(parser)
        return indexed or is_set_apart(parser, token)
    if token.kind == "open":
        joined = near or _after_name(parser) or _in_index(parser) or after_subscript(parser, token)
        joined = joined or is_divided(parser)
        return token.text in "(⌈⌊" and joined and not _opens_remark(parser, token)
    return (near or parser.dialect.free) and token.kind in ("nabla", "group")


def _begins_another(parser: Parser, token: Token) -> bool:
    """Whether a name far behind a number is said to be something itself: `k1: 0..1   k2: 0..1`."""
    before, after = parser.tokens[parser.at - 1] if parser.at else None, parser.peek(1)
    apart = before is not None and before.kind == "num" and token.start - before.stop >= _COLUMNS and not token.maths
    return apart and after is not None and ((after.kind, after.text) == ("sep", ":") or after.kind == "rel")


_COLUMNS = 2  # blanks that set columns apart


def _is_raised(parser: Parser, token: Token, left: Expr | None) -> bool:
    """Whether a number with a power stands behind another or a binomial: `\\binom82 0.15^2\\, 0.85^6`."""
    following = parser.peek(1)
    while isinstance(left, Op) and left.op == "mul":
        left = left.args[1]
    behind = (isinstance(left, Op) and left.op == "pow") or (isinstance(left, Call) and left.function == "binomial")
    return behind and token.maths and following is not None and (following.kind, following.text) == ("op", "^")


def opens_condition(parser: Parser, token: Token) -> bool:
    """Whether brackets hold a condition, and nothing else: `n [n > 2]`."""
    held = _held(parser, token, "[")
    return any(inner.kind == "rel" and inner.text in _ORDERS for inner in held) and not _has(held, "sep")


def opens_numbers(parser: Parser, token: Token) -> bool:
    """Whether square brackets hold a sum of declared numbers: `[F(T - k + 1) + 1]`; an index is `[i + 1]`."""
    held = _held(parser, token, "[")
    named = [inner.text for inner in held if inner.kind == "name"]
    if _has(held, "sep", "rel", "bar", "dots", "word") or not named or any(inner.text == ":" for inner in held):
        return False
    summed = any(inner.kind == "op" and inner.text in "+-" for inner in held)
    return summed and not parser.dialect.free and all(parser.names.get(name) == 0 for name in named)


def is_bracketed_factor(parser: Parser) -> bool:
    """Whether square brackets that begin here group a factor of numbers: `m [F(T - k + 1) + 1]`, and list nothing."""
    token = parser.peek()
    before = parser.tokens[parser.at - 1] if parser.at else None
    if token is None or before is None or not opens_numbers(parser, token):
        return False
    return before.kind in ("name", "num", "close", "endgroup") or (before.kind == "op" and before.text in "*·/+-")


def _opens_remark(parser: Parser, token: Token) -> bool:
    """`Z[k] W[k] (Z = 0 outside the array)`, `(b = 0)`: no factor, as `(x[t] = y[k])`, which is 1 or 0, may be."""
    held = _held(parser, token, "(")
    if len(held) > 1 and all(inner.kind == "word" for inner in held[1:]):
        return True  # (max pooling), (sub-sampling)
    equation = any(inner.kind == "rel" and inner.text == "=" for inner in held)
    return equation and (_has(held, "word") or (held[-1].kind == "num" and held[-2].text == "="))


def _opens_sum(parser: Parser, token: Token) -> bool:
    """`U \\{1 - U\\}`: braces around a sum, and nothing that a set would hold."""
    held = _held(parser, token, "{")
    if _has(held, "sep", "rel", "bar", "dots", "word") or any(inner.text in (":", "|") for inner in held):
        return False
    return any(inner.kind == "op" and inner.text in "+-" for inner in held)


def _held(parser: Parser, token: Token, opening: str) -> list[Token]:
    """The tokens inside a bracket that begins here, without those of brackets in it; none if it is never closed."""
    if token.kind != "open" or token.text != opening:
        return []
    depth = 0
    held: list[Token] = []
    for inner in parser.tokens[parser.at : parser.at + _LONGEST_LIST]:
        depth += {"open": 1, "close": -1}.get(inner.kind, 0)
        if not depth:
            return held if inner.text == PARTNER[opening] else []
        if depth == 1:
            held.append(inner)
    return []


def _has(tokens: list[Token], *kinds: str) -> bool:
    return any(token.kind in kinds for token in tokens)


def _is_indicator(parser: Parser, token: Token) -> bool:
    """`n 1_{n > 2}`: a one with a subscript is no number."""
    following = parser.peek(1)
    return token.kind == "num" and token.text == "1" and following is not None and following.text == "_"


def _in_index(parser: Parser) -> bool:
    """Whether this stands in the brackets of an array, right behind a letter or a bracket: `X[b, s k, (s+1) c]`."""
    if not parser.brackets.depth or parser.tokens[parser.at - 1].kind not in ("name", "close"):
        return False
    depth = 0
    for at in range(parser.at - 1, max(0, parser.at - _LONGEST_LIST), -1):
        token = parser.tokens[at]
        depth += {"close": 1, "open": -1}.get(token.kind, 0)
        if depth < 0:
            return token.text == "[" and not token.spaced and parser.tokens[at - 1].kind in ("name", "close")
    return False


def is_spoken(parser: Parser, left: Expr, token: Token) -> bool:
    """Whether "times" is a sign: "5 times 4", "U times (1 - U)"; "it occurs 3 times: (1, 3)", "4 times the size"."""
    if token.text != "times" or parser.dialect.free or isinstance(left, Group):
        return False
    return _is_operand(parser, 1)


def spoken_sign(parser: Parser, left: Expr, token: Token) -> str:
    """The sign that "plus" or "minus" stands for between two operands in brackets, "(1 minus U)"; "" for a word."""
    sign = _SIGN_WORDS.get(token.text, "") if token.kind == "word" else ""
    if not sign or parser.dialect.free or isinstance(left, Group) or not parser.brackets.depth:
        return ""
    return sign if _is_operand(parser, 1) else ""


MAGNITUDES = dict.fromkeys(("million", "millions", "mio", "millionen", "millones", "milioni"), 10**6)
_SIGN_WORDS = {"plus": "+", "minus": "-"}


def _is_operand(parser: Parser, ahead: int) -> bool:
    following = parser.peek(ahead)
    following = parser.peek(ahead + 1) if following is not None and following.kind == "edge" else following
    return following is not None and following.kind in _SPOKEN


def _free_factor(parser: Parser, token: Token) -> bool:
    """Whether a product goes on where nobody declared anything: `2x2y`, `[x+y]z`, `|x||y|`, but not `2 3`."""
    last = parser.tokens[parser.at - 1]
    if token.kind == "num":
        following = parser.peek(1)
        pair = last.kind == "unit" and following is not None and following.kind == "unit"  # 1 h 30 min
        return pair or last.kind in ("name", "close", "endgroup") or last.text in ("!", "$")
    if token.text == "[" and parser.peek(1) is None:  # [2, 5[
        return False
    if token.kind == "norm":  # inside a norm it closes that
        return not parser.bars
    if token.kind == "bar":
        return token.kind == "bar" and not parser.given and (not parser.bars or parser.nested_bars)
    return token.text in "([{⌈⌊."  # \\left. before what is evaluated


def scales_list(parser: Parser, left: Expr, right: Expr, token: Token) -> bool:
    """Whether a number stands before a matrix or a vector, `1/2 [[4, -2], [-3, 1]]` and `1/sqrt(2) (1, 1)`."""
    if token.kind == "matrix" or not parser.dialect.free:
        return token.kind == "matrix" or _in_sum_of_lists(parser, left, token)
    rows = right.items if isinstance(right, Group) and right.brackets == "[]" else ()
    return (bool(rows) and all(isinstance(row, Group) for row in rows)) or (token.text == "(" and not names_in(left))


def _in_sum_of_lists(parser: Parser, left: Expr, token: Token) -> bool:
    """Whether a number stands before a list that is added to another one or taken from it: `(3,0,3) - 2(1,-1,1)`."""
    if not token.maths or token.text != "(" or names_in(left):
        return False
    at = next((at for at, one in enumerate(parser.tokens) if one.start >= left.place[0]), 0)
    sign, before = parser.tokens[at - 1], parser.tokens[at - 2]
    return at > 1 and before.text == ")" and sign.kind == "op" and sign.text in "+-" and not token.spaced


def is_label_of(parser: Parser, left: Expr, right: Group) -> bool:
    """Whether `f(x, y)` before an equals sign only says of what f is a function: of declared names."""
    if not isinstance(left, Name) or right.brackets != "()" or parser.names.get(left.name, 0):
        return False
    listed = all(isinstance(item, Name) and item.name in parser.names for item in right.items)
    return listed and bool(right.items) and parser.is_next("rel", "=")


def _after_name(parser: Parser) -> bool:
    """Whether a declared name or an index ended just before: `dJ/dU U (1-U)` is a product, "6 (1,3)" is not."""
    last = parser.tokens[parser.at - 1] if parser.at else None
    if last is None:
        return False
    if last.kind == "close" and last.text in ")]":
        ended = not _closes_list(parser)
    elif last.text in ("T", "⊤") and parser.at > 1 and parser.tokens[parser.at - 2].text == "^":  # tr(X^T X)
        ended = True
    else:
        ended = last.kind == "name" and last.text in parser.names
    return ended and not parser.cross_separates


def after_subscript(parser: Parser, token: Token) -> bool:
    """Whether an element ended just before, `X_ij (p_i - y_i)`, `X_{ij} (p_i - y_i)`, and brackets hold no list."""
    tokens, at = parser.tokens, parser.at - 1
    if at > 2 and tokens[at].text == "}":
        at = next((k for k in range(at, max(0, at - _LONGEST_LIST), -1) if tokens[k].text == "{"), 0)
    if at < 2 or tokens[at - 1].text != "_" or tokens[at - 2].text not in parser.names or parser.cross_separates:
        return False
    held = _held(parser, token, "(")
    spoken = any(
        word.kind == "word" and before.text != "_" for before, word in pairwise([token, *held])
    )  # X_im is none
    return any(inner.kind == "op" for inner in held) and not spoken and not _has(held, "sep", "rel")


def _closes_list(parser: Parser) -> bool:
    """Whether the bracket that ended just before held several things and no name stands before it: (1, 3)."""
    tokens, depth, several = parser.tokens, 0, False
    for at in range(parser.at - 1, max(-1, parser.at - _LONGEST_LIST), -1):
        token = tokens[at]
        depth += {"close": 1, "open": -1}.get(token.kind, 0)
        several = several or (depth == 1 and token.kind == "sep" and token.text == ",")
        if not depth:
            before = tokens[at - 1] if at else None
            return several and (before is None or token.spaced or before.kind not in ("name", "func", "close"))
    return False


def is_label(parser: Parser) -> bool:
    """Whether a raised group holds one thing in brackets and nothing else."""
    opener = parser.peek(1)
    if opener is None or opener.kind != "open" or opener.text not in "([":
        return False
    depth, ahead = 1, 2
    while depth and (token := parser.peek(ahead)) is not None:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        ahead += 1
    after = parser.peek(ahead)
    return after is not None and after.kind == "endgroup" and ahead == 4  # the brace, one thing in its brackets


def magnified(parser: Parser, left: Num) -> Expr:
    """`5.1336 million`."""
    word = parser.advance()
    factor = Num(MAGNITUDES[word.text], (word.start, word.stop), word.text)
    return Op("mul", (left, factor), (left.place[0], word.stop), "")


def is_cut_off(tokens: list[Token], start: int) -> bool:
    """Whether a plus stands before this, and before that a subscript that was not read: `X_in + lambda w_n`."""
    if start < 3 or tokens[start - 1].text not in ("+", "-", "−") or tokens[start].maths:
        return False
    return (tokens[start - 2].kind, tokens[start - 3].text) == ("word", "_")


def is_argument(tokens: list[Token], start: int, expr: Expr) -> bool:
    """Whether an unknown word in prose takes the bracket with which a formula begins: `diag(s) - s s^T`."""
    word, opener = tokens[start - 1] if start else None, tokens[start]
    if word is None or word.maths or word.kind != "word" or (opener.text, opener.spaced) != ("(", False):
        return False
    return isinstance(expr, Op) and word.text.isalpha() and word.text not in ("shape", "size", "dim")


def is_called(tokens: list[Token], dot: int) -> bool:
    """Whether a method is called behind a dot: `.sum(`, or an attribute taken: `.T`."""
    name = tokens[dot + 1] if dot + 1 < len(tokens) else None
    if name is None or name.spaced or tokens[dot].spaced or not name.text[:1].isalpha():
        return False
    opener = tokens[dot + 2] if dot + 2 < len(tokens) else None
    return name.text == "T" or (opener is not None and opener.text == "(" and not opener.spaced)


def is_raised(tokens: list[Token], start: int) -> bool:
    """Whether what begins at a place stands above or below a word that nobody knows: the 2 of `\\mathrm{foo}^2`."""
    return start > 1 and tokens[start - 1].text in "^_" and tokens[start - 2].kind == "word"
