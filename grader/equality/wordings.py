"""Events, parity, definitions and sets of pairs in the words of one side, told as the other side may have them.

`P(A and B)` is P(A ∩ B), "n even" a condition, "let q = 1/2; ..." a definition, `[1, 3] × [0, 2]` a set of pairs.
"""

from __future__ import annotations

import re

from grader.model.patterns import later
from grader.notation.parities import by_parity

_LONGEST = 400  # characters
_BLANK = r"(?:\s|\\[,;:! ])*"


def worded_alike(gold: str, answer: str) -> tuple[str, str]:
    """Both sides told so; as they were where nothing of it is in them."""
    if max(len(gold), len(answer)) > _LONGEST:
        return gold, answer
    one, other = _events_as(gold, answer), _events_as(answer, gold)
    one, other = (_with_names_put_in(_defined_behind(_parities(text))) for text in (one, other))
    one, other = _members(_spans(one, other), other), _members(_spans(other, one), one)
    one, other = _slopes(formula_on_disc(one, other), other), _slopes(other, one)
    return _in_pairs(one, other)


_PROBABILITY = later(r"(?<![A-Za-z])P\s*(?:\\left)?\((?P<inside>[^()=+]{3,40})\)")
_JOINED = {"and": r"\cap ", "or": r"\cup "}
_WORD = later(r"(?<=[A-Za-z'}])\s+(?P<word>and|or)\s+(?=[A-Za-z\\])")
_SIGNED = ("∩", "∪", r"\cap", r"\cup")


def _events_as(text: str, other: str) -> str:
    """Events that words join, with the signs of the other side: P(A or B)."""
    if "P" not in text or not any(sign in other for sign in _SIGNED):
        return text
    return _PROBABILITY.sub(
        lambda found: _WORD.sub(lambda word: f" {_JOINED[word['word']]}", found[0]),
        text,
    )


_PARITY = later(
    rf"(?<![A-Za-z\\])(?P<letter>[a-z])\}}?\$?{_BLANK}(?:\\(?:text|mathrm|textrm)\s*\{{\s*)?(?:is\s+|=\s*)?"
    r"(?P<parity>even|odd)(?![a-z])\s*\}?"
)
_OPENED = later(rf"\\(?:text|mathrm|textrm)\s*\{{\s*(?:if|for|when|falls)?\s*\}}{_BLANK}(?=[a-z] \\bmod 2)")


def _parities(text: str) -> str:
    """`n\\text{ even}` in a formula by cases as a condition that numbers can be put into."""
    if "even" not in text and "odd" not in text:
        return text
    if told := by_parity(text):
        return told
    if "even" not in text or ("odd" not in text and "wise" not in text and "else" not in text):
        return text
    told = _PARITY.sub(lambda found: rf"{found['letter']} \bmod 2 = {int(found['parity'] == 'odd')}", text)
    return _OPENED.sub(r"\\text{if } ", told)


_LET = later(
    r"\s*(?:let|set|put|with|define)\s+(?P<definition>\$?\\?[A-Za-z]\w?\s*=[^=;:.]{1,60}?)\s*(?:[;:.,]|\bthen\b)\s*"
    r"(?:(?:then|so|we (?:get|have))[\s,:]*)?(?P<rest>[^;.]*[^;.\s])\s*\.?\s*",
    re.IGNORECASE,
)


def _defined_behind(text: str) -> str:
    """ "let q = 1/2; (1-q^n)/(1-q)" as "(1-q^n)/(1-q) where q = 1/2"."""
    found = _LET.fullmatch(text)
    return f"{found['rest']} where {found['definition']}" if found is not None and _is_formula(found["rest"]) else text


_LONG_WORD = later(r"(?<![\\A-Za-z])[A-Za-z]{3,}")
_FUNCTIONS = frozenset("sin cos tan exp log sqrt arcsin arccos arctan sinh cosh tanh abs max min sum".split())


def _is_formula(text: str) -> bool:
    """Whether nothing but mathematics stands in a text: words around a formula may change it."""
    return "$" not in text and all(word in _FUNCTIONS for word in _LONG_WORD.findall(text))


_WHERE = later(r"\s*,?\s+(?:where|with)\s+")
_APART = later(r"\s*(?:,|;|\band\b)\s*(?:and\s+)?(?=[A-Za-z]{2,4}\s*=)")
_NAMED = later(r"(?P<name>[A-Z][A-Za-z]{1,3})\s*=\s*(?P<value>.+)", re.DOTALL)


def _with_names_put_in(text: str) -> str:
    """`Sxy/Sxx where Sxy = ... and Sxx = ...` with what the names of several letters stand for."""
    main, *said = _WHERE.split(text) if "where" in text or "with" in text else (text,)
    if len(said) != 1:
        return text
    found = [_NAMED.fullmatch(piece.strip(" .")) for piece in _APART.split(said[0])]
    if not found or None in found:
        return text
    for one in found:
        assert one is not None
        main, count = re.subn(rf"(?<![A-Za-z\\]){one['name']}(?![A-Za-z])", lambda _, v=one["value"]: f"({v})", main)
        if not count:
            return text
    return main if _is_formula(main) else text


_NUMBERED = later(
    r"\s*(?:[zwx]|\\lambda|\\theta)_\{?(?P<index>[kn])\}?\s*=(?P<member>[^=;]+?)\s*[,;]?"
    r"(?:\s|\\[,;: ]|\\q?quad|for|with|where)+"
    r"\$?(?P<letter>[kn])\s*(?:=|\\in\s*\\\{)\s*(?P<values>\d(?:\s*,\s*\d)+)\s*(?:\\\})?[\s$.]*"
)


def _members(text: str, other: str) -> str:
    """`z_k = e^{2\\pi i k/3}, k = 0, 1, 2` as the set of its members, beside one that is written out."""
    found = _NUMBERED.fullmatch(text) if "," in other else None
    if found is None or found["index"] != found["letter"] or _letter(found["letter"]).search(other):
        return text
    letter, member = _letter(found["letter"]), found["member"].strip(" $")
    if not letter.search(member) or "," in member:
        return text
    values = [value.strip() for value in found["values"].split(",")]
    return rf"\{{{', '.join(letter.sub(f'({value})', member) for value in values)}\}}"


def _letter(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])")


_DISC = later(
    rf"(?P<formula>.+?),{_BLANK}(?:for{_BLANK})?\|{_BLANK}[a-z]{_BLANK}\|{_BLANK}<{_BLANK}[\dA-Za-z/]{{1,5}}[\s$.]*",
    re.DOTALL,
)


def formula_on_disc(gold: str, answer: str) -> str:
    """A reference without the condition that its series converges, `|x| < 1`, beside an answer that states none."""
    found = _DISC.fullmatch(gold) if "|" in gold and "<" not in answer and "|" not in answer else None
    return found["formula"] if found is not None else gold


_QUOTIENT = later(
    rf"\\lim_\{{?(?P<step>[a-z]){_BLANK}\\(?:to|rightarrow){_BLANK}0\}}?{_BLANK}\\[dt]?frac{_BLANK}"
    rf"\{{{_BLANK}(?P<name>[a-zA-Z])\((?P<at>[a-z]){_BLANK}\+{_BLANK}(?P=step)\){_BLANK}-{_BLANK}(?P=name)\((?P=at)\){_BLANK}\}}"
    rf"{_BLANK}\{{{_BLANK}(?P=step){_BLANK}\}}"
)


def _slopes(text: str, other: str) -> str:
    """The limit of the difference quotient of a function as its derivative, where the other side has one."""
    if "\\lim" not in text or not any(sign in other for sign in _DERIVES):
        return text
    return _QUOTIENT.sub(r"\g<name>'(\g<at>)", text)


_DERIVES = ("'", "prime", r"\frac{d", "/d")
_VECTOR = r"(?:\([^()]*,[^()]*\)|\\begin\{[pb]matrix\}.*?\\end\{[pb]matrix\})"
_MULTIPLES = later(
    rf"[\s$]*\\?\{{{_BLANK}(?P<sum>[a-z]{_BLANK}(?:\\cdot|\*)?{_BLANK}{_VECTOR}(?:{_BLANK}\+{_BLANK}[a-z]{_BLANK}{_VECTOR})*)"
    rf"{_BLANK}(?:\\mid|:|\||\\vert){_BLANK}(?P<letters>[a-z](?:{_BLANK},{_BLANK}[a-z])*){_BLANK}"
    rf"(?:\\in|∈|in){_BLANK}(?:\\(?:mathbb|mathbf|R)\s*\{{?\s*R?\s*\}}?|ℝ|R){_BLANK}\\?\}}[\s$.]*",
    re.DOTALL,
)
_TERM = later(rf"(?P<letter>[a-z]){_BLANK}(?:\\cdot|\*)?{_BLANK}(?P<vector>{_VECTOR})", re.DOTALL)


def _spans(text: str, other: str) -> str:
    """`{t(1, 2, 3) : t ∈ R}` as the span of its vectors, where the other side is a span."""
    if "span" not in other.lower() or (found := _MULTIPLES.fullmatch(text)) is None:
        return text
    terms = list(_TERM.finditer(found["sum"]))
    letters = [term["letter"] for term in terms]
    if sorted(letters) != sorted(re.findall(r"[a-z]", found["letters"])) or len({*letters}) < len(letters):
        return text
    return rf"\operatorname{{span}}\{{{', '.join(term['vector'] for term in terms)}\}}"


_END = r"[-−]?(?:\d+(?:\.\d+)?(?:/\d+)?|\\?[a-z]{1,5})"
_INTERVAL = (
    rf"(?:\\left)?(?P<open{{0}}>[\[(]){_BLANK}(?P<low{{0}}>{_END}){_BLANK},{_BLANK}(?P<high{{0}}>{_END}){_BLANK}"
    rf"(?:\\right)?(?P<close{{0}}>[\])])"
)
_PRODUCT = later(
    rf"[\s$]*{_INTERVAL.replace('{0}', '1')}{_BLANK}(?:\\times(?![a-z])|×|(?<=[\])] )x(?= [\[(])){_BLANK}"
    rf"{_INTERVAL.replace('{0}', '2')}[\s$.]*"
)
_PAIRS = later(
    rf"[\s$]*\\?\{{{_BLANK}\({_BLANK}(?P<first>[a-z]){_BLANK},{_BLANK}(?P<second>[a-z]){_BLANK}\){_BLANK}"
    rf"(?:\\in{_BLANK}\\mathbb\s*\{{?R\}}?\s*\^\s*\{{?2\}}?{_BLANK})?(?:\\mid|:|\||\\vert){_BLANK}(?P<said>.*\S){_BLANK}\\?\}}[\s$.]*",
    re.DOTALL,
)


_SQUARED = later(r"\A[\s$]*(?P<one>[\[(][^\[\]()]*,[^\[\]()]*[\])])\s*(?:\^\s*\{?2\}?|²)[\s$.]*\Z")


def _in_pairs(gold: str, answer: str) -> tuple[str, str]:
    """Sets of pairs with the same two letters; a product of intervals is one, beside another or a set of pairs."""
    gold, answer = (_SQUARED.sub(r"\g<one> \\times \g<one>", text) for text in (gold, answer))
    products = [_PRODUCT.fullmatch(text) for text in (gold, answer)]
    pairs = [_PAIRS.fullmatch(text) for text in (gold, answer)]
    if not all(one or other for one, other in zip(products, pairs, strict=True)):
        return gold, answer
    letters = next(((one["first"], one["second"]) for one in pairs if one is not None), ("x", "y"))
    told = [
        _as_pairs(product, letters) if product is not None else _in_letters(pair, letters, text)
        for product, pair, text in zip(products, pairs, (gold, answer), strict=True)
    ]
    return told[0], told[1]


def _as_pairs(found: re.Match[str], letters: tuple[str, str]) -> str:
    said = [
        f"{found[f'low{n}']} {_SIGN[found[f'open{n}']]} {letter} {_SIGN[found[f'close{n}']]} {found[f'high{n}']}"
        for n, letter in enumerate(letters, 1)
    ]
    return rf"\{{({letters[0]},{letters[1]}) : {said[0]}, {said[1]}\}}"


_SIGN = {"[": r"\le", "]": r"\le", "(": "<", ")": "<"}


def _in_letters(found: re.Match[str] | None, letters: tuple[str, str], text: str) -> str:
    """A set of pairs in other letters, which must not stand for anything in it yet."""
    if found is None or (own := (found["first"], found["second"])) == letters:
        return text
    alone = {*re.findall(r"(?<![A-Za-z\\])[a-z](?![a-z])", found["said"])}
    if len({*own}) < len(own) or (alone & {*letters}) - {*own} or {*letters} & {*own}:
        return text
    renamed = dict(zip(own, letters, strict=True))
    return re.sub(r"(?<![A-Za-z\\])[a-z](?![a-z])", lambda one: renamed.get(one[0], one[0]), text)
