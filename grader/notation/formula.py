"""Reads a whole text as one formula, where no names are declared: what two people compare by eye."""

from __future__ import annotations

import re
import unicodedata

from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Group, Op, Relation, Text, Unit
from grader.model.records import NamedTuple
from grader.notation import signs
from grader.notation.accents import ACCENTED, typeset_accent
from grader.notation.arrows import by_arrow
from grader.notation.cases import read_typed_cases
from grader.notation.congruences import with_moduli
from grader.notation.dialect import Dialect
from grader.notation.led import without_about
from grader.notation.lines import separated
from grader.notation.parser import Parser
from grader.notation.respelled import respelled
from grader.notation.spellings import CONNECTIVES, CONSTRUCTORS, LONG_LETTERS, WORDS_OF_SETS
from grader.notation.spoken import read_phrase, read_sentence
from grader.notation.tokens import Lexer, Token
from grader.notation.told_sets import with_sets_told
from grader.notation.worded_units import with_units_told
from grader.reference.functions import find_function

LONGEST_FORMULA = 20_000  # characters
_LATEX = re.compile(r"\\|[_^]\{|\{,\}")
_TRAILING = re.compile(r"(?<![\\.])(?:[\s,;:]|\.(?!\.))+$")
_ALPHANUMERIC = re.compile("[\U0001d400-\U0001d7ff]")
_WORDS = re.compile(r"\\(?:mathit|mathrm|operatorname|mathsf|mathtt|text|variable)\*?\s*\{\s*([A-Za-z]{2,}['’]*)\s*\}")

_PROSE = re.compile(r"(?<![\\\w{])[A-Za-z]{3,}(?![\w(}])")
_PLAIN_WORDS = frozenset(  # no product of letters
    "from the that than about between which because half value values answer result equals this these its therefore"
    " hence thus zero three four five seven eight nine none nothing never always".split()
)
_IS = re.compile(r"(?:\A|\s)(?:is|are)\s(?=\s*[-\d(]|(?:an?|the|not)\s)|\Aso\s")
_MOST_WORDS = 3  # of prose in a formula: "for all x" is one, "so the number is 10" is none
_LONG_WORD = 5  # letters
_COUNTS_ALONE = re.compile(r"[^=^*/_\\+<>{}()\[\]-]*\d[^=^*/_\\+<>{}()\[\]-]*")
_PROBABILITIES = frozenset(["P", "p", "Pr", "E", "Q", "q", "H", "I"])
_PRIME = re.compile(r"\^(?:\{\s*\\prime\s*\}|\\prime(?![A-Za-z]))")
_DOLLARS = re.compile(r"(?<!\\)\$(?!\d[\d,.]*\s*$)")  # but "$5" is a price
_DEFINING = ("where", "with", "for", "if", "when")


class Formula(NamedTuple):
    """A formula as it was read, and the definitions written behind it: "where q = 1 - p"."""

    expr: Expr
    where: tuple[Relation, ...] = ()


def functions_in(*texts: str) -> frozenset[str]:
    """Letters that are functions in texts which are compared: what has an event as its argument, what defines itself.

    `P(A | B)` and `P(X = 1)` make P a probability wherever it stands, `T(n) = 2T(n/2) + n` makes T a function.
    """
    found: set[str] = set()
    for text in texts:
        if "(" not in text and "[" not in text and "{" not in text:
            continue
        if "P" in text and _EVENT.search(text):
            found.add("P")
        if ("E" in text or "Var" in text or "Cov" in text) and _EXPECTED.search(text):
            found |= {"E", "Var", "Cov"}
        if "|" in text or "\\mid" in text or "∣" in text:
            found.update(_GIVEN.findall(text))
        if (order := _ORDER.fullmatch(text)) is not None:
            found.add(_GLYPHS.get(order["glyph"]) or order["greek"] or "O")
        for letter in _SUMMED.findall(text):
            called = re.findall(rf"(?<![A-Za-z\\])([A-Za-z])\s*\(\s*{letter}\s*\)", text)
            found.update(name for name in called if not any(_is_bare(name, one) for one in texts))
        for name in _DEFINED.findall(text) if "=" in text or "≈" in text or "approx" in text else ():
            if not any(_is_bare(name, one) for one in texts):
                found.add(name)
    return frozenset(found)


def _is_bare(name: str, text: str) -> bool:
    """Whether a letter stands without an argument."""
    return re.search(rf"(?<![A-Za-z\\]){name}(?!\s*(?:\\left\s*)?\(|[A-Za-z]|_)", text) is not None


_SUMMED = re.compile(r"(?:\\sum|[Σ∑])\s*_\s*\{?\s*([a-z])\b")  # over the values of x: p(x)


_EVENT = re.compile(
    r"\\Pr(?![a-z])|\\mathbb\s*\{?P(?![A-Za-z])"
    r"|(?<![A-Za-z\\])Pr?\s*(?:\\left|\\[bB]igg?l?)?\s*(?:[(\[]|\\\{)[^()]*?(?:[|=<>∩∪≤≥¬,]|(?<=\()\s*[A-Z]\s*\)|\\(?:mid|vert|cap|cup|leq?|geq?|in|neg)\b)"
)
_EXPECTED = re.compile(
    r"\\mathbb\s*\{?E(?![A-Za-z])|(?<![A-Za-z\\])E\s*\[|(?<![A-Za-z\\])(?:Var|Cov)\b|\{(?:Var|Cov|E)\}\s*[(\[]"
)
_GIVEN = re.compile(  # p(x | y), p_\\theta(x \\mid y), with one bar: two are those of an absolute value
    r"(?<![A-Za-z\\])([pqfQ])(?:_(?:\w|\\[A-Za-z]+|\{[^{}]*\}))?\s*(?:\\left\s*)?"
    r"\((?:[^()|∣]|\([^()|]*\)){0,200}?(?:\||∣|\\mid(?![a-z]))(?:[^()|∣]|\([^()|]*\)){0,200}\)"
)
_GLYPHS = {"Θ": "Theta", "Ω": "Omega"}
_ORDER = re.compile(  # O(n^2), \\Theta(n), T(n) = \\mathcal{O}(n)
    r"[$\s]*(?:[A-Za-z](?:\([^()=]*\))?\s*(?:=|\\in(?![a-z])|∈)\s*)?"
    r"(?:O|\\mathcal\s*(?:O|\{\s*O\s*\})|\\?(?P<greek>Theta|Omega)|(?P<glyph>[ΘΩ]))\s*(?:\\left\s*)?\(.*\)[$\s.]*"
)
_DEFINED = re.compile(
    r"(?:^|[;,]\s|\$|\|)\s*([A-Za-z])'*\s*\(\s*(?:[a-z]|j\s*(?:\\omega|ω)|\\[a-z]+|[α-ω])(?:\s*,\s*(?:[a-z]|\\[a-z]+|[α-ω]))*\s*\)\|?"
    r"\s*(?:=|:=|&=|\\approx|≈)"
)


def words_in(text: str) -> frozenset[str]:
    """Runs of letters that are set as one word, and so are one name: `\\mathit{test}`, but for those of functions."""
    found = {word.rstrip("'’") for word in _WORDS.findall(text)}
    return frozenset(word for word in found if find_function(word) is None)


def read_formula(text: str, dialect: Dialect) -> Formula:
    """All of a text as one formula. Raises Unreadable, with offsets into the text, if it is none."""
    if len(text) > LONGEST_FORMULA:
        raise Unreadable("this formula is too long to be read", 0, len(text))
    if _DOLLARS.search(text):
        raise Unreadable("formulas stand among words here", 0, len(text))
    if (phrase := read_phrase(text) or read_sentence(text)) is not None:
        return Formula(phrase)
    text = respelled(_keyed(with_units_told(without_about(with_sets_told(text)))))
    plain = _ALPHANUMERIC.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    plain = _PRIME.sub(lambda found: "'".ljust(len(found[0])), plain)
    if _LATEX.search(plain) and not plain.isascii():
        plain = re.sub(ACCENTED, typeset_accent, plain)
    tokens = _tokens(_TRAILING.sub("", plain), 0, dialect)
    if not tokens:
        raise Unreadable("nothing stands here", 0, len(text))
    try:
        return _parse(tokens, dialect, nested_bars=False)
    except Unreadable:
        if not any(token.kind in ("bar", "mid") for token in tokens):
            raise
    try:
        return _parse(tokens, dialect, nested_bars=True)
    except Unreadable:
        return _parse(tokens, dialect._replace(functions=dialect.functions | _PROBABILITIES), nested_bars=False)


_ANGLES = re.compile(r"\s*<[^<>=]*,[^<>=]*>[\s.]*")
_TAKEN_AWAY = re.compile(r"([^\\]*[\w)\]}] )\\( [^\\]*)")
_NEXT_ROW = re.compile(r"(?<=\])([ \t]*)\n(?=\s*\[)")


def _keyed(text: str) -> str:
    """A vector typed as <1, 2, 3> in round brackets, and rows of numpy below each other with commas between them."""
    if _ANGLES.fullmatch(text):
        return text.replace("<", "(", 1).replace(">", ")", 1)
    if "\\" in text and (taken := _TAKEN_AWAY.fullmatch(text)) is not None:  # R \ {3}, A \ B
        all_reals = taken[1].strip() == "R"
        return f"{taken[1].replace('R', 'ℝ') if all_reals else taken[1]}∖{taken[2]}"
    return _NEXT_ROW.sub(r"\1,", text)


def _tokens(text: str, offset: int, dialect: Dialect) -> list[Token]:
    words = [word for word in _PROSE.findall(text) if _is_prose(word, dialect)]
    if len(words) >= _MOST_WORDS and len("".join(words)) * 3 > len(text.strip()):
        raise Unreadable("these are words, not a formula", offset, offset + len(text))
    named = len(words) > 1 and all(len(word) >= _LONG_WORD for word in words) and _COUNTS_ALONE.fullmatch(text)
    plain = any(word.lower() in _PLAIN_WORDS for word in words) or _IS.search(text)
    if named or plain:  # radius of convergence 3
        raise Unreadable("these are words, not a formula", offset, offset + len(text))
    lexer = Lexer({}, grouping=True, prose=False, dialect=dialect)
    found = lexer.maths(text, offset) if _LATEX.search(text) else lexer.text(text, offset)
    if any(token.kind == "line" for token in found):
        found = separated(found)
    return with_moduli([token for token in found if token.kind not in ("line", "edge")], text)


def _is_prose(word: str, dialect: Dialect) -> bool:
    known = word in dialect.words or word in CONNECTIVES or word in CONSTRUCTORS or word in signs.GREEK
    return not (known or word in WORDS_OF_SETS or word in LONG_LETTERS or find_function(word) or word.isupper())


def _parse(tokens: list[Token], dialect: Dialect, nested_bars: bool) -> Formula:
    if all(token.kind == "word" and not token.text.startswith("\\") for token in tokens):
        return Formula(_words(tokens))
    parser = Parser(tokens, {}, dialect=dialect)
    parser.whole, parser.nested_bars = True, nested_bars
    items = _statements(parser)
    if len(items) == 1 and (cases := read_typed_cases(parser, items[0])) is not None:
        return Formula(cases)
    where: tuple[Relation, ...] = ()
    if parser.is_next("word") and parser.tokens[parser.at].text.lower() in _DEFINING:
        where = _definitions(parser)
    elif parser.is_next("word") and all(token.kind == "word" for token in tokens[parser.at :]):
        items[-1] = _measured(items[-1], tokens[parser.at :], parser)
    rest = parser.peek()
    if rest is not None:
        raise parser.fail(f"`{rest.text}` cannot stand here", rest)
    whole = (items[0].place[0], items[-1].place[1])
    return Formula(items[0] if len(items) == 1 else Group("", tuple(items), whole), where)


def _statements(parser: Parser) -> list[Expr]:
    """Statements with separators between them; of a chain of conclusions the last one counts."""
    items = [parser.statement()]
    while parser.is_next("sep") or parser.is_next("arrow"):
        arrow = ""
        while parser.is_next("sep") or parser.is_next("arrow"):  # ", \quad"
            token = parser.advance()
            arrow = token.text if token.kind == "arrow" else arrow
        if parser.is_next("op", "and") or parser.is_next("op", "or"):  # "19, 46, and 82"
            parser.advance()
        if parser.peek() is None or parser.is_next("word"):
            break
        item = parser.statement()
        if arrow and (read := by_arrow(arrow, items[-1], item)) is not None:
            if parser.is_next("arrow"):
                raise parser.fail("which of these arrows is meant first is not certain")
            items[-1] = read
            continue
        if arrow and not all(isinstance(one, Relation) for one in (items[-1], item)):
            raise parser.fail("an arrow stands between what is no equation", parser.tokens[parser.at - 1])
        items = [item] if arrow else [*items, item]
    return items


def _words(tokens: list[Token]) -> Text:
    return Text(" ".join(token.text for token in tokens), (tokens[0].start, tokens[-1].stop))


def _measured(expr: Expr, words: list[Token], parser: Parser) -> Expr:
    """`0.06 \text{ yuan}`: words behind a value are what it counts."""
    if words[0].text.startswith("\\"):
        raise parser.fail(f"the command {words[0].text} is not known", words[0])
    parser.at = len(parser.tokens)
    text = _words(words)
    last = expr.operands[-1] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
    if isinstance(expr, Relation) and last is not None:  # n = 12 ways
        whole = Op("mul", (last, Unit(text.words, text.place)), (last.place[0], text.place[1]), "")
        return expr._replace(operands=(*expr.operands[:-1], whole), place=(expr.place[0], text.place[1]))
    return Op("mul", (expr, Unit(text.words, text.place)), (expr.place[0], text.place[1]), "")


def _definitions(parser: Parser) -> tuple[Relation, ...]:
    """`where q = 1 - p and r = 2`."""
    word = parser.advance()
    found: list[Relation] = []
    while parser.peek() is not None:
        relation = parser.statement()
        members = relation.args if isinstance(relation, Op) and relation.op == "and" else (relation,)
        for member in members:
            if not isinstance(member, Relation):
                raise parser.fail("a definition such as q = 1 - p is expected here", word)
            found.append(member)
        if not (parser.is_next("sep") or parser.is_next("op", "and")):
            break
        parser.advance()
    return tuple(found)
