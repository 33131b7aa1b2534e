"""Reads an expression by cases: `\\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.errors import Unreadable
from grader.model.expressions import Cases, Expr, Group, Name, Num, Op, Relation, Text
from grader.model.patterns import later

if TYPE_CHECKING:
    from grader.notation.parser import Parser
    from grader.notation.tokens import Token

_BEFORE_CONDITION = frozenset(["if", "for", "when", "where", "falls", "wenn"])
_OTHERWISE = frozenset(["otherwise", "else", "sonst", "elsewhere"])


def read_cases(parser: Parser) -> Expr:
    """Rows of a value and its condition; a row without a condition is "otherwise"."""
    opener = parser.advance()
    pieces: list[tuple[Expr, Expr | None]] = []
    with parser.brackets:
        while not parser.is_next("endmatrix"):
            token = parser.peek()
            if token is None:
                raise parser.fail("these cases never end", opener, "\\end{cases}")
            if token.kind in ("row", "line", "edge"):
                parser.advance()
            elif parser.dialect.free and not pieces and parser.at not in parser.not_systems:
                before = parser.at
                if (system := _read_system(parser, opener)) is not None:
                    return system
                parser.not_systems |= {before}  # cases within cases are read again with those around them
            else:
                pieces.append(_read_row(parser))
    if not pieces:
        raise parser.fail("there are no cases here", opener)
    place = (opener.start, parser.advance().stop)
    return _only_padded(pieces) or Cases(tuple(pieces), place)


_INSIDE, _BEYOND = (Text("inside", (0, 0)), Text("outside", (0, 0)))
_SAYS_INSIDE = later(
    r"\b(inside|within|in (the )?range|valid|exists?|defined|an? (position|pixel|place|index|entry|element) (of|in))\b"
)
_SAYS_BEYOND = later(r"\b(outside|beyond|out of (range|bounds|the)|invalid|not? (a )?valid|does not exist|undefined)\b")
_NARROWS = later(r"\b(not?|un\w+|except|only|even|odd|but|first|last)\b|n['’]?t\b")


def _only_padded(pieces: list[tuple[Expr, Expr | None]]) -> Expr | None:
    """What cases come to that only say what is so anyway, 0 outside of an array; None for any others."""
    said = tuple([condition.words if isinstance(condition, Text) else condition for _, condition in pieces])
    if said in (("inside", None), ("inside", "outside"), (None, "outside")):
        (value, _), (other, _) = pieces
    elif said in (("outside", None), ("outside", "inside")):
        (other, _), (value, _) = pieces
    else:
        return None
    return value if isinstance(other, Num) and other.value == 0 else None


def _spoken_condition(parser: Parser) -> Expr | None:
    """A condition in words alone by which something is inside an array, or outside of it: "if (i, j) is inside Z"."""
    ahead, words = 0, []
    while (token := parser.peek(ahead)) is not None and token.kind not in ("row", "endmatrix", "line"):
        if token.kind == "rel" or token.text in ("and", "or"):
            return None
        words.append(token.text.lower())
        ahead += 1
    said = " ".join(words)
    beyond = _SAYS_BEYOND.search(said) is not None
    rest = _SAYS_BEYOND.sub("", said) if beyond else said
    if _NARROWS.search(rest) is not None or not (beyond or _SAYS_INSIDE.search(said)):
        return None
    for _ in range(ahead):
        parser.advance()
    return _BEYOND if beyond else _INSIDE


def _parity(parser: Parser) -> Expr | None:
    """`n \\text{ odd}`, "n is even", "odd n" at the end of a row; None for anything else."""
    ahead, words = 0, []
    while (token := parser.peek(ahead)) is not None and token.kind not in ("row", "endmatrix", "line"):
        words.append(token)
        ahead += 1
    said = [token for token in words if token.kind not in ("edge", "sep", "stop") and token.text not in ("is", "=")]
    parity = next((token.text for token in said if token.text in ("odd", "even")), "")
    letters = [token for token in said if token.text != parity]
    if not parity or len(said) != 2 or len(letters) != 1 or letters[0].kind != "name":
        return None
    for _ in range(ahead):
        parser.advance()
    (letter,) = letters
    place = (letter.start, letter.stop)
    halved = Op("mod", (Name(letter.text, place), Num(2, place, "2")), place)
    return Relation((halved, Num(int(parity == "odd"), place, "")), ("=",), place)


def _read_system(parser: Parser, opener: Token) -> Expr | None:
    """Rows that are all statements hold together: `x = 1`, `y = 2`; None if the rows are cases."""
    before = parser.at
    rows: list[Expr] = []
    while not parser.is_next("endmatrix"):
        token = parser.peek()
        if token is None:
            raise parser.fail("these cases never end", opener, "\\end{cases}")
        if token.kind in ("row", "line", "edge", "sep", "amp"):
            parser.advance()
            continue
        row = _read_statement(parser)
        if row is None:
            parser.at = before
            return None
        rows.append(row)
    if len(rows) < 2:
        parser.at = before
        return None
    return Op("and", tuple(rows), (opener.start, parser.advance().stop))


def _read_statement(parser: Parser) -> Expr | None:
    """A relation, perhaps with a sign of alignment in it; None where a value stands alone."""
    first = parser.expression()
    if parser.is_next("amp"):
        parser.advance()
    if not parser.is_next("rel"):
        return None
    operands: list[Expr | None] = [first]
    ops: list[str] = []
    while parser.is_next("rel"):
        ops.append(parser.advance().text)
        if parser.is_next("amp"):
            parser.advance()
        operands.append(parser.expression())
    last = operands[-1]
    assert last is not None
    return Relation(tuple(operands), tuple(ops), (first.place[0], last.place[1]))


def _read_row(parser: Parser) -> tuple[Expr, Expr | None]:
    value = parser.expression()
    while (token := parser.peek()) is not None and (token.kind in ("amp", "sep", "edge") or _introduces(token.text)):
        parser.advance()
    token = parser.peek()
    if token is None or token.kind in ("row", "endmatrix", "line"):
        return value, None
    if token.text.lower() in _OTHERWISE:
        parser.advance()
        condition = None
    else:
        spoken = None if parser.dialect.free else (_parity(parser) or _spoken_condition(parser))
        condition = parser.statement() if spoken is None else spoken
    while parser.is_next("sep") or parser.is_next("stop") or parser.is_next("edge"):  # \\text{if } x > 0, \\\\
        parser.advance()
    return value, condition


def read_typed_cases(parser: Parser, first: Expr) -> Expr | None:
    """`x if x > 0 else 0`, `0 for x < 0, x for 0 <= x < 1, 1 otherwise`, from the first value on, or None."""
    before = parser.at
    try:
        pieces = _typed_pieces(parser, first)
    except Unreadable:
        pieces = []
    if len(pieces) < 2 or parser.peek() is not None:
        parser.at = before
        return None
    place, named = (first.place[0], parser.tokens[parser.at - 1].stop), pieces[0][0]
    if isinstance(named, Relation) and named.ops == ("=",) and (value := named.operands[1]) is not None:
        cases = Cases(((value, pieces[0][1]), *pieces[1:]), (value.place[0], place[1]))
        return Relation((named.operands[0], cases), ("=",), place)  # F(x) = 0 if x < 0, 1 otherwise
    return Cases(tuple(pieces), place)


def _typed_pieces(parser: Parser, value: Expr) -> list[tuple[Expr, Expr | None]]:
    pieces: list[tuple[Expr, Expr | None]] = []
    while (token := parser.peek()) is not None:
        if token.text.lower() in _OTHERWISE:
            parser.advance()
            return [*pieces, (value, None)]
        if not _introduces(token.text):
            raise parser.fail("a condition is expected here", token)
        parser.advance()
        pieces.append((value, parser.statement()))
        while parser.is_next("sep") or parser.is_next("op", "and"):
            parser.advance()
        if (token := parser.peek()) is not None and token.text.lower() in _OTHERWISE:
            parser.advance()
            value = parser.expression()
            if parser.peek() is None:
                return [*pieces, (value, None)]
        elif token is not None:
            value = parser.expression()
    return pieces


_BETWEEN = frozenset(["and", "or", "und", "oder", "it", "is", ","])
_COMPARES = frozenset(["<", "<=", ">", ">=", "!=", "="])


def said_by_cases(parser: Parser, first: Expr) -> Expr:
    """A statement of a sentence, with what it says of other cases: "A = B if Z > 0, else 0", "A = B for Z > 0, 0 for
    Z <= 0", "A = B when Z > 0 and 0 otherwise"; as it stands if nothing of that kind follows.
    """
    before = parser.at
    _skip(parser, frozenset([","]))
    token = parser.peek()
    if token is None or token.kind != "word" or not _introduces(token.text) or isinstance(first, Group | Text):
        parser.at = before
        return first
    try:
        pieces = _said_pieces(parser, first)
    except Unreadable:
        pieces = []
    if not pieces:
        parser.at = before
        return first
    place = (first.place[0], parser.tokens[parser.at - 1].stop)
    if isinstance(first, Relation) and first.ops[-1] == "=" and (value := first.operands[-1]) is not None:
        cases = Cases(((value, pieces[0][1]), *pieces[1:]), (value.place[0], place[1]))
        return Relation((*first.operands[:-1], cases), first.ops, place)
    return Cases(tuple(pieces), place)


def _said_pieces(parser: Parser, first: Expr) -> list[tuple[Expr, Expr | None]]:
    """The first value with its condition, and the other value; nothing if the words go on in another way."""
    condition = _said_condition(parser)
    _skip(parser, _BETWEEN)
    token = parser.peek()
    if condition is None or token is None:
        return []
    if token.text.lower() in _OTHERWISE:
        parser.advance()
        _skip(parser, _BETWEEN)
        return [(first, condition), (parser.expression(), None)]
    other = parser.expression()
    _skip(parser, frozenset([","]))
    token = parser.peek()
    if token is not None and token.text.lower() in _OTHERWISE:
        parser.advance()
        return [(first, condition), (other, None)]
    if token is None or not _introduces(token.text):
        return []
    behind = _said_condition(parser)
    return [] if behind is None else [(first, condition), (other, behind)]


def _said_condition(parser: Parser) -> Expr | None:
    parser.advance()
    _skip(parser, frozenset())
    condition = parser.statement()
    compares = isinstance(condition, Relation) and set(condition.ops) <= _COMPARES
    return condition if compares else None


def _skip(parser: Parser, words: frozenset[str]) -> None:
    """Steps over the edges of mathematics, and these words and signs."""
    while (token := parser.peek()) is not None and (token.kind == "edge" or token.text.lower() in words):
        parser.advance()


def _introduces(word: str) -> bool:
    return word.lower().strip(",:") in _BEFORE_CONDITION
