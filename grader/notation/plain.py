"""Cuts plain text into tokens: where prose ends and a formula typed on a keyboard begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from grader.model.patterns import later
from grader.notation import signs
from grader.notation.accents import ACCENTED, read_accented, read_label
from grader.notation.crosses import has_cross
from grader.notation.freely import is_matrix, read_endless, read_free_word, read_operator, read_temperature
from grader.notation.glued import capital, factors, is_stranger, is_union, opens_row, read_entry, takes_value
from grader.notation.glued_functions import read_glued, takes_declared
from grader.notation.latex import read_command
from grader.notation.noted import NOTED, read_noted
from grader.notation.numerals import LAKHS, read_comma, read_floated, read_grouped, read_number, read_repeating
from grader.notation.reducers import FUNCTION_FOLLOWS, read_reducing_word, reduces
from grader.notation.respelled import with_products
from grader.notation.scripts import LOWERED, RAISED, read_lowered, read_raised
from grader.notation.spaces import MATRIX_NAMED, OF_MATRICES, measures_array, read_dimension
from grader.notation.spellings import CJK, COMMAND, DIGITS, NUMBER, Kind
from grader.notation.worded import read_number_word, read_percent_word, read_product_word
from grader.reference.functions import find_function

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_DERIVATIVE = r"(?<![A-Za-z])(?:∂|d)\s?(?P<top>[A-Za-z])\s?/\s?(?:∂|d)\s?(?P<low>[A-Za-z](?:_?[0-9₀-₉]+)?)(?![A-Za-z])"
_GROUPED = r"(?!0)\d{1,3}(?:(?:,|\{,\})\d{3})+(?![\d,])(?!\.\d+,)(?:\.\d+)?"
_LETTER = r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]"
_TIMES_J = r"(?!(?<=[ij])(?<![A-Za-z][ij])\d+(?:\.|\{,\})\d)"  # j4.5 is j times 4.5: no name has a point in it
_WORDS_LISTED = r"(?:[(\[][A-Za-z][A-Za-z ]{2,}(?:,\s?[A-Za-z][A-Za-z /]*)+[)\]]|(?:[A-Za-z]\w{0,11},\s){2,}[A-Za-z])"
_TEXT = re.compile(
    rf"""(?P<noted>{NOTED})|(?P<space>[\s\u200b\u00a0]+|\{{\}}(?=\s*[\^_]\s*\w\s*[CP]\s*_))
    |(?P<heat>°\s?[CF](?![A-Za-z0-9(]))
    |(?P<label>\d+(?:st|nd|rd|th)\b|\d+-?[dD]\b(?!\s*[)\]*/^])|\d+-(?!(?:sin|cos|tan|exp|ln|log|sqrt)\b)[A-Za-z]{{2,}}\b(?!\())
    |(?P<grouped>(?<![\d.,])(?:{_GROUPED}|{LAKHS})
        |(?<![\d.,])\d{{1,3}}(?:[\ \u00a0\u202f\u2009]\d{{3}})+(?![\d.,]?\d)
        |(?<![\d.,])\d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d|\.\d)|(?<![\d.,])\d{{1,3}}(?:['’]\d{{3}})+(?![\d.'’]))
    |(?P<underscored>(?<![\w.,])[1-9]\d{{0,2}}(?:_\d{{3}})+(?!\w))
    |(?P<floated>(?<![^\[(\s-])\d+\.(?=[ \t]*(?:[\],;)]|\n|\Z)|[ \t]+-?\d+\.)
        |(?<=[\[(\s,-])\d+\.(?=[-+]\d+\.\d*j)|(?<=[+-])\d+\.(?=j(?!\w)))
    |(?P<comma>(?<![\d.,])\d+,\d{{1,4}}(?=[\s~]?(?:Mio|Mill|Mrd|million|billion)))
    |(?P<repeat>(?<![\d.])\d*\.\d*\(\d+\)(?![\w(]))
    |(?P<dotted>Interval\.[LR]?open\b|(?<=[)\w])\.T\b(?!\())
    |(?P<attribute>(?<=[A-Za-z0-9])\.(?:shape|size)\b(?!\s?[\[(]))
    |(?P<quoted>(?<==)'[^'\n]*')
    |(?P<module>(?:np|numpy|math|torch|tf|jnp|scipy)\.(?:linalg\.)?(?=[a-z]))
    |(?P<endless>\d*\.\d{{3,}}\s?(?:\.\.\.|…))
    |(?P<num>{NUMBER})
    |(?P<cross>(?<=[\d)])[xX](?=[\d(]))
    |(?P<derivative>{_DERIVATIVE})
    |(?P<operator>(?<![A-Za-z])d\s?/\s?d[a-z](?![A-Za-z\d_]))
    |(?P<accented>{ACCENTED})
    |(?P<word>{_LETTER}+(?:['’‐‑-](?=[A-Za-z]{{2,}})[A-Za-z]+)*(?:(?:(?<=[a-z]{{2}})|(?<=[IH][te]))['’]s(?![\w(\[])|(?<=[a-z]n)['’]t(?![\w(\[]))?(?:_(?=[A-Za-z0-9])[A-Za-z0-9]+)*(?:{_TIMES_J}(?>[0-9₀-₉]+)(?![≤<≥>=][{signs.LOWERED}]))?'*)
    |(?P<sup>{RAISED})
    |(?P<turned>ᵀ)
    |(?P<sub>{LOWERED})
    |(?P<cjk>{CJK})
    |(?P<dash>(?:(?<=[\s(])|\A)--(?=\d)|(?:(?<=\s)|\A)(?:---?(?=\s)|[-–—](?=\s{_WORDS_LISTED})|[–—](?:\Z|(?=\s+[(\[]?[A-Za-z]{{3}}))))
    |(?P<sign>(?<=[\s)\]A-Za-z'])\.(?:\*(?!\*)|/|\^)(?=\s?[\w(\[])|<=>|<->|==>|-->|<=|>=|!=|<>|==|:=|=<|=>|->|\*\*|//|\.\.\.|\.\.)
    |{COMMAND}
    |(?P<one>.)""",
    re.VERBOSE | re.DOTALL,
)
_NO_LENGTH = re.compile(r",0\d\d")  # 1,000 x 256: nobody lists a length 000
_SET_FOLLOWS = re.compile(r"\s*\$?\s*(?:\\?\{|\[)")
_CASTS = frozenset(["float64", "float32", "int64", "int32", "complex128"])
_BASED = frozenset(["log2", "log10", "expm1"])
_LENGTHS = later(r"[(\[]?\d+(?:[xX]\d+)+[)\]]?")
_OVER_FOLLOWS = later(r",?\s+(?:over|sobre|sur|über|ueber|su)\s")
_CAPITAL_FUNCTIONS = frozenset(["Ceil", "Floor", "Exp", "Log", "Sqrt"])
_PLACE_FOLLOWS = later(r"\s*[(\[]\s?\d+\s?[,;]")
_LISTED = later(r"\(\s?-?\d[\d.]*\s?,")  # c(46, 62, 20) in R
_COLUMN_GAP = 4  # blanks
_WORD_FOLLOWS = later(r"\(?[A-Za-z]{3}|[A-Za-z]{2}|[A-Z]\s?[:=\[(]|[a-z]\s?=\s?\d")
_GRADIENT_FOLLOWS = later(r"_?\s?[A-Za-z](?:\([^()=]{0,20}\))?\s*=")  # grad J = ..., grad f(1, 2) = ...
_CALLED = re.compile(r"([a-z]\w*)\(")
_ARTICLES = frozenset(["a", "A", "I"])


def cut(lexer: Lexer, offset: int, whole_stop: int | None = None) -> None:
    """Adds the tokens of the lexer's text, which begins at `offset` of the source."""
    text = lexer.source = with_products(lexer.source) if lexer.prose else lexer.source
    end = len(text)
    while lexer.at < end:
        found = _TEXT.match(text, lexer.at)
        assert found is not None  # the last alternative takes any character
        kind = found.lastgroup or ""
        listed = kind == "grouped" and not lexer.may_group
        if listed and (lexer.dialect.free or not _NO_LENGTH.search(found.group())):
            found = DIGITS.match(text, lexer.at)
            assert found is not None
            kind = "num"
        lexer.at = found.end()
        if whole_stop is None:
            _READERS[kind](lexer, found, offset + found.start(), offset + lexer.at)
        else:
            _READERS[kind](lexer, found, offset, whole_stop)


def _read_space(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """A wide gap between words stands between the columns of a table typed by hand."""
    if stop - start >= _COLUMN_GAP and lexer.prose and lexer.may_end and _WORD_FOLLOWS.match(lexer.source, lexer.at):
        lexer.add("line", "", start, stop)
    lexer.spaced = True


def _read_plain_word(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    lexer.add("word", found.group(), start, stop)


def _read_quoted(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`dir='-'`."""
    lexer.add("name" if lexer.dialect.free else "word", found.group(), start, stop)


def _read_dotted(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`Interval.open(0, 1)`, `A.T`; in prose, a declared array or a bracket stands before the point."""
    last = lexer.tokens[-1] if lexer.tokens else None
    turns = last is not None and (last.kind == "close" or lexer.names.get(last.text, 0) > 0)
    if found.group() == ".T" and (turns or lexer.dialect.free):
        _read_turned(lexer, found, start, stop)
    elif not lexer.dialect.free:
        lexer.add("word", found.group(), start, stop)
    else:
        lexer.add("func", found.group(), start, stop)


def _read_attribute(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`Z.shape = U.shape = (46, 62, 20)` says it of Z and U; of 2.size nothing is known."""
    if not (lexer.tokens and lexer.tokens[-1].kind == "name"):
        lexer.at -= len(found.group()) - 1
        lexer.sign(".", start, start + 1)


def _read_module(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`np.sqrt(2)`: the module says nothing about the function."""
    called = _CALLED.match(lexer.source, lexer.at)
    if not lexer.dialect.free and (called is None or lexer.function(called[1]) is None):
        lexer.add("word", found.group(), start, stop)


def _read_cross(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`46x62x20` is a shape; where nothing is declared, 2x2y is a product of letters and numbers."""
    if lexer.dialect.free and _LENGTHS.fullmatch(lexer.source.strip()) is None:
        lexer.add("name", found.group(), start, stop)
    else:
        lexer.add("op", "×", start, stop)


def _read_derivative(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    low = found["low"].replace("_", "").translate(signs.SUBSCRIPT_DIGITS)
    lexer.add("name", f"d{found['top']}/d{low}", start, stop)


def _read_turned(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`Xᵀ`."""
    lexer.add("op", "^", start, start)
    lexer.add("name", "⊤", start, stop)


def _read_dash(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`(5, 4) -- rows, columns`: a dash of prose, as TeX types it; `--6` there is a minus."""
    if lexer.prose and not lexer.source[found.end() : found.end() + 1].isdecimal():
        lexer.add("word", "–", start, stop)
    else:
        lexer.at = found.end() if lexer.prose else found.start() + 1
        lexer.sign("-", start, start + 1)


def _read_sign(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    behind = lexer.tokens[-1].kind if found.group() == "@" and lexer.prose and lexer.tokens and lexer.spaced else ""
    if behind and (
        found.end() == len(lexer.source.rstrip())
        or behind in ("num", "stop", "sep")
        or _PLACE_FOLLOWS.match(lexer.source, lexer.at)
    ):
        lexer.add("word", "at", start, stop)  # 6 @ (1, 3); 6, e.g. @ (1, 3)
        return
    if found.group() == "Σ" and lexer.dialect.free and is_matrix(lexer):
        lexer.add("name", "Sigma", start, stop)
        return
    lexer.sign(found.group(), start, stop)


# -- words -----------------------------------------------------------------------------------------------------


def _read_word(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """A word that has a meaning of its own; any other may still be a letter or a product."""
    word = found.group()
    name = lexer.canonical(word)
    head = _head(lexer, word, name)
    if head:  # sum_i, a_i, x-sin(x): only the beginning is one word
        lexer.at -= len(word) - len(head)
        stop -= len(word) - len(head)
        word, name = head, lexer.canonical(head)
    if lexer.dialect.free:
        _read_free(lexer, word, name, start, stop)
    else:
        _read_declared(lexer, word, name, start, stop)


def _read_declared(lexer: Lexer, word: str, name: str, start: int, stop: int) -> None:
    """A word where names are declared: in prose most words are none."""
    listed = word == "c" and "c" not in lexer.names and _LISTED.match(lexer.source, lexer.at)
    if listed or has_cross(lexer, word, start) or read_glued(lexer, word, start) or measures_array(lexer, word):
        return
    if lexer.prose and any(read(lexer, word, start, stop) for read in _WORDED):
        return
    elif name in lexer.names and not _is_article(lexer, name):
        lexer.add("name", name, start, stop).weak = len(word) == 1 and lexer.prose
    elif (derivative := lexer.short_derivative(word)) is not None:
        lexer.add("name", derivative, start, stop)
    elif (large := capital(lexer, word)) is not None:
        lexer.add("name", large, start, stop)
    elif word == "pi":
        lexer.add("name", "pi", start, stop)
    elif (operator := _operator(lexer, word)) is not None:
        lexer.add(*operator, start, stop)
    elif not lexer.prose:
        lexer.add("name", name, start, stop)
    elif (stranger := is_stranger(lexer, word)) or _is_letter(word) or takes_value(lexer, word):
        lexer.add("name", name, start, stop).weak = not stranger
    elif pieces := factors(lexer, word):
        for piece, begin, end in pieces:
            lexer.add("name", piece, start + begin, start + end)
    else:
        lexer.add("word", word, start, stop)


def _read_free(lexer: Lexer, word: str, name: str, start: int, stop: int) -> None:
    """A word where no names are declared: a name with its index, a letter, or what its letters spell."""
    first, _, rest = word.partition("_")
    if name in lexer.names:
        lexer.add("name", name, start, stop)
    elif rest:
        lexer.at -= len(word) - len(first)
        _read_free(lexer, first, first, start, start + len(first))
        read_entry(lexer, word, start)
    elif is_union(lexer, word):
        lexer.add("op", "∪", start, stop)  # (-oo, 1) U (3, oo)
    elif len(word) == 1:
        lexer.add("name", signs.GREEK_GLYPHS.get(word, word), start, stop)
    elif word in _CASTS and lexer.source.startswith("(", lexer.at):
        return  # np.float64(5.0)
    elif word in _BASED and lexer.source.startswith("(", lexer.at):
        lexer.add("func", word, start, stop)
    elif (lowered := len(word) - len(word.rstrip("₀₁₂₃₄₅₆₇₈₉"))) and not _is_letter(word):
        lexer.at -= lowered  # log₂ n
        _read_free(lexer, word[:-lowered], word[:-lowered], start, stop - lowered)
    elif (digits := len(word) - len(word.rstrip("0123456789"))) and not _is_letter(word):
        lexer.at -= digits  # cos2x
        _read_free(lexer, word[:-digits], word[:-digits], start, stop - digits)
    elif "'" in word:
        lexer.at -= len(word) - word.index("'")
        _read_free(lexer, word[: word.index("'")], word[: word.index("'")], start, start + word.index("'"))
    elif _is_letter(word) and not (digits and lexer.source[lexer.at : lexer.at + 1].isalpha()):  # 2x2y
        lexer.add("name", name, start, stop)
    elif digits:
        lexer.at -= digits
        lexer.add("name", word[:-digits], start, stop - digits)
    else:
        read_free_word(lexer, word, start, stop)


def _head(lexer: Lexer, word: str, name: str) -> str:
    """The part of a word before a subscript or a hyphen that does not belong to it, "" if all of it is one word."""
    first, _, rest = word.partition("_")
    if rest and find_function(word) is not None and lexer.source.startswith("(", lexer.at):
        return ""  # max_pool(q, 2, 2)
    if rest and name not in lexer.names:
        indexed = lexer.names.get(lexer.canonical(first), 0) > 0 or opens_row(lexer, first, rest)
        if indexed or first in signs.REDUCERS or first == "Sum" or (lexer.function(first) and first == "log"):
            return first
    if "-" not in word:
        return ""
    hyphened = re.split(r"[-’']", word, maxsplit=1)[0]
    return hyphened if not lexer.prose or lexer.canonical(hyphened) in lexer.names else ""


def _is_article(lexer: Lexer, name: str) -> bool:
    return lexer.prose and name in _ARTICLES and lexer.source[lexer.at : lexer.at + 1] == " "


def _operator(lexer: Lexer, word: str) -> Kind | None:
    """A sum, a function or "in", where what follows fits."""
    text, at = lexer.source, lexer.at
    word = "sum" if word == "Sum" and text.startswith(("_", "("), at) else word
    if word in signs.REDUCERS and reduces(lexer, word):
        return "reduce", signs.REDUCERS[word]
    if word.lower() in signs.SPOKEN_SUMS and lexer.prose and _OVER_FOLLOWS.match(text, at):
        return "reduce", "sum"
    if word in signs.SPOKEN_OVER and lexer.tokens and lexer.tokens[-1].kind == "reduce":
        return "word", "over"
    counted = lexer.prose and lexer.tokens and lexer.tokens[-1].kind == "num"
    if word == "in" and not counted and _SET_FOLLOWS.match(text, at):
        return "rel", "in"
    if word == "grad" and _GRADIENT_FOLLOWS.match(text, at):
        return "nabla", "∇"
    if word == "dim" and (dimension := read_dimension(lexer)) is not None:
        return "func", dimension
    function = lexer.function(word.lower() if word in _CAPITAL_FUNCTIONS else word)
    if word in signs.GREEK and text.startswith("(", at):  # delta(j, k)
        function = find_function(word)
    named = function in OF_MATRICES and MATRIX_NAMED.match(text, at) is not None
    follows = named or FUNCTION_FOLLOWS.match(text, at) or takes_declared(lexer, word)
    return ("func", function) if function and follows else None


def _is_letter(word: str) -> bool:
    """One letter, perhaps with digits and primes."""
    return len(word.rstrip("'").translate(signs.SUBSCRIPT_DIGITS).rstrip("0123456789_")) == 1


_WORDED = (read_number_word, read_percent_word, read_product_word, read_reducing_word)
_READERS: dict[str, Callable[[Lexer, re.Match[str], int, int], None]] = {
    "noted": read_noted,
    "dash": _read_dash,
    "space": _read_space,
    "heat": read_temperature,
    "label": read_label,
    "grouped": read_grouped,
    "underscored": read_grouped,
    "dotted": _read_dotted,
    "quoted": _read_quoted,
    "attribute": _read_attribute,
    "comma": read_comma,
    "repeat": read_repeating,
    "endless": read_endless,
    "num": read_number,
    "floated": read_floated,
    "module": _read_module,
    "cross": _read_cross,
    "derivative": _read_derivative,
    "operator": read_operator,
    "accented": read_accented,
    "word": _read_word,
    "sup": read_raised,
    "turned": _read_turned,
    "sub": read_lowered,
    "cjk": _read_plain_word,
    "command": read_command,
    "sign": _read_sign,
    "one": _read_sign,
}
