"""Word documents to blocks and runs, equations included; a document as one XML file is read, too."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from grader.model.documents import Document, Note, Span
from grader.read._docxstyles import Lists, Styles
from grader.read._docxwalk import BodyWalk, Parts
from grader.read._xml import BadXml, Node, parse
from grader.read.archive import HAND_IN, of_zip
from grader.read.items import NotLoaded
from grader.read.reader import Reader

MOST_PART = 10 * 1024 * 1024  # bytes of one part, unpacked
_PARTS = {"styles": "w:styles", "numbering": "w:numbering", "footnotes": "w:footnotes", "endnotes": "w:endnotes"}


def read(text: str, name: str) -> Document:
    """A document that is XML as a whole: all parts in one package, or the body alone."""
    try:
        root = parse(text)
    except BadXml as error:
        return _broken(name, str(error))
    if root.name == "w:document":
        return _document(name, root, {}, {})
    parts = {part.attributes.get("name", ""): part for part in root.children if root.name == "package"}
    held = {path.rpartition("/")[2]: inner for path, part in parts.items() for inner in _roots(part)}
    main = held.get("document.xml")
    if main is None or main.name != "w:document":
        return _broken(name, "it has no body")
    return _document(name, main, {key: held.get(f"{key}.xml") for key in _PARTS}, _targets(held, "document.xml.rels"))


def _roots(part: Node) -> Iterator[Node]:
    """The XML in a part of a package; the attributes of packages have a namespace of their own."""
    return (inner for data in part.children if data.name == "xmlData" for inner in data.children[:1])


def unpack(data: bytes, name: str) -> Document:
    """A document as Word saves it, which is a zip. What cannot be opened becomes a note."""
    try:
        package = _Package(data, name)
        main = package.start()
        root = package.part(main)
        if root is None or root.name != "w:document":
            return _broken(name, "it has no body")
        home, _, file = main.rpartition("/")
        parts = {key: package.part(posixpath.join(home, f"{key}.xml")) for key in _PARTS}
        rels = package.part(posixpath.join(home, "_rels", f"{file}.rels"))
    except BadXml as error:
        return _broken(name, str(error))
    return _document(name, root, parts, _targets({"rels": rels} if rels is not None else {}, "rels"))


class _Package:
    """The parts of a zip by their names, opened one by one."""

    def __init__(self, data: bytes, name: str) -> None:
        self.items = {item.name: item for item in of_zip(data, name, HAND_IN).items}
        if len(self.items) == 1 and name in self.items:
            raise BadXml("it is no zip, or it is cut off or damaged")

    def part(self, name: str) -> Node | None:
        """The XML of a part; None if there is none of that name. Raises BadXml."""
        item = self.items.get(name)
        if item is None:
            return None
        if item.load is None:
            raise BadXml("it is packed in a way that is not read")
        try:
            return parse(item.load(MOST_PART))
        except NotLoaded as error:
            damaged = error.note.id != "too-large"
            raise BadXml("it is damaged" if damaged else "it is larger than what is read") from None

    def start(self) -> str:
        """The part with the body: where the package says, or where Word has it."""
        links = self.part("_rels/.rels")
        for link in links.children if links is not None else ():
            if link.attributes.get("Type", "").endswith("/officeDocument"):
                return link.attributes.get("Target", "").lstrip("/")
        return "word/document.xml"


def _targets(held: dict[str, Node], name: str) -> dict[str, str]:
    links = held.get(name)
    every = links.children if links is not None else []
    return {link.attributes.get("Id", ""): link.attributes.get("Target", "") for link in every}


def _document(name: str, root: Node, parts: dict[str, Node | None], targets: dict[str, str]) -> Document:
    found = {key: part for key, part in parts.items() if part is not None and part.name == _PARTS[key]}
    styles = Styles(found.get("styles"))
    every = [node for key in ("footnotes", "endnotes") if key in found for node in found[key].children]
    feet = {f"{node.name} {node.attributes.get('w:id', '')}": node for node in every}
    walk = BodyWalk(Parts(styles, Lists(found.get("numbering"), styles), feet, targets))
    return walk.run(root.child("w:body") or Node("")).document(name)


def _broken(name: str, message: str) -> Document:
    return Document(name, "", (), (Note("broken-docx", Span(0, 0), (("message", message),)),))


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'

READER = Reader(
    "docx",
    (".docx",),
    read,
    (
        f"<w:document {_W} {_M}><w:body><w:p><w:r><w:t>(a) The shape is </w:t></w:r><m:oMath><m:r><m:t>5×4</m:t></m:r>"
        "</m:oMath></w:p></w:body></w:document>",
        f"<w:document {_W} {_M}><w:body><w:p><m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den>"
        "<m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>b</w:t>"
        "</w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>6</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
    ),
    unpack,
)
