"""Valid files of every format, and what comes of them when they are cut, doubled, swapped and mixed."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

from grader.read import READERS
from grader.read.files import FORMATS

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
# Pieces of markup that are worth putting anywhere; every format finds some of its own.
PIECES = (
    *(
        "$ $$ \\( \\) \\[ \\] { } ( ) [ ] # ## == = + - * ** _ ^ ` ``` ~ ~~~ | |- < > / // /* */ : :: .. \" ' & ; \\ % "
        "<p> </p> <!-- --> #let #set #image( #table( #problem( #strike[ [[ ]] #+begin_src #+end_src #+begin_comment "
        ":math:` .. image:: #. (a) 1. a) \\begin{align} \\end{align} \\newcommand{\\a}{\\a} frac( mat( vec( sum_( "
        "<w:p> </w:p> <m:oMath> </m:oMath> <w:r> <w:t> </w:t> </w:r> &#0; &x; BT ET Tj Tf endstream endobj obj xref "
        "a b x 3 1820 é 中 （ \u200b \ue000 \x00 \u2028"
    ).split(" "),
    *("\n", "\n\n", "    ", "\t", "  \n", ".. math::"),
)


def docx(body: str, packing: int = zipfile.ZIP_DEFLATED, **parts: str) -> bytes:
    """A Word document: the inside of its body, and other parts such as `numbering`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as file:
        file.writestr("_rels/.rels", RELS)
        file.writestr("word/document.xml", f"<w:document {W} {M}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            file.writestr(f"word/{name}.xml", f"<w:{name} {W}>{inner}</w:{name}>")
    return out.getvalue()


def seeds() -> list[tuple[str, bytes]]:
    """A name and the bytes of a valid file, several of each format."""
    found: list[tuple[str, bytes]] = []
    for reader in READERS.all():
        for example in reader.examples:
            for suffix in filter(None, reader.suffixes):
                found.append((f"x{suffix}", example.encode()))
    paragraph = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:rPr><w:strike/>"
    numbering = (
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/>"
        "<w:lvlText w:val='(%1)'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    found.append(("x.docx", docx(f"{paragraph}</w:rPr><w:t>3</w:t></w:r></w:p>" * 2, numbering=numbering)))
    for path in sorted((Path(__file__).parent / "golden" / "read").glob("*.md")):
        for part in path.read_text(encoding="utf-8").split("\n`````")[1::4]:
            format, _, source = part.partition("\n")
            suffix = next((suffix for suffix, name in FORMATS.items() if name == format), None)
            if suffix is not None:
                found.append((f"x{suffix}", source.encode()))
    return found


def mutant(data: bytes, other: bytes, seed: int) -> bytes:
    """A file that was valid, after a few accidents."""
    lots = random.Random(seed)
    for _ in range(lots.randint(1, 6)):
        at, to = sorted((lots.randint(0, len(data)), lots.randint(0, len(data))))
        match lots.randrange(7):
            case 0:
                data = data[:at] + data[to:]
            case 1:
                data = data[:to] + data[at : at + 200] + data[to:]
            case 2:
                data = data[:at] + bytes([lots.randrange(256)]) + data[at + 1 :]
            case 3:
                data = data[:at] + lots.choice(PIECES).encode() + data[at:]
            case 4:
                start = lots.randint(0, len(other))
                data = data[:at] + other[start : start + lots.randint(1, 80)] + data[at:]
            case 5:
                data = data[:at] + lots.choice(PIECES).encode() * lots.randint(2, 30) + data[to:]
            case _:
                data = data[:to]
        data = data[:20_000]
    return data


def packed_mutant(data: bytes, seed: int) -> bytes:
    """A zip whose parts had accidents, though it can be opened."""
    lots = random.Random(seed)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if lots.random() < 0.6:
                part = mutant(part, part, seed)
            new.writestr(info.filename, part)
    return out.getvalue()
