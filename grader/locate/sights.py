"""Finds every place of a document that looks like a label, without deciding what it labels."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from grader.locate.after import after_sentences
from grader.locate.asked import repeated_above
from grader.locate.counted import only_counted
from grader.locate.inline import (
    REACH,
    Inner,
    bold_labels,
    clear_of_math,
    escaped_letter,
    inner_labels,
    is_trusted,
    item_label,
    moved,
    plausible,
)
from grader.locate.labels import Label, plain, read_label
from grader.locate.layouts import Stretch, behind
from grader.locate.lettered import listed_letters
from grader.locate.listing import ended_lines
from grader.locate.lone import bare_counts, counted_letters, lone_letters, lone_numbers, typed_in_fences
from grader.locate.overviews import overview_lines
from grader.locate.rows import row_label
from grader.locate.styles import labels_of_layouts
from grader.locate.titles import named, title_words, untitled
from grader.locate.whole import whole_questions
from grader.model.documents import Block, Document
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.rubrics import headline_words

_LONGEST_LAST = 30
_HASHES = later(  # but #in = 10 counts something
    r"\s*(#{1,6})\s*(?=[\d(（第]|[^\W\d_]{3,}[ .]*[\d(（]|(?i:part)\s+\(?[a-z]\b|[A-Za-z](?:[).:]|\s*\Z))", holds=("#",)
)
_TAGS = later(r"\s*(?:<[^<>]*>\s*)+")
_HEADING_TAG = later(r"<(?:h[1-6]|summary)\b", re.I)
_BULLET = re.compile(r"[-*+]?\Z")
_CLOSING = later(
    r"\W*(?:[A-Z0-9]\W+)?(?:appendix|appendices|references?|bibliography|literature|sources|acknowledge?ments?"
    r"|collaborat\w+|scratch|rough work|anhang|literatur|quellen|附录|参考文献)\b",
    re.I,
    holds=(
        "appendix appendices reference bibliography sources acknowledg collaborat scratch rough anhang literatur"
        " quellen 附录 参考文献"
    ).split(),
)
_SUMMARY = later(
    r"\W*(?:final\s+)?(?:summary|overview|answer table|zusammenfassung|all answers|总结)\b",
    re.I,
    holds=("summary", "overview", "answer table", "zusammenfassung", "all answers", "总结"),
)
_CORRECTIONS = later(
    r"\W*(?:corrections?|errata|revisions?|korrekturen?|更正)\W*(?:(?<=[(\[:,–—-])\D*|(?:to|of|for|zu|made|after|nach)\b\D*)?\Z",
    re.I,
    holds=("correction", "errata", "revision", "korrekture", "更正"),
)


_PRINTED = re.compile(r"output\b")  # below the code of a cell: "(c) multiplications: 5133600"
_PICTURE = "\ufffc"  # stands for a picture behind words, which is part of an answer


class Sight(NamedTuple):
    """A possible label at an offset of a block's text, or (`label` is None) a heading that closes an answer.

    `source` is "heading", "bold", "list", "line", "row" or "inline"; `level` is that of a heading (0: none),
    or the depth of a list.
    """

    block: int
    at: int
    label: Label | None
    source: str
    level: int = 0
    quoted: int = 0
    closes: str = ""  # "end", "summary", "corrections"

    @property
    def heading(self) -> bool:
        """Whether the label stands above its answer rather than beside it."""
        return self.source == "heading"


class Known(NamedTuple):
    """Headings that the rubric itself tells of.

    `titles` maps the words of a question's title to its path, `headlines` those of a whole heading on the rubric's
    sheet of answers; without a path such a heading only ends what stands above it. `stems` are the words of the
    problems' titles, `alone` the numbers of questions without parts, `problems` all of their keys.
    """

    titles: Mapping[str, tuple[str, ...]]
    headlines: Mapping[str, tuple[str, ...]] = {}
    stems: Mapping[tuple[str, ...], frozenset[str]] = {}
    alone: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


_NOTHING = Known({})


def sights(document: Document, known: Known) -> list[Sight]:
    """All possible labels in order."""
    found: list[Sight] = []
    lone, numbers = lone_letters(document), lone_numbers(document)
    titled = _titled(document, known)
    if ends := max(ended_lines(document), behind(document), after_sentences(document), key=len):
        return [Sight(one.block, one.at, one.label, "line") for one in ends]
    typed = typed_in_fences(document)
    counted, bare = counted_letters(document), bare_counts(document)
    lines = labels_of_layouts(document, numbers, typed)
    for number, block in enumerate(document.blocks):
        if title := titled.get(number):
            found.append(title)
            continue
        if block.kind == "rule" or (block.kind == "code" and not (_PRINTED.match(block.info) or number in typed)):
            continue
        if heading := numbers.get(number):
            inside = (
                _lines(number, block, lines[number])
                if lines.get(number)
                else _block(number, block, _readable(block), known)
            )
            found.append(Sight(number, 0, heading, "heading", 6, block.quoted))
            found += [sight for sight in inside if sight.at]
            continue
        if (labels := lines.get(number)) is not None:
            found += _lines(number, block, labels) if labels else []  # the head of a table
            continue
        if label := lone.get(number):
            found.append(Sight(number, 0, label, "line", block.level, block.quoted))
            continue
        if number in bare:
            level, labels = bare[number]
            found += _lines(number, block._replace(level=level), labels)
            continue
        block = block._replace(label="-") if number in counted else block
        text = _readable(block)
        if block.kind == "row" and not block.label:
            below = document.blocks[number + 1].text if number + 1 < len(document.blocks) else ""
            row = row_label(block, text, _above(number, found) or _before(found), below)
            if row is not None and not _continues(number, row, found):
                found.append(Sight(number, 0, row, "row", 0, block.quoted))
        else:
            found += _block(number, block, text, known)
    if known.alone:
        seen = [Stretch(one.block, one.at, one.label) for one in found]
        whole = [Sight(one.block, one.at, one.label, "line") for one in whole_questions(document, seen, known.alone)]
        found = sorted([*found, *whole], key=lambda one: (one.block, one.at)) if whole else found
    return _without_repeated(_without_counts(_with_corrections(document, found)))


def _with_corrections(document: Document, found: list[Sight]) -> list[Sight]:
    """The sights, with "Corrections (read again):" above labels and "Summary" above a table as headings, and lists of
    letters not."""
    begun = {one.block for one in found if one.label is not None and one.at == 0}
    lines = [
        Sight(number, 0, None, "heading", 7, block.quoted, "corrections")
        for number, block in enumerate(document.blocks)
        if number + 1 in begun and number not in begun and block.kind == "paragraph" and len(block.text) <= REACH
        if block.text.rstrip().endswith(":") and "\n" not in block.text and _CORRECTIONS.match(block.text)
    ]
    rows = {number for number, block in enumerate(document.blocks[1:]) if block.kind == "row"}
    lines += [Sight(at, 0, None, "heading", 1, closes="summary") for at in overview_lines(document, begun)]
    for at, one in enumerate(found):  # "c, d, e" above a table of these only ends what stands above
        if (
            one.heading
            and one.label is not None
            and one.block in rows
            and listed_letters(document.blocks[one.block].text)
        ):
            found[at] = one._replace(label=None)
    return sorted([*found, *lines], key=lambda one: (one.block, one.at)) if lines else found


def _without_repeated(found: list[Sight]) -> list[Sight]:
    """The sights, without those of questions that are only repeated above their answers."""
    repeated = repeated_above([(one.label, one.quoted) for one in found])
    return [one for number, one in enumerate(found) if number not in repeated] if repeated else found


def _without_counts(found: list[Sight]) -> list[Sight]:
    """The sights, without numbers that only count the parts."""
    parts = only_counted([(one.label, one.heading) for one in found])
    return [one._replace(label=parts[at]) if at in parts else one for at, one in enumerate(found)] if parts else found


def _titled(document: Document, known: Known) -> dict[int, Sight]:
    """Headings that name a problem by its title, or only say that the next one begins."""
    found = {}
    for number, path in (named(document, known.stems) or untitled(document, known.problems)).items():
        block = document.blocks[number]
        found[number] = Sight(number, 0, _title(path, len(block.text)), "heading", block.level or 6, block.quoted)
    return found


def _continues(number: int, row: Label, found: Sequence[Sight]) -> bool:
    """Whether a row goes on with the question of the row above: "5c, sub-sampling | ...", "5c, max pooling | ..."."""
    last = _above(number, found)
    return last is not None and last.path == row.path and not row.alone


def _above(number: int, found: Sequence[Sight]) -> Label | None:
    """The label of the row above, also where it began further up: "c, sub-sampling", "c, max pooling"."""
    last = found[-1] if found else None
    return last.label if last is not None and last.source == "row" and last.block == number - 1 else None


def _before(found: Sequence[Sight]) -> Label | None:
    """The last label, if it is signed as that of a part: the rows of a table go on from "b)" with "c) the largest"."""
    last = found[-1].label if found else None
    return last if last is not None and (found[-1].heading or last.form in ("%)", "(%)", "%.")) else None


def _lines(number: int, block: Block, labels: Sequence[Label]) -> list[Sight]:
    """The sights of a block whose lines begin with these labels, and of what stands before the first."""
    found = [Sight(number, label.start, label, "line", block.level, block.quoted) for label in labels]
    begun, text = {label.start for label in labels}, _readable(block)
    found += [_sight(number, block, one, block.level) for one in bold_labels(block, text) if one.at not in begun]
    found.sort(key=lambda sight: sight.at)
    before = text[: labels[0].start]
    return [*_block(number, block, before, _NOTHING), *found] if before.strip() else found


def _readable(block: Block) -> str:
    """The block's text with tags, pictures and struck words blanked, character for character."""
    parts, begun = [], False
    for run in block.runs:
        hidden = run.kind in ("html", "image") and block.kind != "html"
        parts.append((_PICTURE if begun and run.kind == "image" else " ") * len(run.text) if hidden else run.text)
        begun = begun or bool(parts[-1].strip())
    whole = plain("".join(parts))
    if not any("struck" in run.marks for run in block.runs):
        return whole
    kept = [" " * len(run.text) if "struck" in run.marks else part for run, part in zip(block.runs, parts, strict=True)]
    unstruck = plain("".join(kept))
    return unstruck if read_label(unstruck[:REACH]) or not read_label(whole[:REACH]) else whole


def _block(number: int, block: Block, text: str, known: Known) -> list[Sight]:
    source, level, skip = _source(block, text)
    if block.kind == "heading" and (path := known.headlines.get(headline_words(text))) is not None:
        label = _title(path, len(text)) if path else None
        return [Sight(number, 0, label, "heading", level, block.quoted, "" if path else "end")]
    if source == "heading" and (closes := _closes(text[skip : skip + REACH])):
        return [Sight(number, 0, None, "heading", level, block.quoted, closes)]
    label = _first(block, text, skip, source)
    if block.kind == "heading" and label is None and (letters := listed_letters(text)):  # c, d, e: a table is below
        at = text.lower().index(letters[0])
        label = Label((letters[0],), at, (at + 1,), "%", "", True, True)
    if source == "heading" and (label is None or not label.word) and (last := _last_words(text)) is not None:
        label = last
    if label is None and source == "heading" and (path := known.titles.get(title_words(text[skip:]))):
        label = _title(path, len(text))
    found = [Sight(number, 0, label, source, level, block.quoted)] if label else []
    if source in ("heading", "bold") and block.kind != "paragraph":
        return found
    inner = inner_labels(block, text, label)
    return found + [_sight(number, block, one, level if one.source == "inline" else 0) for one in inner]


def _sight(number: int, block: Block, inner: Inner, level: int) -> Sight:
    return Sight(number, inner.at, inner.label, inner.source, level, block.quoted)


_NUMBER_OF = later(r"(?:no|nr|num|number|nummer|#)\.?\s*(\d{1,2})\s*[)\]]\s*\Z", re.I)


def _last_words(text: str) -> Label | None:
    """`2-D convolution (problem 2)`: the label in brackets that ends a heading, with its word."""
    opening = max(text.rfind("("), text.rfind("["))
    if opening < 1 or text.rstrip()[-1:] not in (")", "]") or len(text) - opening > _LONGEST_LAST:
        return None
    if (number := _NUMBER_OF.match(text, opening + 1)) is not None:  # Tensors (no. 1)
        return Label((str(int(number[1])),), 0, (len(text),), "(%)", "problem", True, True)
    label = read_label(text, opening + 1)
    if label is None or not label.word or text[label.stop :].strip(" )]"):
        return None
    return label._replace(start=0, stops=(len(text),) * len(label.stops))


def _title(path: tuple[str, ...], length: int) -> Label:
    """The label that a title stands for; nothing of its words is an answer."""
    return Label(path, 0, (length,) * len(path), "title", "problem", True, True)


def _source(block: Block, text: str) -> tuple[str, int, int]:
    """What kind of place the block's start is, its level, and how many characters come before the label."""
    if block.kind == "heading":
        return "heading", block.level, 0
    if block.kind == "html":
        tags = _TAGS.match(text)
        head = bool(_HEADING_TAG.search(text[: tags.end()])) if tags else False
        return ("heading" if head else "line"), 6 if head else 0, tags.end() if tags else 0
    if (hashes := _HASHES.match(text)) and _BULLET.match(block.label):
        return "heading", len(hashes[1]), hashes.end()  # ##1. without the blank CommonMark asks for
    if not _BULLET.match(block.label):
        bullets = len(block.label.split()) - len(block.label.rstrip(" -*+").split())  # `3. - first`, `- second`
        return "list", max(1, block.level - bullets), 0
    worded = [run for run in block.runs if run.text.strip()]
    if worded and "strong" in worded[0].marks and (worded[0].kind == "text" or escaped_letter(worded[0])):
        whole = all("strong" in run.marks for run in worded) and len(text) <= 200
        return ("heading" if whole and "\n" not in text.strip() else "bold"), 7 if whole else 0, 0
    return "line", block.level if block.label else 0, 0


def _closes(head: str) -> str:
    if _CLOSING.match(head):
        return "end"
    if _CORRECTIONS.match(head):
        return "corrections"
    return "summary" if _SUMMARY.match(head) else ""


def _first(block: Block, text: str, skip: int, source: str) -> Label | None:
    """The label at the start of a block, offsets counted in the block's text."""
    prefix = f"{block.label.rstrip(' -*+')} " if source == "list" else ""  # "1. - a: 5x4"
    head = prefix + text[skip : skip + REACH]
    label = item_label(prefix, head) or read_label(head)
    if label is None:
        return None
    shifted = moved(label, skip - len(prefix))
    exact = _bold_exact(block, shifted, text)
    if not exact and (not is_trusted(label, source, head) or (source != "heading" and not plausible(shifted))):
        return None
    return clear_of_math(block, shifted, text)


def _bold_exact(block: Block, label: Label, text: str) -> bool:
    """Whether the bold words at the start are the label and nothing else, as in **2b** 5x4."""
    if block.runs and "strong" in block.runs[0].marks and escaped_letter(block.runs[0]):
        return True
    if not (label.word or len(label.path) > 1):
        return False
    at = 0
    for run in block.runs:  # **Ex. 1** **a.** 5x4: bold words may go on behind the label
        if "strong" not in run.marks and run.text.strip():
            break
        at += len(run.text)
        if 0 < at < len(text) and not text[min(at, label.stop) : max(at, label.stop)].strip():
            return True
    return False
