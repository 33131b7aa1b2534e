"""Formulas that a page marks as such: pictures made from LaTeX, MathML, and the scripts of MathJax."""

from __future__ import annotations

import re
from html import unescape

from grader.model.records import NamedTuple
from grader.read._htmltokens import Attribute, Token
from grader.read._mathml import NotRead, as_latex, tex_annotation

MATHS_SCRIPT = re.compile(r"math/(?:tex|latex)\b", re.IGNORECASE)
_DISPLAY = re.compile(r"mode\s*=\s*display", re.IGNORECASE)

# Which pictures were made from LaTeX: Canvas, the TeX filter of Moodle, MediaWiki, WordPress, and web services.
_CLASSES = re.compile(r"(?:^|\s)(?:equation_image|texrender|mwe-math-\S+|latex|tex|math-?tex)(?:\s|\Z)", re.IGNORECASE)
_SERVICES = re.compile(r"/equation_images/|/filter/tex/|latex\.codecogs\.com|/mathtex\.cgi|/mimetex\.cgi")
_WORDS = ("data-equation-content", "data-latex", "data-tex", "alt", "title")
_OPENING = re.compile(r"\s*(?:LaTeX:\s*)?(?:\$\$?|\\\(|\\\[)?\s*")
_CLOSING = ("$$", "$", "\\)", "\\]")
# WIRIS writes MathML into an attribute with signs of its own.
_WIRIS = str.maketrans({"«": "<", "»": ">", "¨": '"', "§": "&", "`": "'"})


class Formula(NamedTuple):
    """LaTeX from `start` to `stop` of the file, or other `words` made of what stands there, or why there is none."""

    start: int
    stop: int
    entities: bool = True
    words: str | None = None
    display: bool = False
    fault: str = ""


def of_image(token: Token, attributes: dict[str, Attribute]) -> Formula | None:
    """The formula that a picture shows; None if it is a mere picture."""
    mathml = attributes.get("data-mathml")
    if mathml:
        source = mathml.value.translate(_WIRIS) if "«" in mathml.value else mathml.value
        return _translated(token.start, token.stop, source, False)
    kind, address = attributes.get("class"), attributes.get("src")
    made = "data-equation-content" in attributes or (kind and _CLASSES.search(kind.value))
    if not made and not (address and _SERVICES.search(address.value)):
        return None
    for name in _WORDS:
        found = attributes.get(name)
        if found and found.raw.strip():
            return _trimmed(found)
    return None


def _trimmed(found: Attribute) -> Formula:
    """Without `LaTeX:` before it and delimiters around it."""
    opening = _OPENING.match(found.raw)
    start = opening.end() if opening else 0
    words = found.raw[start:].rstrip()
    words = next((words[: -len(end)] for end in _CLOSING if start and words.endswith(end)), words)
    return Formula(found.start + start, found.start + start + len(words))


def of_math(text: str, token: Token, close: int) -> Formula:
    """A `math` element: the LaTeX it was made from, or its translation."""
    mode = token.attributes().get("display")
    display = mode is not None and mode.value.strip().lower() == "block"
    kept = tex_annotation(text, token.stop, close)
    if kept:
        return Formula(*kept, display=display)
    try:
        return Formula(token.stop, close, words=as_latex(text, token.stop, close), display=display)
    except NotRead as error:
        return Formula(token.stop, close, display=display, fault=str(error))


def _translated(start: int, stop: int, source: str, display: bool) -> Formula:
    try:
        return Formula(start, stop, words=as_latex(source), display=display)
    except NotRead as error:
        return Formula(start, stop, display=display, fault=str(error))


def of_script(token: Token, kind: str) -> Formula:
    """What MathJax is to typeset; MathJax 2 itself may have put it into a section for XML."""
    return Formula(token.start, token.stop, entities=False, display=bool(_DISPLAY.search(unescape(kind))))
