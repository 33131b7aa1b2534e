"""The equations of Word (ECMA-376, part 1, 22.1) to LaTeX, as far as what they mean is certain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from grader.read._mathml import _ACCENTS, NotRead
from grader.read._mathml import _base as grouped
from grader.read._mathml import _signs as signs
from grader.read._xml import Node

_INVISIBLE = re.compile("[\u200b-\u200d\u2060-\u2064\ufeff]")
_BLANK = re.compile("[\\s\u2000-\u200a\u202f\u205f\u3000]+")
_LINE = "\0"  # a line that ends inside an equation, until all of it is known
_COMMANDS = re.compile(r"\\[A-Za-z]{2,}")  # LaTeX that was typed, and that Word has not built up
_LINEAR = re.compile(r"([\^_])([A-Za-z0-9.]{2,})")
_NAMED = frozenset(
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd inf ker lim ln log max min sec sin sinh sup "
    "tan tanh".split()
)
_LIMITS = frozenset({"\\max", "\\min", "\\lim", "\\sup", "\\inf", "\\operatorname{argmax}", "\\operatorname{argmin}"})
_SCRIPTS = {"double-struck": "\\mathbb", "script": "\\mathcal", "fraktur": "\\mathfrak"}
_BRACKETS = {
    "": ".", "{": "\\{", "}": "\\}", "⟨": "\\langle ", "⟩": "\\rangle ", "〈": "\\langle ", "〉": "\\rangle ",
    "⌊": "\\lfloor ", "⌋": "\\rfloor ", "⌈": "\\lceil ", "⌉": "\\rceil ", "‖": "\\|", "|": "|", "∣": "|",
    "(": "(", ")": ")", "[": "[", "]": "]", "/": "/",
}  # fmt: skip
_MARKS = {
    "\u0302": "\\hat", "\u0303": "\\tilde", "\u0304": "\\bar", "\u0305": "\\bar", "\u0307": "\\dot", "\u0308": "\\ddot",
    "\u20d7": "\\vec", "": "\\hat",
}  # fmt: skip
_LARGE = {"∑": "\\sum", "∏": "\\prod", "∫": "\\int", "∬": "\\iint", "∭": "\\iiint", "∮": "\\oint"}
_OFF = frozenset({"0", "off", "false"})
# What says how something looks, where a bookmark is, or what a proof-reader found: nothing of it is read.
_SILENT = frozenset(
    "w:bookmarkStart w:bookmarkEnd w:proofErr w:commentRangeStart w:commentRangeEnd w:rPr m:ctrlPr w:permStart "
    "w:permEnd w:lastRenderedPageBreak w:moveFromRangeStart w:moveFromRangeEnd w:moveToRangeStart w:moveToRangeEnd "
    "w:del w:moveFrom".split()
)


def is_on(value: str | None) -> bool:
    """A switch is on if it is there and does not say that it is off."""
    return value is not None and value not in _OFF


def as_latex(node: Node) -> str:
    """The LaTeX of an `m:oMath`. Raises NotRead where no translation is sure; a line that ends is `\\\\\\\\`."""
    words = _BLANK.sub(" ", _row(node)).strip()
    if _LINE not in words:
        return words
    lines = [line.strip() for line in words.split(_LINE)]
    if any(line.count("{") != line.count("}") or line.count("\\left") != line.count("\\right") for line in lines):
        raise NotRead("a line ends inside one of its parts")
    return "\\begin{aligned}" + " \\\\ ".join(lines) + "\\end{aligned}"


def _row(node: Node) -> str:
    return "".join(map(_latex, node.children))


def _latex(node: Node) -> str:
    if node.name in _SILENT or (node.name.startswith("m:") and node.name.endswith("Pr")):
        return ""
    take = _TAKES.get(node.name)
    if take is None:
        raise NotRead(f"it holds <{node.name[:24]}>")
    return take(node)


def _part(node: Node, name: str) -> str:
    found = node.child(name)
    return _row(found).strip() if found is not None else ""


def _setting(node: Node, name: str) -> str | None:
    """A property of the structure: None if it is not set, empty if it is set to nothing."""
    about = node.child(f"{node.name}Pr")
    return None if about is None else about.value(f"m:{name}")


# -- runs ------------------------------------------------------------------------------------------------------


def _run(node: Node) -> str:
    look = node.child("w:rPr")
    if look is not None:
        if is_on(look.value("w:strike")) or is_on(look.value("w:dstrike")):
            raise NotRead("something in it is struck out")
        if is_on(look.value("w:vanish")) or (look.value("w:color") or "").upper() == "FFFFFF":
            raise NotRead("something in it is not seen")
    about = node.child("m:rPr") or Node("m:rPr")
    return "".join(_piece(child, about) for child in node.children)


def _piece(node: Node, about: Node) -> str:
    if node.name == "w:br":
        return _LINE
    if node.name in ("w:tab", "w:cr"):
        return " "
    if node.name not in ("m:t", "w:t"):
        return _latex(node)
    words = _BLANK.sub(" ", _INVISIBLE.sub("", node.text)).replace(_LINE, "")
    if is_on(about.value("m:nor")):
        return f"\\text{{{signs(words)}}}" if words.strip() else " "
    if _COMMANDS.search(words):
        if words.count("{") != words.count("}"):
            raise NotRead("it holds LaTeX that is not complete")
        return words
    return _styled("".join(map(_plain, words)), about)


def _plain(sign: str) -> str:
    """`𝑥` is an x in a font; what has no other form stays."""
    return unicodedata.normalize("NFKC", sign) if "\U0001d400" <= sign <= "\U0001d7ff" else sign


def _styled(words: str, about: Node) -> str:
    core = words.strip()
    script, style = about.value("m:scr") or "", about.value("m:sty")
    if core.isalpha() and core.isascii():
        command = _SCRIPTS.get(script) or ("\\mathbf" if style in ("b", "bi") else "")
        if command:
            return f"{command}{{{core}}}"
        if len(core) > 1 and style == "p":
            return f"\\{core} " if core in _NAMED else f"\\operatorname{{{core}}}"
    # What was typed and not built up is shown as typed, and means what it says: `x^10`, `a_12`.
    if "^" in words or "_" in words:
        return _LINEAR.sub(r"\1{\2}", "".join(sign if sign in "^_" else signs(sign) for sign in words))
    return signs(words)


# -- structures ------------------------------------------------------------------------------------------------


def _fraction(node: Node) -> str:
    above, below = _part(node, "m:num"), _part(node, "m:den")
    kind = _setting(node, "type")
    if kind == "noBar":
        return f"\\binom{{{above}}}{{{below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _scripts(node: Node) -> str:
    base, index, power = grouped(_part(node, "m:e")), _part(node, "m:sub"), _part(node, "m:sup")
    return base + (f"_{{{index}}}" if index else "") + (f"^{{{power}}}" if power else "")


def _root(node: Node) -> str:
    degree = "" if is_on(_setting(node, "degHide")) else _part(node, "m:deg")
    index = f"[{degree}]" if degree else ""
    return f"\\sqrt{index}{{{_part(node, 'm:e')}}}"


def _nary(node: Node) -> str:
    sign = _setting(node, "chr")
    words = _LARGE.get("∫" if sign is None else sign)
    if words is None:
        raise NotRead(f"it holds the operator {sign!r}")
    for name in ("sub", "sup"):
        limit = "" if is_on(_setting(node, f"{name}Hide")) else _part(node, f"m:{name}")
        words += f"{'_' if name == 'sub' else '^'}{{{limit}}}" if limit else ""
    return f"{words} {_part(node, 'm:e')} "


def _delimited(node: Node) -> str:
    opening, closing, between = (_setting(node, name) for name in ("begChr", "endChr", "sepChr"))
    opening, closing = "(" if opening is None else opening, ")" if closing is None else closing
    inner = list(node.all("m:e"))
    if opening == "{" and not closing and len(inner) == 1:
        return _cases(inner[0])
    if opening not in _BRACKETS or closing not in _BRACKETS:
        raise NotRead(f"it holds the brackets {opening!r} and {closing!r}")
    words = ("|" if between is None else signs(between)).join(_row(each).strip() for each in inner)
    return f"\\left{_BRACKETS[opening]}{words}\\right{_BRACKETS[closing]}"


def _cases(node: Node) -> str:
    """A brace that is never closed stands before the lines of a definition by cases, or of a system."""
    whole = [child for child in node.children if child.name not in _SILENT]
    if len(whole) != 1 or whole[0].name not in ("m:eqArr", "m:m"):
        raise NotRead("it has a brace that is not closed")
    lines = _lines(whole[0]) if whole[0].name == "m:eqArr" else _rows(whole[0])
    return "\\begin{cases}" + " \\\\ ".join(lines) + "\\end{cases}"


def _lines(node: Node) -> list[str]:
    """The lines of an array of equations; `&` in their signs says where they are to be aligned."""
    return [re.sub(r"\\&", " ", _row(each)).strip() for each in node.all("m:e")]


def _rows(node: Node) -> list[str]:
    return [" & ".join(_row(cell).strip() for cell in row.all("m:e")) for row in node.all("m:mr")]


def _array(node: Node) -> str:
    lines = _lines(node)
    return lines[0] if len(lines) == 1 else "\\begin{aligned}" + " \\\\ ".join(lines) + "\\end{aligned}"


def _matrix(node: Node) -> str:
    return "\\begin{matrix}" + " \\\\ ".join(_rows(node)) + "\\end{matrix}"


def _accent(node: Node) -> str:
    sign = _setting(node, "chr")
    command = _MARKS.get(sign or "") or _ACCENTS.get(sign or "")
    if command is None:
        raise NotRead("a sign stands above another")
    return f"{command}{{{_part(node, 'm:e')}}}"


def _bar(node: Node) -> str:
    command = "\\bar" if _setting(node, "pos") == "top" else "\\underline"
    return f"{command}{{{_part(node, 'm:e')}}}"


def _function(node: Node) -> str:
    name = _part(node, "m:fName")
    word = name.removeprefix("\\operatorname{").removesuffix("}")
    if word.isalpha() and word.isascii() and len(word) > 1:  # not every program says that a name is upright
        name = f"\\{word}" if word in _NAMED else f"\\operatorname{{{word}}}"
    return f"{name} {_part(node, 'm:e')} "


def _limit_below(node: Node) -> str:
    base = _part(node, "m:e")
    word = base.removeprefix("\\")
    base = f"\\{word}" if word in _NAMED else f"\\operatorname{{{word}}}" if word in ("argmax", "argmin") else base
    if base not in _LIMITS:
        raise NotRead("a sign stands below another")
    return f"{base}_{{{_part(node, 'm:lim')}}} "


def _boxed(node: Node) -> str:
    about = node.child("m:borderBoxPr") or Node("")
    if any(is_on(about.value(f"m:strike{way}")) for way in ("H", "V", "BLTR", "TLBR")):
        raise NotRead("something in it is struck out")
    hidden = [is_on(about.value(f"m:hide{side}")) for side in ("Top", "Bot", "Left", "Right")]
    return _part(node, "m:e") if any(hidden) else f"\\boxed{{{_part(node, 'm:e')}}}"


_TAKES: dict[str, Callable[[Node], str]] = {
    "m:r": _run, "m:oMath": _row, "m:e": _row, "w:ins": _row, "w:moveTo": _row, "m:f": _fraction, "m:sSup": _scripts,
    "m:sSub": _scripts, "m:sSubSup": _scripts, "m:rad": _root, "m:nary": _nary, "m:d": _delimited, "m:eqArr": _array,
    "m:m": _matrix, "m:acc": _accent, "m:bar": _bar, "m:func": _function, "m:limLow": _limit_below,
    "m:box": lambda node: _part(node, "m:e"), "m:borderBox": _boxed, "w:r": _run,
}  # fmt: skip
