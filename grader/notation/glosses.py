"""Words around a formula that change nothing of it: "shape: (32, 10)", "x^2, since ...", "A e^x, A any constant"."""

from __future__ import annotations

import re

from grader.model.patterns import later

_LONGEST = 300  # characters; longer texts are prose
_THINGS = (
    "shape|size|dimensions?|eigenvalues?|eigenvectors?|roots?|zeros?|poles?|solutions?|results?|values?|intervals?|domain"
    "|vector|matrix|set|basis|gradient|derivative|tangent(?: line)?|line|plane|equation"
)
_CONVERGES = later(
    r"(?:(?:it|we have|the (?:power )?series|the integral) )?(?:convergence|converges|convergent)"
    r"(?: (?:for|on|in|if|when|iff))?(?: all)?(?: real)?(?= ?:? ?(?:\$?-?[\d\\(\[x|]))(?: ?: ?)?"
    r"|all (?:real )?x (?:with|such that|in|for which) ",
    re.I,
)
_CONST = later(r" ?\+ ?(?:\\(?:text|mathrm|operatorname)\{ ?)?[cC]onst(?:ant)?\.?(?: ?\})?\.?\$?\Z")
_LABEL = later(rf"(?:the )?(?:output |input |only )?(?:{_THINGS})(?: (?:is|are|of \w{{1,3}}))? ?: ?(?=\S)", re.I)
_ALIAS = later(r" ?[(\[] ?(?:i\.? ?e\.?|that is|in other words)[ ,:][^()\[\]]*[)\]] ?\.?\Z", re.I)
_REASON = later(r" ?[,;]? (?:since|because) [^\n]*\Z| ?[,;] ?(?:by|using) (?:the )?[a-z]{3}[^\n\d=]*\Z", re.I)
_NAME = r"\$?\\?[A-Za-z](?:_?\{?\d\}?)?\$?"
_CONSTANTS = later(
    rf" ?[,;]? ?(?:with|where|for)? ?\(?{_NAME}(?: ?(?:, and|,|and) ?{_NAME}){{0,3}} (?:(?:is|are|being) )?"
    r"(?:(?:an?|any|arbitrary|free|real) )*constants?(?: of integration)?\)?\.?\Z"
)
_REMARK = later(  # a closed list: "(rounded up)", "(taken twice)" and "(in degrees)" say something else
    r" \((?:using|via|see|by the|by two steps|l['’]h)(?![^()]*\bfactor)(?:[^\W\d_]|['’ -]){0,60}\)\.?\Z", re.I
)
_WHOLE = later(
    r" ?[,;]? ?(?:(?:with|where|for) )?(?:(?:any|all|every) )?\$?(?P<letter>[a-z])\$? (?:(?:is|being) )?"
    r"(?:(?:an?|any|arbitrary) )*(?:integers?|whole numbers?)\.?\Z"
)
_REAL = later(r" ?, ?(?:(?:with|where|for) )?\$?[a-z]\$? (?:(?:is|being) )?(?:any )?real(?: number)?\.?\Z")
_EXCEPT = later(r"(?:x is )?all (?:the )?real(?:s| numbers?) (?:except|but|without) (?:for )?(?:x ?= ?)?", re.I)
_SO = later(
    r"(?:.*[^\s,;])? ?[,;.]? (?:so|thus|hence|therefore|which (?:gives|means)|giving|and we get|this gives)"
    r"(?: that| we get)?,? (?=\S.*[=<>≤≥]|[-+]?\d)"
)
_GOES_TO = later(r"(?:the |this )?(?:limit|series|sum|integral|it) (?:diverges|goes|tends) to (?=\S)", re.I)
_NONE = later(r"(DNE|does not exist|diverges) ?[,;(].*\Z", re.I)
_OPEN = later(
    r"\b(?:or|not?|if|unless|but|maybe|either|wrong|false|mod)\b|n't\b|(?-i:\b[a-z]\b)(?=[^()]*\)\.?\Z)", re.I
)
_VALUE_OF = later(r"\$?\\?(?:gcd|lcm|GCD|LCM|ggT|kgV) ?(?:=|:|\bis\b) ?(?=\d)")
_CHOOSE = later(r"\( ?(\w{1,4}) choose (\w{1,4}) ?\)|(?<![\w}^+*/-])(\w{1,4}) choose (\w{1,4})(?![\w^])")
_CHOSEN = later(r"(?<![A-Za-z\\_])C\( ?(\d{1,4}|n) ?, ?(\d{1,4}|[kr]) ?\)")
_SIZE = later(r"\A(?:torch\.Size|tuple)\((?P<shape>[(\[][^()\[\]]*[)\]])\)\Z")
_UNITS = later(r" (?:cubic |square |sq\.? )?units?(?:\^\{?[23]\}?|[²³])?\.?\Z")
_AND = later(r",? ?\band\b ?")


def without_glosses(text: str) -> str:
    """The text without such words, the offsets of what is left unchanged; the text itself where there are none.

    Patterns know single blanks only, so that they stay linear; typed text has no others.
    """
    if len(text) > _LONGEST or "  " in text or "\n" in text or "\t" in text or not any(map(str.isalpha, text)):
        return text
    start = len(text) - len(text.lstrip())
    if (excepted := _EXCEPT.match(text, start)) is not None:
        rest = _AND.sub(", ", text[excepted.end() :].strip(" .$"))
        return rf"\mathbb{{R}} \setminus \{{{rest}\}}"
    if (none := _NONE.match(text, start)) is not None and not _OPEN.search(text, none.end(1)):
        return text[: none.end(1)]
    found = text
    if (so := _SO.match(found)) is not None and not _OPEN.search(_without_alternatives(found, so.end())):
        found = " " * so.end() + found[so.end() :]  # 2x < -3, so x < -1.5
        start = so.end()
    found = _CONST.sub(" + C", found)
    for label in (_CONVERGES, _LABEL, _VALUE_OF, _GOES_TO):
        if (said := label.match(found, start)) is not None:
            found = " " * said.end() + found[said.end() :]
            break
    found = _unremarked(_UNITS.sub("", found))
    if (size := _SIZE.match(found.strip())) is not None:
        found = size["shape"]
    if "C(" in found:
        found = _CHOSEN.sub(r"\\binom{\1}{\2}", found)
    if " choose " in found:
        found = _CHOOSE.sub(lambda said: rf"\binom{{{said[1] or said[3]}}}{{{said[2] or said[4]}}}", found)
    whole = _WHOLE.search(found)
    if whole is not None and whole["letter"] in found[: whole.start()]:
        found = rf"{found[: whole.start()]}, {whole['letter']} \in \mathbb{{Z}}"
    return found


def _without_alternatives(text: str, start: int) -> str:
    """The text without "or" between several values of one letter at its end: "..., so x = 3 or x = 2"."""
    return text[:start] + text[start:].replace(" or ", ", ") if _ALTERNATIVES.fullmatch(text, start) else text


_ALTERNATIVES = later(r"(?P<letter>\\?[A-Za-zα-ω]\w{0,3}) ?= ?[^=<>]{1,60}(?: or (?P=letter) ?= ?[^=<>]{1,60}){1,3}")


def _unremarked(text: str) -> str:
    """The text without what is only remarked at its end; "(x positive)" and "(not exact)" are no mere remarks."""
    for gloss in (_ALIAS, _REASON, _CONSTANTS, _REAL, _REMARK):
        said = gloss.search(text)
        if said is None or not text[: said.start()].strip() or (gloss is _REMARK and _OPEN.search(text, said.start())):
            continue
        text = text[: said.start()]
    return text
