"""The tags of an HTML page in order, the elements that are open, and what each changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from grader.model.documents import Note, Span
from grader.model.records import NamedTuple
from grader.read import _htmltags as tags
from grader.read._html import _attributes as listed
from grader.read._html import _hides as hides
from grader.read._htmlformulas import MATHS_SCRIPT, of_image, of_math, of_script
from grader.read._htmlsheets import Sheet, depth_of
from grader.read._htmlstyles import layout_tables, list_of, marks
from grader.read._htmltext import Op, PageText
from grader.read._htmltokens import Attribute, Token, tokens

_EDITORS = re.compile(r"<!--(?:\s*(?:Start|End)Fragment\s*|\[if [^\]]*\]>.*<!\[endif\]|\[endif\])-->\Z", re.DOTALL)
_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?|brush)[-:]\s*(\w{1,20})")
_MATH_END = re.compile(r"</math\s*>", re.IGNORECASE)


class _Element(NamedTuple):
    name: str
    leave: tuple[tuple[str, str, int], ...] = ()  # what its end does: kind of Op, words, number
    unseen: str = ""  # "hidden", or "skipped"


class PageWalk(PageText):
    """The elements that are open, and what came of those before."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.open: list[_Element] = []
        self.places: dict[str, list[int]] = {}  # of the open elements with a name
        self.lists: list[list[object]] = []  # style, next number, the class whose numbers the sheet writes
        self.sheet = Sheet(text)
        self.layout = layout_tables(text)
        self.drawn = bool(tags.SCRIPTED.search(text))
        self.raw: Token | None = None
        self.last_math = max((found.start() for found in _MATH_END.finditer(text)), default=-1)
        self.broken = False

    def run(self) -> None:
        """From front to back."""
        behind = 0
        for token in tokens(self.text):
            if token.stop <= behind:
                continue
            take = _TAKES.get(token.kind)
            behind = (take(self, token) if take else None) or behind
            if take is None and self.unseen_at < 0:
                self.view.drop(token.stop)
        self.broken |= self.unseen_at >= 0 and self.open[self.unseen_at].unseen == "hidden"
        self._pop(0, len(self.text))
        self.view.drop(len(self.text))
        if self.broken:
            self.view.notes.append(Note("broken-markup", Span(self.view.length, self.view.length)))

    # -- tags ------------------------------------------------------------------------------------------------

    def opens(self, token: Token) -> int | None:
        """An element begins; what may not stand in the one before ends that."""
        if not self._is_tag(token):
            return self.words(token)
        name = token.name
        self._end_others(name, token.start)
        attributes = token.attributes()
        if name == "script":
            self.raw = token
        if self.unseen_at >= 0:
            if name not in tags.VOID and not token.source.endswith("/>"):
                self._push(_Element(name))
            return None
        self.view.keep(token.start)
        unseen = self._unseen(name, attributes)
        if unseen and name not in tags.VOID:
            if name in tags.BLOCKS:
                self._block(token.start)
            self.unseen_at = len(self.open)
            self._push(_Element(name, unseen=unseen))
            return None
        formula = of_image(token, attributes) if name == "img" else None
        if name == "math":
            return self._math(token)
        if formula:
            self.formula(formula, token.stop)
        elif name == "img" or name in tags.PICTURES:
            self._picture(token, attributes)
        else:
            self._element(token, attributes)
        return None

    def _is_tag(self, token: Token) -> bool:
        """`a<b and b>c` typed into a page is an inequality, and so is whatever no browser knows."""
        if token.name not in tags.KNOWN and not re.search(r"[:-]", token.name):
            self.broken |= self.unseen_at < 0
            return False
        return len(token.name) > 1 or token.kind == "close" or listed(token.source[2:-1]) is not None

    def _end_others(self, name: str, at: int) -> None:
        ended, around = tags.ENDS.get(name, (frozenset(), frozenset()))
        last = max((self.places[each][-1] for each in ended if self.places.get(each)), default=-1)
        wall = max((self.places[each][-1] for each in around if self.places.get(each)), default=-1)
        if last > wall:
            self._pop(last, at)

    def _unseen(self, name: str, attributes: dict[str, Attribute]) -> str:
        if name in tags.SKIPPED:
            return "skipped"
        values = {key: value.value for key, value in attributes.items()}
        if name in tags.HIDDEN or hides(values):
            return "hidden"
        drawn = tags.DRAWN.search(values.get("class", ""))
        return "skipped" if drawn and ("katex" in drawn.group() or self.drawn) else ""

    def closes(self, token: Token) -> int | None:
        """An element ends, and all that is open in it; an end without a beginning is nothing."""
        if not self._is_tag(token):
            return self.words(token)
        places = self.places.get(token.name)
        if places:
            unseen = self.unseen_at
            self._pop(places[-1], token.stop if unseen >= 0 and places[-1] <= unseen else token.start)
        if self.unseen_at < 0:
            self.view.drop(token.stop)
        return None

    def _push(self, element: _Element) -> None:
        self.places.setdefault(element.name, []).append(len(self.open))
        self.open.append(element)

    def _pop(self, keep: int, at: int) -> None:
        while len(self.open) > keep:
            element = self.open.pop()
            self.places[element.name].pop()
            if self.unseen_at == len(self.open):
                self.unseen_at = -1
                if element.unseen == "hidden":
                    self.view.blank(at, "hidden-text")
                self.view.drop(at)
            for kind, words, number in element.leave if self.unseen_at < 0 else ():
                _LEAVES[kind](self, at, words, number)

    # -- elements --------------------------------------------------------------------------------------------

    def _element(self, token: Token, attributes: dict[str, Attribute]) -> None:
        name = token.name
        leave: list[tuple[str, str, int]] = []
        if name in tags.BLOCKS:
            leave.append(self._begin(token, attributes))
        elif name == "br":
            self._line(token)
        elif name == "input":
            self._tick(token, attributes)
        style = self.sheet.style(name, attributes)
        for mark in marks(name, style):
            self.op("on", mark)
            leave.append(("off", mark, 0))
        aligned = tags.VERTICAL.search(style)
        raised = tags.RAISED.get(name) or (tags.ALIGNED[aligned[1]] if aligned and name == "span" else "")
        if raised and not self.code and not tags.ORDINAL.match(self.text, token.stop, token.stop + 20):
            self.put(raised, token.stop)
            leave.append(("put", "}", 0))
        if name in tags.CODE:
            self.code += 1
            self.preformatted += name in tags.PREFORMATTED
            leave.append(("code-end", name, 0))
        self.view.drop(token.stop)
        if name not in tags.VOID:
            self._push(_Element(name, tuple(reversed(leave))))

    def _begin(self, token: Token, attributes: dict[str, Attribute]) -> tuple[str, str, int]:
        """A block begins, and with it ends the one before; gives back what its end does."""
        name = token.name
        cell = name in tags.CELLS and token.start not in self.layout and bool(self.places.get("tr"))
        if self.preformatted:  # each line of a listing may be a block of its own
            return ("put", "\n", 0)
        if name == "tr" and not self.cells:
            self._block(token.stop)
            return ("row", "", 0)
        if cell and not self.cells:
            self.cells += 1
            self.part(token.stop)
            return ("cell", "", 0)
        self._block(token.stop)
        if name in tags.LISTS:
            told = self.sheet.list_class(attributes) if name == "ol" else ""
            if told:
                self.sheet.begin(told, attributes)
            self.lists.append(list_of(name, attributes, self.sheet.style(name, attributes), told))
            deeper = max(1, depth_of(attributes) + 2 - len(self.lists))  # 1 where they stand in each other
            self.op("depth", number=deeper)
            return ("list-end", "", deeper)
        if name == "li":
            self.op("item", self._marker(attributes))
            return ("item-end", "", 0)
        if name == "blockquote":
            self.op("quote", number=1)
            return ("quote-end", "", 0)
        if name in tags.PREFORMATTED and not self.cells:
            known = _LANGUAGE.search(attributes["class"].value) if "class" in attributes else None
            if self.text.startswith("\n", token.stop):
                self.view.drop(token.stop + 1)
            return ("block", f"code {known[1].lower() if known else ''}", 0)
        if name == "hr":
            self.op("rule")
        return ("block", "", tags.HEADINGS.get(name, 0))

    def _marker(self, attributes: dict[str, Attribute]) -> str:
        if not self.lists:
            return "-"
        around = self.lists[-1]
        if around[2]:
            return self.sheet.label(str(around[2]))
        style, number = str(around[0]), around[1]
        value = attributes["value"].value.strip() if "value" in attributes else ""
        if re.fullmatch(r"-?\d{1,6}", value):
            number = int(value)
        assert isinstance(number, int)
        around[1] = number + 1
        return tags.numbered(number, style) if style else "-"

    def _block(self, stop: int, kind: str = "", level: int = 0) -> None:
        """Whatever is open ends here; in a cell of a table only the line does."""
        if self.cells:
            self.op("break")
        else:
            self.op("close", kind, level)
        self.part(stop)

    def _line(self, token: Token) -> None:
        """A line ends; two ends with nothing between them end a paragraph, as a blank line does."""
        if self.preformatted:
            self.put("\n", token.stop)
            return
        if self.after_break and not self.cells:
            self._block(token.stop)
            return
        start = self.view.length
        self.view.replace(token.stop, "\n")
        self.ops.append(Op("break", start, start + 1))
        self.after_break = True

    def _tick(self, token: Token, attributes: dict[str, Attribute]) -> None:
        kind = attributes["type"].value.strip().lower() if "type" in attributes else ""
        if kind in ("checkbox", "radio"):
            self.put("[x] " if "checked" in attributes else "[ ] ", token.stop)

    def _picture(self, token: Token, attributes: dict[str, Attribute]) -> None:
        self.after_break = False
        start = self.view.length
        self.view.replace(token.stop, "[picture]")
        alt = unescape(attributes["alt"].raw) if "alt" in attributes else ""
        self.ops.append(Op("image", start, self.view.length, alt))
        if token.name not in tags.VOID and not token.source.endswith("/>"):
            self.unseen_at = len(self.open)
            self._push(_Element(token.name, unseen="skipped"))

    # -- formulas --------------------------------------------------------------------------------------------

    def _math(self, token: Token) -> int | None:
        close = _MATH_END.search(self.text, token.stop) if token.stop <= self.last_math else None
        if close is None:
            self.broken = True
            self.view.drop(token.stop)
            return None
        self.formula(of_math(self.text, token, close.start()), close.end())
        return close.end()

    def script(self, token: Token) -> int | None:
        """The inside of a script: mathematics, or nothing that is seen."""
        kind = self.raw.attributes().get("type") if self.raw and token.name == "script" else None
        if kind is None or not MATHS_SCRIPT.match(kind.value.strip()):
            return None
        hidden = self.unseen_at != len(self.open) - 1
        if not hidden:
            self.unseen_at = -1
            self.formula(of_script(token, kind.value), token.stop)
            self.unseen_at = len(self.open) - 1
        return None

    def comment(self, token: Token) -> int | None:
        """It is not on the page; what editors leave behind is nobody's words."""
        if self.unseen_at < 0:
            self.view.keep(token.start)
            if not _EDITORS.match(self.text, token.start, token.stop):
                self.view.blank(token.stop, "hidden-text")
            self.view.drop(token.stop)
        return None

    # -- what the end of an element does -------------------------------------------------------------------

    def _leave_block(self, at: int, kind: str, level: int) -> None:
        self._block(at, kind or ("heading" if level else ""), level)

    def _leave_row(self, at: int, kind: str, level: int) -> None:
        self._block(at, "row")

    def _leave_cell(self, at: int, kind: str, level: int) -> None:
        self.cells -= 1
        start = self.view.length
        self.part(at)
        self.ops.append(Op("cell", start, start))

    def _leave_list(self, at: int, kind: str, level: int) -> None:
        self.lists.pop()
        self._block(at)
        self.op("depth", number=-level)

    def _leave_item(self, at: int, kind: str, level: int) -> None:
        self._block(at)
        self.op("item-end")

    def _leave_quote(self, at: int, kind: str, level: int) -> None:
        self._block(at)
        self.op("quote", number=-1)

    def _leave_mark(self, at: int, mark: str, level: int) -> None:
        self.op("off", mark)

    def _leave_words(self, at: int, words: str, level: int) -> None:
        self.put(words, max(at, self.view.at))

    def _leave_code(self, at: int, name: str, level: int) -> None:
        self.code -= 1
        self.preformatted -= name in tags.PREFORMATTED


_TAKES: dict[str, Callable[[PageWalk, Token], int | None]] = {
    "text": PageWalk.words, "open": PageWalk.opens, "close": PageWalk.closes, "raw": PageWalk.script,
    "comment": PageWalk.comment,
}  # fmt: skip
_LEAVES: dict[str, Callable[[PageWalk, int, str, int], None]] = {
    "block": PageWalk._leave_block, "row": PageWalk._leave_row, "cell": PageWalk._leave_cell,
    "list-end": PageWalk._leave_list, "item-end": PageWalk._leave_item, "quote-end": PageWalk._leave_quote,
    "off": PageWalk._leave_mark, "put": PageWalk._leave_words, "code-end": PageWalk._leave_code,
}  # fmt: skip
