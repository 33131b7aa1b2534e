"""What the tags of HTML put on a page, as far as a reader of homework has to know."""

from __future__ import annotations

import re

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "p div section article main header footer aside nav address form fieldset legend figure figcaption details summary "
    "blockquote dl dt dd center hgroup ul ol menu dir li pre table tr td th thead tbody tfoot caption html body "
    "h1 h2 h3 h4 h5 h6 hr".split()
)
LISTS = frozenset({"ul", "ol", "menu", "dir"})
CELLS = frozenset({"td", "th"})
MARKS = {
    "s": "struck", "del": "struck", "strike": "struck", "b": "strong", "strong": "strong", "i": "emphasis",
    "em": "emphasis",
}  # fmt: skip
CODE = frozenset({"code", "tt", "kbd", "samp", "pre", "listing", "xmp"})
PREFORMATTED = frozenset({"pre", "listing", "xmp"})
RAISED = {"sup": "^{", "sub": "_{"}
ORDINAL = re.compile(r"\s*(?:st|nd|rd|th|er|e|o|a)\s*</sup", re.IGNORECASE)  # 5<sup>th</sup>
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
SKIPPED = frozenset({"script", "style", "head", "title"})
HIDDEN = frozenset({"template", "noscript"})
# Pictures of another kind: something stands there that is not read.
PICTURES = frozenset({"svg", "canvas", "video", "audio", "iframe", "object", "embed"})
# What MathJax and KaTeX draw beside the formula itself.
DRAWN = re.compile(r"(?:^|\s)(?:katex-html|MathJax\w*|MJXc-display|mjx-chtml|MJX_\w+)(?:\s|$)")
SCRIPTED = re.compile(r"<script[^>]*\btype\s*=\s*[\"']?math/tex", re.IGNORECASE)

_INLINE = (
    "a abbr acronym area b base bdi bdo big br button cite code col colgroup data datalist del dfn dialog em embed "
    "font i img input ins kbd label link map mark meta meter noscript optgroup option output param picture progress q "
    "rp rt ruby s samp script select small source span strike strong style sub sup svg template textarea time title "
    "track tt u var video wbr audio canvas iframe object head math annotation nobr xmp listing"
)
KNOWN = BLOCKS | frozenset(_INLINE.split())

# An opening tag ends an open element of the same group, unless one of the others was opened since.
ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), LISTS),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (CELLS, frozenset({"table", "tr"})),
    "th": (CELLS, frozenset({"table", "tr"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
} | dict.fromkeys(BLOCKS - CELLS - {"li", "dt", "dd", "tr", "thead", "tbody", "tfoot", "caption", "html", "body"},
                  (frozenset({"p"}), CELLS | {"table", "button"}))  # fmt: skip

STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
STRONG = re.compile(r"font-weight:(?:bold|[6-9]00)")
EMPHASIS = re.compile(r"font-style:italic")
ALIGNED = {"super": "^{", "sub": "_{"}
VERTICAL = re.compile(r"vertical-align:(super|sub)")

# `type` and `list-style-type` of a numbered list.
NUMBERING = {
    "a": "a", "A": "A", "i": "i", "I": "I", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
    "upper-latin": "A", "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip
LIST_STYLE = re.compile(r"list-style(?:-type)?:([a-z-]+)")
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numbered(number: int, style: str) -> str:
    """The label that a browser prints before an item: `3.`, `c.`, `iii.`."""
    low = style.lower()
    words = str(number)
    if low == "a" and 1 <= number <= 26:
        words = chr(96 + number)
    elif low == "i" and 1 <= number < 90:
        words, left = "", number
        for value, sign in _ROMAN:
            words += sign * (left // value)
            left %= value
    return (words.upper() if style.isupper() else words) + "."
