"""Cuts LaTeX into tokens: numbers, letters, commands with their arguments, environments."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from grader.model.patterns import later
from grader.notation import signs
from grader.notation.freely import (
    CALL_FOLLOWS,
    MOMENTS,
    UNIT_POWER,
    is_measure,
    read_accent,
    read_endless,
    read_free_command,
    read_free_word,
    read_long_name,
)
from grader.notation.glued import belongs_to_last, capital, is_numbered, is_product, opens_subscript, raised_letter
from grader.notation.glued_functions import read_glued
from grader.notation.numerals import LAKHS
from grader.notation.scripts import RAISED, read_raised
from grader.notation.spaces import is_of_array, matrix_function, names_operator, read_dimension
from grader.notation.spellings import (
    ARGUMENT_COMMANDS,
    BOXES,
    CJK,
    COMMAND,
    COMMAND_ALONE,
    COMMANDS,
    DIGITS,
    GLUED,
    LETTERS,
    NOT_DIGITS,
    NUMBER,
    SIGNS,
)
from grader.reference.functions import find_function

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_MATHS = re.compile(
    rf"""(?P<point>(?<=\\,)\.(?=\\,))|(?P<space>(?:[\s~\u200b\u00a0]|\\[,;:!\ >])+)
    |(?P<grouped>(?<![\d.,]){LAKHS}|(?!0)\d{{1,3}}(?:(?:\{{,\}}|\s*\\,\s*|,)(?:\\!\s*)?\d{{3}})+(?![\d,])(?:\.\d+)?|(?<![\d.])\d{{1,3}}(?:\.\d{{3}}){{2,}}(?![\d.]))
    |(?P<comma>\d+\{{,\}}\d+(?!\d))
    |(?P<repeat>\d*\.\d*\\(?:(?:dot|overline|bar)\s*\{{\s*\d+\s*\}}|dot\s*\d)(?:\d*\\dot\s*\{{?\d\}}?)?)
    |(?P<endless>\d*\.\d{{3,}}\s*(?:\.\.\.|…|\\[lc]?dots(?![A-Za-z])))
    |(?P<num>{NUMBER})
    |(?P<based>(?<![A-Za-z\\])(?:log(?:2|10|1p)|expm1)(?=\())
    |(?P<word>[A-Za-z]+[₀-₉]*)
    |(?P<sup>{RAISED})
    |(?P<turned>ᵀ|(?<=[)\]}}\w])\.T(?![A-Za-z(]))
    |(?P<comment>(?<=\s)%[^\n]*)
    |(?P<cjk>{CJK})
    |(?P<sign><=|>=|!=|==|:=|=<|=>|->|\*\*|//|\.\.\.|\.\.)
    |\\\\(?P<newline>(?:\[[^\]]*\])?)
    |{COMMAND}
    |(?P<one>.)""",
    re.VERBOSE | re.DOTALL,
)
_ARGUMENT = re.compile(r"\s*\{([^{}]*)\}")
_SETTING = re.compile(r"\*?\s*\{([^{}]*)\}")  # \\tag*{(i)}, \\hspace*{1em}
_CALLS = ("(", "{", "'", "\\", "^")
_INVISIBLE = frozenset(["white", "transparent", "#fff", "#ffffff"])
_INVISIBLE_BRACKET = re.compile(r"\s*\.")
_PAIRS = later(r"\\(left|right)(?![A-Za-z])")
_EVALUATING = later(r"\s*(?:\||\\[lr]?vert(?![A-Za-z]))\s*[_^]")
_ARRAY = later(r"\s*\\begin\s*\{(array|matrix|aligned|split|gathered)\}")
_NO_BRACKET = re.compile(r"\s*\\right\s*(?:\.|$)")
_EMPTY = re.compile(r"\}(?=\s*[\^_]\s*(?:\{\s*\w+\s*\}|\w)\s*[CP]\s*_)")  # {}_n C_k
_BRACES = {"{": "group", "}": "endgroup"}


def cut(lexer: Lexer, offset: int) -> None:
    """Adds the tokens of the lexer's text, which begins at `offset` of the source."""
    text, end = lexer.source, len(lexer.source)
    while lexer.at < end:
        found = _MATHS.match(text, lexer.at)
        assert found is not None  # the last alternative takes any character
        kind = found.lastgroup or ""
        if kind == "grouped" and not lexer.may_group and "," in found.group().replace("{,}", "").replace("\\,", ""):
            found = DIGITS.match(text, lexer.at)
            assert found is not None
            kind = "num"
        lexer.at = found.end()
        _READERS[kind](lexer, found, offset + found.start(), offset + lexer.at)


def _read_space(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    lexer.spaced = True


def _read_point(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`4 \\,.\\, x`: a point for a product."""
    lexer.add("op", "·", start, stop)


def _read_as(kind: str) -> Callable[[Lexer, re.Match[str], int, int], None]:
    def read(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
        lexer.add(kind, found.group(), start, stop)

    return read


def _read_grouped(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    whole, point, tail = found.group().partition(".") if found.group().count(".") == 1 else (found.group(), "", "")
    lexer.add("num", NOT_DIGITS.sub("", whole) + point + tail, start, stop)  # 1.234.567 has points for commas


def _read_comma(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    lexer.add("num", found.group().replace("{,}", "."), start, stop)


def _read_repeating(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """`41.\\dot{6}` as `41.(6)`; with two dots, all between them repeats."""
    head, _, tail = found.group().partition("\\")
    lexer.add("num", f"{head}({NOT_DIGITS.sub('', tail)})", start, stop)


def _read_turned(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    lexer.add("op", "^", start, start)
    lexer.add("name", "⊤", start, stop)


def _read_letters(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """A declared name, a function, a word, or a product of letters."""
    word = found.group() if found.group()[0] != "T" else raised_letter(lexer, found)
    stop = start + len(word)
    name = lexer.canonical(word)
    if belongs_to_last(lexer, found, start, stop) or is_numbered(lexer, word, start) or read_glued(lexer, word, start):
        return
    if name in lexer.names:
        lexer.add("name", name, start, stop)
    elif (derivative := lexer.short_derivative(word)) is not None:
        lexer.add("name", derivative, start, stop)
    elif len(word) == 1 or (word in MOMENTS and lexer.source[lexer.at :].lstrip()[:1] in ("(", "[")):
        lexer.add("name", capital(lexer, word) or word, start, stop)
    elif len(word) == 2 and lexer.tokens and opens_subscript(lexer):  # y_{ln} has the indices l and n
        lexer.add("name", word[0], start, start + 1)
        if not is_numbered(lexer, word[1], start + 1):  # delta_{mm'}
            lexer.add("name", word[1], start + 1, stop)
    elif lexer.dialect.free:
        read_free_word(lexer, word, start, stop)
    elif word in signs.REDUCERS:
        lexer.add("reduce", signs.REDUCERS[word], start, stop)
    elif (function := lexer.function(word)) is not None:
        lexer.add("func", function, start, stop)
    elif (pieces := lexer.split(word)) is None and len(word) >= 3 and not is_product(lexer, word):
        lexer.add("word", word, start, stop)
    else:
        for piece, begin, end in pieces or [(letter, k, k + 1) for k, letter in enumerate(word)]:
            lexer.add("name", piece, start + begin, start + end)


def _read_newline(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    if lexer.in_matrix:
        lexer.add("row", "", start, stop)
    elif _in_braces(lexer) and (lexer.dialect.free or "substack" in lexer.source):  # \\substack{i=1 \\\\ j=1}
        lexer.add("sep", ",", start, stop)
    else:
        lexer.add("line", "", start, stop)


def _in_braces(lexer: Lexer) -> bool:
    kinds = [token.kind for token in lexer.tokens]
    return kinds.count("group") > kinds.count("endgroup")


def _read_sign(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    sign = found.group()
    if sign == "{" and (empty := _EMPTY.match(lexer.source, lexer.at)):
        lexer.at = empty.end()
    elif sign in _BRACES:
        lexer.add(_BRACES[sign], sign, start, stop)
    elif sign != "&":
        lexer.sign(sign, start, stop)
    elif lexer.in_matrix:
        lexer.add("amp", "&", start, stop)
    elif lexer.source.startswith("&", lexer.at):  # && stands before what is said beside
        lexer.add("line", "", start, stop)


# -- commands --------------------------------------------------------------------------------------------------


def read_command(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> None:
    """One LaTeX command, with the argument that it takes out of the text."""
    name = found["command"]
    if name in ARGUMENT_COMMANDS:
        _with_argument(lexer, name, start, start - found.start())
    elif lexer.dialect.free and read_free_command(lexer, name, start, stop):
        return
    elif name in signs.STYLES:
        _style(lexer, name, start)
    elif (known := COMMANDS.get(name)) is not None:
        if known[0] != "sep" or not lexer.tokens or lexer.tokens[-1].kind != "line":  # else it only indents a row
            lexer.add(*known, start, stop)
    elif name == "\\":
        lexer.add("row" if lexer.in_matrix else "line", "", start, stop)
    elif name in signs.SPACES or (name == "dim" and is_of_array(lexer)):
        lexer.spaced = True
    elif (function := _called(lexer, name)) is not None:
        lexer.add("func", "ln" if name == "ln" and lexer.dialect.free else function, start, stop)
    elif name == "{" and _begins_cases(lexer):
        lexer.cases = True
    elif (letter := LETTERS.get(name)) is not None:
        lexer.add(*letter, start, stop)
    elif name in SIGNS:
        lexer.sign(name, start, stop, command=True)
    else:
        _unknown(lexer, name, start, stop)


def _unknown(lexer: Lexer, name: str, start: int, stop: int) -> None:
    """A command nobody knows; `\\vertx` is `\\vert x`."""
    known = next((glued for glued in GLUED if name.startswith(glued) and len(name) - len(glued) <= 2), None)
    if known is None:
        lexer.sign(name, start, stop, command=True)
        return
    lexer.at -= len(name) - len(known)
    command = COMMAND_ALONE.match("\\" + known)
    assert command is not None
    if known in signs.STYLES:
        _style(lexer, known, start)
    else:
        read_command(lexer, command, start, stop - len(name) + len(known))


def _called(lexer: Lexer, name: str) -> str | None:
    """The function that a command names; a Greek letter is one only before brackets."""
    if name in lexer.names or name in ("gamma", "mod", "choose"):
        return None
    function = read_dimension(lexer) if name == "dim" and not lexer.dialect.free else find_function(name)
    greek = function and name in signs.GREEK
    return None if greek and not CALL_FOLLOWS.match(lexer.source, lexer.at) else function


def _style(lexer: Lexer, name: str, start: int) -> None:
    """Steps over a command that changes only how something looks."""
    if name in BOXES:
        lexer.boxes.append(start)
    elif name in ("left", "right") and (invisible := _INVISIBLE_BRACKET.match(lexer.source, lexer.at)):
        lexer.at = invisible.end()
        if name == "left" and _is_evaluated(lexer):
            lexer.add("open", ".", start, start + len(name) + 2)
    elif name in signs.WITH_SETTING and (setting := _SETTING.match(lexer.source, lexer.at)) is not None:
        if setting[1].strip().lower() in _INVISIBLE:  # what nobody can see is no answer: a person looks at it
            lexer.add("word", "\\" + name, start, start + len(name) + 1)
        lexer.at = setting.end()


def _is_evaluated(lexer: Lexer) -> bool:
    """Whether `\\left.` ends in `\\right|` with a limit behind it."""
    depth = 1
    for found in _PAIRS.finditer(lexer.source, lexer.at):
        depth += 1 if found[1] == "left" else -1
        if depth == 0:
            return _EVALUATING.match(lexer.source, found.end()) is not None
    return False


def _begins_cases(lexer: Lexer) -> bool:
    """Whether `\\left\\{` begins cases that are typed as an array, and end in `\\right.`"""
    begun = _ARRAY.match(lexer.source, lexer.at)
    if begun is None:
        return False
    end = lexer.source.find(f"\\end{{{begun[1]}}}", begun.end())
    return end >= 0 and _NO_BRACKET.match(lexer.source, end + len(begun[1]) + 6) is not None


def _with_argument(lexer: Lexer, name: str, start: int, offset: int) -> None:
    """`\\hat{y}`, `\\text{...}`, `\\begin{...}`: what stands in the braces is not mathematics."""
    if name in signs.ACCENTS:
        read_accent(lexer, name, start, offset)
        return
    environment = name in ("begin", "end")
    argument = _ARGUMENT.match(lexer.source, lexer.at)
    if argument is not None:
        lexer.at = argument.end()
        function = lexer.function(argument[1].strip()) if lexer.source[lexer.at : lexer.at + 1] in _CALLS else None
        function = function or (None if lexer.dialect.free else matrix_function(lexer, argument[1].strip()))
        if argument[1].strip() in ("argmax", "argmin", "arg\\,max", "arg\\,min") and lexer.dialect.free:
            lexer.add("reduce", argument[1].strip().replace("\\,", ""), start, offset + lexer.at)
        elif (derivative := _upright_derivative(lexer, argument[1])) is not None:  # \\mathrm{d}Z
            lexer.at += 1
            lexer.add("name", derivative, start, offset + lexer.at)
        elif function is not None:  # \\text{log}(x), \\operatorname{ceil}(N/s)
            lexer.add("func", function, start, offset + lexer.at)
        elif lexer.dialect.free and not environment and argument[1].strip().isalpha():
            read_long_name(lexer, name, argument[1].strip(), start, offset + lexer.at)
        elif lexer.dialect.units and not environment and is_measure(lexer, argument[1]):
            lexer.add("unit", _unit(lexer, argument[1].strip()), start, offset + lexer.at)
        elif environment:
            _environment(lexer, name, argument[1].rstrip("*"), (start, offset + lexer.at))
        elif not names_operator(lexer, argument[1].strip(), start, offset + lexer.at):
            lexer.words(argument[1], offset + argument.start(1))
        if (name, argument[1]) == ("begin", "array") and (columns := _ARGUMENT.match(lexer.source, lexer.at)):
            lexer.at = columns.end()
    elif environment:
        lexer.add("word", "\\" + name, start, offset + lexer.at)


def _unit(lexer: Lexer, unit: str) -> str:
    if (raised := UNIT_POWER.match(lexer.source, lexer.at)) is not None:
        lexer.at = raised.end()
    return unit if raised is None else f"{unit}^{{{raised[1]}}}"  # \\text{cm/s}^2 is cm/s^2, as it looks


def _upright_derivative(lexer: Lexer, argument: str) -> str | None:
    """The declared derivative that an upright d and the letter behind it are short for."""
    return lexer.short_derivative(f"d{lexer.source[lexer.at : lexer.at + 1]}") if argument == "d" else None


def _environment(lexer: Lexer, command: str, name: str, place: tuple[int, int]) -> None:
    matrix = name in signs.MATRIX_ENVIRONMENTS
    if command == "begin":
        if lexer.cases:
            name, lexer.cases, matrix = "cases", False, True
        lexer.matrices.append(matrix)
    elif lexer.matrices:
        matrix = lexer.matrices.pop()
    if matrix:
        lexer.add("matrix" if command == "begin" else "endmatrix", name, *place)
    elif name == "cases":
        lexer.add("word", "\\cases", *place)


_READERS: dict[str, Callable[[Lexer, re.Match[str], int, int], None]] = {
    "point": _read_point,
    "space": _read_space,
    "grouped": _read_grouped,
    "endless": read_endless,
    "num": _read_as("num"),
    "comma": _read_comma,
    "repeat": _read_repeating,
    "based": _read_as("func"),
    "word": _read_letters,
    "sup": read_raised,
    "turned": _read_turned,
    "comment": _read_space,
    "cjk": _read_as("word"),
    "sign": _read_sign,
    "newline": _read_newline,
    "command": read_command,
    "one": _read_sign,
}
