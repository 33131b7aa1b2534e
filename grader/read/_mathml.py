"""MathML to LaTeX: what editors and browsers save of a formula, as far as it can be said in LaTeX for certain."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape

from grader.read._htmltokens import Token, tokens

DEEPEST = 60  # a formula that is nested deeper is none a student wrote

_TEX = re.compile(r"(?:application/x-tex|tex|latex|application/x-latex)\Z", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\xa0]+")
_INVISIBLE = re.compile("[\u200b\u2060-\u2064\ufeff]")  # times, function application, comma: nothing is seen
_SIGNS = {
    "{": "\\{", "}": "\\}", "%": "\\%", "#": "\\#", "&": "\\&", "$": "\\$", "−": "-", "∗": "*", "′": "'", "″": "''",
    "…": "\\ldots ", "⋯": "\\ldots ", "\\": "\\setminus ", "_": "\\_", "^": "\\hat{}",
}  # fmt: skip
_ACCENTS = {
    "^": "\\hat", "ˆ": "\\hat", "¯": "\\bar", "‾": "\\bar", "_": "\\bar", "~": "\\tilde", "˜": "\\tilde",
    "→": "\\vec", "⃗": "\\vec", "˙": "\\dot", "¨": "\\ddot",
}  # fmt: skip
_LARGE = frozenset("∑∏∫∮⋃⋂⋁⋀∐")
_VARIANTS = {"bold": "\\mathbf", "double-struck": "\\mathbb", "script": "\\mathcal", "bold-italic": "\\mathbf"}


class NotRead(Exception):
    """The formula holds something that has no sure meaning in LaTeX."""


@dataclass(slots=True)
class _Node:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Node] = field(default_factory=list)
    text: str = ""


def tex_annotation(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """Where the LaTeX stands that a formula was made from, if it kept that."""
    inside: Token | None = None
    for token in tokens(text, start, stop):
        if token.kind == "open" and token.name == "annotation":
            encoding = token.attributes().get("encoding")
            inside = token if encoding and _TEX.match(encoding.value.strip()) else None
        elif token.kind == "close" and inside and token.name == "annotation":
            return (inside.stop, token.start) if text[inside.stop : token.start].strip() else None
    return None


def as_latex(text: str, start: int = 0, stop: int | None = None) -> str:
    """The LaTeX of the inside of a `math` element. Raises NotRead where no translation is sure."""
    return _BLANKS.sub(" ", _row(_tree(text, start, len(text) if stop is None else stop))).strip()


def _tree(text: str, start: int, stop: int) -> _Node:
    root = _Node("mrow")
    stack = [root]
    for token in tokens(text, start, stop):
        if token.kind == "text":
            stack[-1].text += unescape(text[token.start : token.stop])
        elif token.kind == "open":
            name = token.name.rpartition(":")[2]
            node = _Node(name, {key: value.value for key, value in token.attributes().items()})
            stack[-1].children.append(node)
            if not token.source.endswith("/>"):
                stack.append(node)
            if len(stack) > DEEPEST:
                raise NotRead("it is nested too deeply")
        elif token.kind == "close":
            if len(stack) == 1 or stack[-1].name != token.name.rpartition(":")[2]:
                raise NotRead("its tags do not match")
            stack.pop()
    if len(stack) > 1:
        raise NotRead("its tags do not match")
    return root


def _latex(node: _Node) -> str:
    take = _TAKES.get(node.name)
    if take is None:
        raise NotRead(f"it holds <{node.name[:20]}>")
    return take(node)


def _row(node: _Node) -> str:
    if _INVISIBLE.sub("", node.text).strip():
        raise NotRead("it holds words outside of its elements")
    return "".join(_latex(child) for child in node.children)


def _words(node: _Node) -> str:
    if node.children:
        raise NotRead(f"it holds tags inside <{node.name}>")
    return _BLANKS.sub(" ", _INVISIBLE.sub("", node.text)).strip()


def _signs(words: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in words)


def _name(node: _Node) -> str:
    words = _words(node)
    variant = _VARIANTS.get(node.attributes.get("mathvariant", ""))
    if variant:
        return f"{variant}{{{_signs(words)}}}"
    if len(words) > 1 and words.isalpha():
        return f"\\operatorname{{{words}}}" if words.isascii() else words
    return _signs(words)


def _operator(node: _Node) -> str:
    words = _signs(_words(node))
    return f"\\operatorname{{{words}}}" if len(words) > 1 and words.isalpha() else f" {words} "


def _prose(node: _Node) -> str:
    words = _BLANKS.sub(" ", node.text)
    return f"\\text{{{_signs(words)}}}" if words.strip() else " "


def _parts(node: _Node, count: int) -> list[str]:
    if len(node.children) != count:
        raise NotRead(f"<{node.name}> does not have {count} parts")
    return [_latex(child).strip() for child in node.children]


def _base(words: str) -> str:
    """What is raised or indexed as a whole: `{a + b}^{2}` would be `a + b^{2}` without its braces."""
    return words if len(words) <= 1 or (words.startswith("\\") and words[1:].isalpha()) else f"{{{words}}}"


def _raised(node: _Node) -> str:
    base, power = _parts(node, 2)
    return f"{_base(base)}^{{{power}}}" if power else base


def _lowered(node: _Node) -> str:
    base, index = _parts(node, 2)
    return f"{_base(base)}_{{{index}}}" if index else base


def _both(node: _Node) -> str:
    base, index, power = _parts(node, 3)
    return _base(base) + (f"_{{{index}}}" if index else "") + (f"^{{{power}}}" if power else "")


def _fraction(node: _Node) -> str:
    above, below = _parts(node, 2)
    if node.attributes.get("linethickness", "").strip() in ("0", "0px", "0pt"):
        return f"\\binom{{{above}}}{{{below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _over(node: _Node) -> str:
    base, above = _parts(node, 2)
    if base in _LARGE:
        return f"{base}^{{{above}}}"
    accent = _ACCENTS.get(above.removeprefix("\\hat{}") or "^")
    if accent is None:
        raise NotRead("a sign stands above another")
    return f"{accent}{{{base}}}"


def _under(node: _Node) -> str:
    base, below = _parts(node, 2)
    if base in _LARGE or base in ("\\operatorname{max}", "\\operatorname{min}", "\\operatorname{lim}"):
        return f"{base}_{{{below}}}"
    raise NotRead("a sign stands below another")


def _under_over(node: _Node) -> str:
    if not node.children or _latex(node.children[0]).strip() not in _LARGE:
        raise NotRead("signs stand above and below another")
    return _both(node)


def _fenced(node: _Node) -> str:
    signs = node.attributes
    inside = ",".join(_latex(child).strip() for child in node.children)
    if signs.get("separators", ",").strip() not in (",", "") or (not signs.get("separators", ",") and "," in inside):
        raise NotRead("a bracket has separators of its own")
    return f"{_signs(signs.get('open', '('))}{inside}{_signs(signs.get('close', ')'))}"


def _table(node: _Node) -> str:
    rows = [" & ".join(_latex(cell).strip() for cell in row.children) for row in node.children if row.name == "mtr"]
    if len(rows) != len(node.children):
        raise NotRead("a table holds something else than rows")
    return "\\begin{matrix}" + " \\\\ ".join(rows) + "\\end{matrix}"


def _struck(node: _Node) -> str:
    """Only a box changes nothing: a line through it strikes it out."""
    if node.attributes.get("notation", "box").strip() not in ("box", "roundedbox", "circle"):
        raise NotRead("something in it is struck out")
    return _row(node)


def _first(node: _Node) -> str:
    """Annotations say the same in other words."""
    return _latex(node.children[0]) if node.children else ""


_TAKES: dict[str, Callable[[_Node], str]] = {
    "mrow": _row, "mstyle": _row, "mpadded": _row, "math": _row, "mtd": _row, "semantics": _first,
    "mi": _name, "mn": lambda node: _signs(_words(node)), "mo": _operator, "mtext": _prose, "ms": _prose,
    "mspace": lambda node: " ", "msup": _raised, "msub": _lowered, "msubsup": _both, "mfrac": _fraction,
    "msqrt": lambda node: f"\\sqrt{{{_row(node).strip()}}}",
    "mroot": lambda node: "\\sqrt[{1}]{{{0}}}".format(*_parts(node, 2)),
    "mover": _over, "munder": _under, "munderover": _under_over, "mfenced": _fenced, "mtable": _table,
    "menclose": _struck,
}  # fmt: skip
