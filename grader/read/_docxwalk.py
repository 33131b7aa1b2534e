"""The body of a Word document in order: paragraphs, tables, equations, pictures, and what does not count in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.model.records import NamedTuple
from grader.read._docxstyles import Lists, Look, Styles, is_shaded, look_of, membership, outline, over
from grader.read._mathml import NotRead
from grader.read._omml import as_latex
from grader.read._written import Written
from grader.read._xml import Node

_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "e", "o", "a"})
_MARKS = ("strong", "emphasis", "struck")
# Signs of the font Symbol, which have places of their own there; ECMA-376, part 1, 17.3.3.30.
_SYMBOLS = {
    0xA3: "≤", 0xA5: "∞", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xC4: "⊗", 0xC5: "⊕", 0xCE: "∈", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅",
    0xE5: "∑", 0xF2: "∫", 0xDE: "⇒", 0xAE: "→", 0xDB: "⇔", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0x2D: "−",
} | dict(zip(b"abcdefghijklmnopqrstuwxyz", "αβχδεφγηιϕκλμνοπθρστυωξψζ", strict=True))  # fmt: skip


class Parts(NamedTuple):
    """What a document keeps beside its body."""

    styles: Styles
    lists: Lists
    notes: Mapping[str, Node]  # footnotes as `w:footnote 2`, endnotes as `w:endnote 2`
    targets: Mapping[str, str]  # of pictures: the names of their files


class BodyWalk:
    """Writes down what stands on the page, from front to back."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.page = Written()
        self.look = Look()  # of the paragraph
        self.raised = ""  # `^{` or `_{`, if one is open
        self.fields: list[bool] = []  # of each field that is open, whether its result has begun
        self.in_cell = 0
        self.begun = False  # the cell holds a paragraph
        self.in_box = 0
        self.shaded = False
        self.boxes: list[Node] = []  # text boxes that hang on the paragraph

    def run(self, body: Node) -> Written:
        """All of it."""
        self.blocks(body)
        self.page.nest(0)
        return self.page

    def blocks(self, node: Node) -> None:
        """Everything in a body, a cell, or whatever holds paragraphs."""
        for child in node.children:
            take = _BLOCKS.get(child.name)
            if take is not None:
                take(self, child)

    # -- blocks ----------------------------------------------------------------------------------------------

    def paragraph(self, node: Node) -> None:
        """A paragraph, heading or item; in the cell of a table a line of it."""
        about = node.child("w:pPr")
        style = self.parts.styles.of(about.value("w:pStyle") if about is not None else None)
        level = outline(about)
        level = min(style.level if level is None else level, 6)
        item = membership(about, style.list)
        shaded, self.shaded = self.shaded, self.shaded or is_shaded(about)
        look, self.look = self.look, style.look
        if self.in_cell:
            if self.begun:
                self.page.line()
            self.begun = True
            label = self.parts.lists.label(*item) if item else ""
            self.page.words(f"{label} " if label not in ("", "-") else "")
        else:
            self.page.nest(item[1] + 1 if item and not level else 0)
            if item and (label := self.parts.lists.label(*item)):
                self.page.op("item", label)
        self.inline(node)
        self.lower()
        self.look, self.shaded = look, shaded
        if not self.in_cell:
            self.page.close("heading" if level else "", level)
        boxes, self.boxes = self.boxes, []
        if self.in_box < 3:
            self.in_box += 1
            for box in boxes:
                self.blocks(box)
            self.in_box -= 1

    def table(self, node: Node) -> None:
        """Row by row; a table inside a cell is read as the words of that cell."""
        for row in _rows(node):
            hidden = row.child("w:trPr")
            if hidden is not None and hidden.child("w:del") is not None:
                self.page.ignored("deleted-ignored")
                continue
            for cell in row.children:
                for each in [cell] if cell.name == "w:tc" else _inside(cell, "w:tc"):
                    self._cell(each)
            if not self.in_cell:
                self.page.close("row")

    def _cell(self, node: Node) -> None:
        about = node.child("w:tcPr")
        shaded, self.shaded = self.shaded, is_shaded(about)
        if not self.in_cell:
            self.page.nest(0)
            self.begun = False
        self.in_cell += 1
        self.blocks(node)
        self.in_cell -= 1
        self.shaded = shaded
        if not self.in_cell:
            self.page.cell()

    def holder(self, node: Node) -> None:
        """A control, or what was put in while changes were tracked: what it holds is on the page."""
        self.blocks(node.child("w:sdtContent") or node)

    def choice(self, node: Node) -> None:
        """The same in several forms: the first is the one that is shown."""
        self.blocks(_shown(node))

    def deleted(self, node: Node) -> None:
        """It was on the page before somebody tracked a change."""
        self.page.ignored("deleted-ignored")

    def foreign(self, node: Node) -> None:
        """Another file is to be put in here."""
        self.page.ignored("not-included")

    def display(self, node: Node) -> None:
        """An equation that stands on lines of its own."""
        equations = list(node.all("m:oMath"))
        for number, each in enumerate(equations):
            if number:
                self.page.line()
            self._equation(each, "display")

    # -- what stands in a paragraph ------------------------------------------------------------------------

    def inline(self, node: Node) -> None:
        """Everything in a paragraph, or in a part of one."""
        for child in node.children:
            take = _INLINE.get(child.name)
            if take is not None:
                take(self, child)

    def link(self, node: Node) -> None:
        """Words that lead somewhere."""
        self.inline(node)

    def chosen(self, node: Node) -> None:
        """The same in several forms, inside a paragraph."""
        self.inline(_shown(node))

    def math(self, node: Node) -> None:
        """An equation within a line."""
        self._equation(node, "math")

    def _equation(self, node: Node, kind: str) -> None:
        self.lower()
        if any(each.name in ("w:del", "w:moveFrom") for each in node.inside()):
            self.page.ignored("deleted-ignored")
        try:
            words = as_latex(node)
        except NotRead as error:
            self.page.not_read(str(error))
            return
        self.page.words(words, kind)

    def words(self, node: Node) -> None:
        """A run: words that look alike."""
        about = node.child("w:rPr")
        style = self.parts.styles.of(about.value("w:rStyle") if about is not None else None, "character")
        look = over(over(self.look, style.look), look_of(about))
        if look.unseen or (look.white and not look.shaded and not self.shaded):
            if any(child.name != "w:rPr" and child.text.strip() for child in node.children):
                self.page.ignored("hidden-text")
            self._pieces(node, seen=False)
            return
        said = "".join(child.text for child in node.all("w:t"))
        raised = "" if said.strip() in _ORDINALS else look.raised or ""
        if raised != self.raised:
            self.lower()
            self.raise_(raised if said.strip() else "")
        on = [mark for mark, is_so in zip(_MARKS, look[:3], strict=True) if is_so]
        for mark in on:
            self.page.op("on", mark)
        self._pieces(node, seen=True)
        for mark in reversed(on):
            self.page.op("off", mark)

    def raise_(self, sign: str) -> None:
        """What comes stands above the line, or below it."""
        self.raised = sign
        self.page.words(sign)

    def lower(self) -> None:
        """What comes stands on the line again."""
        if self.raised:
            self.raised = ""
            self.page.words("}")

    def _pieces(self, node: Node, seen: bool) -> None:
        for child in node.children:
            if child.name == "w:fldChar":
                self._field(child.attributes.get("w:fldCharType", ""))
            elif child.name == "AlternateContent":
                self._pieces(_shown(child), seen)
            elif seen and all(self.fields):
                take = _PIECES.get(child.name)
                if take is not None:
                    take(self, child)

    def _field(self, kind: str) -> None:
        """A field says how something is computed, then what came of it: only that is on the page."""
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def symbol(self, node: Node) -> None:
        """A sign by its place in a font."""
        place = node.attributes.get("w:char", "").upper()
        font = node.attributes.get("w:font", "")
        try:
            code = int(place[-2:], 16) if place.startswith(("F0", "00")) else int(place, 16)
        except ValueError:
            code = 0
        sign = _SYMBOLS.get(code) if font == "Symbol" else chr(code) if font and place[:2] not in ("F0", "") else None
        if sign and sign.isprintable():
            self.page.words(sign)
        else:
            self.page.not_read("it holds a sign of a font that is not known")

    def footnote(self, node: Node) -> None:
        """A note at the foot of the page, in brackets where it is called."""
        kind = node.name.removesuffix("Reference")
        note = self.parts.notes.get(f"{kind} {node.attributes.get('w:id', '')}")
        if note is None or self.in_box >= 3:
            return
        self.in_box += 1
        self.lower()
        self.page.words(" (")
        for each in note.all("w:p"):
            self.inline(each)
        self.lower()
        self.page.words(")")
        self.in_box -= 1

    def picture(self, node: Node) -> None:
        """A picture, which is not read, or a box with words, which are."""
        boxes = [each for each in _topmost(node) if each.name == "w:txbxContent"]
        if boxes:
            self.boxes += boxes
            return
        drawn = next((each for each in node.inside() if each.name in ("blip", "imagedata")), None)
        key = drawn.attributes.get("r:embed", drawn.attributes.get("r:id", "")) if drawn is not None else ""
        name = self.parts.targets.get(key, "").rpartition("/")[2]
        self.page.words(f"[picture {name}]" if name else "[picture]", "image")

    def comment(self, node: Node) -> None:
        """Somebody wrote beside the text."""
        self.page.ignored("comment-ignored")


def _shown(node: Node) -> Node:
    return node.child("Choice") or node.child("Fallback") or Node("")


def _rows(node: Node) -> list[Node]:
    rows: list[Node] = []
    for child in node.children:
        rows += [child] if child.name == "w:tr" else _inside(child, "w:tr") if child.name != "w:tblPr" else []
    return rows


def _inside(node: Node, name: str) -> list[Node]:
    """Nodes of that name in controls around them, not in tables below."""
    held = node.child("w:sdtContent") or (node if node.name in ("w:ins", "w:customXml") else None)
    return [child for child in held.children if child.name == name] if held is not None else []


def _topmost(node: Node) -> list[Node]:
    """Boxes with words, but not those inside of one."""
    found: list[Node] = []
    stack = [node]
    while stack:
        here = stack.pop()
        if here.name == "w:txbxContent":
            found.append(here)
        elif here.name == "AlternateContent":
            stack.append(_shown(here))
        else:
            stack.extend(reversed(here.children))
    return found


_BLOCKS: dict[str, Callable[[BodyWalk, Node], None]] = {
    "w:p": BodyWalk.paragraph, "w:tbl": BodyWalk.table, "w:sdt": BodyWalk.holder, "w:customXml": BodyWalk.holder,
    "w:ins": BodyWalk.holder, "w:moveTo": BodyWalk.holder, "AlternateContent": BodyWalk.choice,
    "w:altChunk": BodyWalk.foreign, "w:del": BodyWalk.deleted, "w:moveFrom": BodyWalk.deleted,
}  # fmt: skip
_INLINE: dict[str, Callable[[BodyWalk, Node], None]] = {
    "w:r": BodyWalk.words, "m:oMath": BodyWalk.math, "m:oMathPara": BodyWalk.display, "w:hyperlink": BodyWalk.link,
    "w:ins": BodyWalk.link, "w:moveTo": BodyWalk.link, "w:smartTag": BodyWalk.link, "w:fldSimple": BodyWalk.link,
    "w:customXml": BodyWalk.link, "w:sdtContent": BodyWalk.link, "w:sdt": BodyWalk.link, "w:dir": BodyWalk.link,
    "w:bdo": BodyWalk.link, "AlternateContent": BodyWalk.chosen, "w:del": BodyWalk.deleted,
    "w:moveFrom": BodyWalk.deleted,
}  # fmt: skip
_PIECES: dict[str, Callable[[BodyWalk, Node], None]] = {
    "w:t": lambda walk, node: walk.page.words(node.text.replace("\n", " ")),
    "w:tab": lambda walk, node: walk.page.words(" "), "w:ptab": lambda walk, node: walk.page.words(" "),
    "w:br": lambda walk, node: walk.page.line(), "w:cr": lambda walk, node: walk.page.line(),
    "w:noBreakHyphen": lambda walk, node: walk.page.words("-"), "w:sym": BodyWalk.symbol,
    "w:footnoteReference": BodyWalk.footnote, "w:endnoteReference": BodyWalk.footnote,
    "w:drawing": BodyWalk.picture, "w:pict": BodyWalk.picture, "w:object": BodyWalk.picture,
    "w:commentReference": BodyWalk.comment,
}  # fmt: skip
