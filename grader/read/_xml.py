"""XML to a tree of small nodes; whatever could grow, reach outside or nest without end is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 120  # elements in each other: a fraction costs three, a table four

# The namespaces of office documents, as Word has always written them and as the strict standard has them.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
}


class BadXml(Exception):
    """No XML, or XML that is not read; the message says why."""


@dataclass(slots=True)
class Node:
    """An element: `w:p` in a namespace of the table above, a bare name in any other."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters directly in it."""
        return "".join(self.pieces)

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((node for node in self.children if node.name == name), None)

    def all(self, name: str) -> Iterator[Node]:
        """All children of that name."""
        return (node for node in self.children if node.name == name)

    def value(self, name: str) -> str | None:
        """The attribute `val` of a child, empty if it has none; None without such a child."""
        node = self.child(name)
        return None if node is None else node.attributes.get(f"{name.partition(':')[0]}:val", "")

    def inside(self) -> Iterator[Node]:
        """Every node below this one, from front to back."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def parse(data: bytes | str) -> Node:
    """The root element. Raises BadXml; a document type is refused, since entities are declared there."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    top = Node("")
    stack = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        node = Node(_short(name), {_short(key): value for key, value in attributes.items()})
        stack[-1].children.append(node)
        stack.append(node)
        if len(stack) > DEEPEST:
            raise BadXml("it is nested too deeply")

    def say(words: str) -> None:
        stack[-1].pieces.append(words)

    def refuse(*_facts: object) -> None:
        raise BadXml("it declares a document type")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: stack.pop()
    parser.CharacterDataHandler = say
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BadXml(f"line {error.lineno}: {expat.errors.messages.get(error.code, 'no xml')}") from None
    except (LookupError, ValueError):  # an encoding that does not exist, half a character
        raise BadXml("its encoding is not known") from None
    return top.children[0]


def _short(name: str) -> str:
    address, _, local = name.rpartition(" ")
    return _PREFIXES.get(address, "") + local
