"""What every reader promises about any text at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.model.documents import Document, Run
from grader.read import READERS

PIECES = (
    "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{align}", "\\end{align}", "\\", "\\\\", "*",
    "**", "_", "~~", "`", "```", "~~~", "```py", "\n", "\n\n", "  \n", " ", "    ", "\t", "- ",
    "1. ", "2)", "> ", "# ", "##1", "|", "|-|-|", "---", "===", "<b>", "</b>", "<s>", "</s>",
    "<br>", "<!--", "-->", "<p hidden>", "</p>", "<sup>", "[", "](", ")", "![", "]: http://a.b",
    "[a]", "<http://a.b>", "&amp;", "&#0;", "a", "bc", "3", "(c)", "（", "中", "é", "\ue000", "‡",
    "\u200b", "\xa0", "\x00", "\x0b", "\x0c", "\u2028", "\x85", "{", "}", ":", "title: x",
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
TEX = (
    "\\begin{document}", "\\end{document}", "\\section*{", "\\begin{enumerate}", "\\item", "\\item[(a)]", "[",
    "\\end{enumerate}", "\\begin{tabular}{cc}", "\\end{tabular}", "&", "\\begin{verbatim}", "\\end{verbatim}",
    "\\begin{solution}", "\\end{solution}", "\\question", "\\part", "\\textbf{", "\\sout{", "\\color{white}",
    "\\iffalse", "\\fi", "\\begin{comment}", "\\end{comment}", "\\newcommand{\\a}[1]{\\b #1 #1}", "\\a", "\\b",
    "\\def\\b{\\a x}", "\\begin{problem}", "\\end{problem}", "\\begin{quote}", "\\end{quote}", "\\input{x}", "]",
    "\\includegraphics{y}", "\\SI{5}{\\m}", "\\verb|", "|", "\\footnote{", "\\\"u", "~", "---", "\\hline", "%",
    "\\multicolumn{2}{c}{", "\\begin{itemize}", "\\end{itemize}", "\\phantom{", "\\item[$x$ \\item]",
)  # fmt: skip
TEX_TEXTS = st.lists(st.sampled_from(PIECES + TEX), max_size=60).map("".join)
NAMES = ("markdown", "plain", "latex")


def check(document: Document) -> None:
    """The promises of the model: order, nesting, exact slices."""
    for before, after in pairwise(document.blocks):
        assert before.span.stop <= after.span.start
    for block in document.blocks:
        assert block.span.stop <= len(document.text)
        at = block.span.start
        for run in block.runs:
            assert at <= run.span.start <= run.span.stop <= block.span.stop
            at = run.span.stop
            check_slice(document, run)
    for note in document.notes:
        assert note.span is None or note.span.stop <= len(document.text)


def check_slice(document: Document, run: Run) -> None:
    """Equal lengths mean equal words."""
    words = document.text[run.span.start : run.span.stop]
    if run.kind == "text" and run.text != words:  # what a command prints has another length
        assert words[:1] in ("&", "\\") or len(run.text) != len(words)
    if run.kind not in ("break", "image") and len(run.text) == len(words):
        assert run.text == words or words[0] == "&"
    if run.kind == "break":
        assert run.text == "\n"


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=600, deadline=None)
@given(text=TEXTS | TEX_TEXTS)
@example(text="\\footnote{\\begin{0}}0\\end{1}")  # what ends outside of the brackets it began in
def test_any_text_is_read(name: str, text: str) -> None:
    """No text raises, and blocks and runs stand in order, inside each other, with exact slices."""
    document = READERS.load(name).read(text, "x")
    assert document.original == text
    check(document)


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_read(name: str) -> None:
    """Each example of a reader gives blocks and no complaint."""
    reader = READERS.load(name)
    for shown in reader.examples:
        document = reader.read(shown, "x")
        assert document.blocks
        assert not document.notes
        check(document)


@settings(max_examples=300, deadline=None)
@given(text=st.lists(st.sampled_from(("a", "3", " ", "*", "**", "(", ")", "_", "+")), max_size=30).map("".join))
def test_arithmetic_keeps_its_stars(text: str) -> None:
    """A star tight between two digits is never taken for emphasis."""
    document = READERS.load("markdown").read("x 3*4 " + text + " 5*6*7", "x")
    words = "".join(block.text for block in document.blocks)
    assert "3*4" in words
    assert "5*6*7" in words


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(("a", "b7", "中", " ", "\n", "\n\n", "- ", "1. ", "> ", "*", "$x$", "|")), max_size=40))
def test_no_word_is_lost(pieces: list[str]) -> None:
    """Every letter and digit of a text without tags and links stands in some block or label."""
    text = "".join(pieces)
    document = READERS.load("markdown").read(text, "x")
    kept = "".join(block.label + block.text for block in document.blocks)
    for char in "ab7中x":
        assert kept.count(char) == text.count(char)


HUGE = {
    "brackets": "[" * 10_000,
    "bracket pairs": "[" * 10_000 + "]" * 10_000,
    "links": "[a](" * 2_500,
    "images": "![" * 2_500,
    "stars": "*" * 25_000,
    "spaced stars": "*a " * 7_500,
    "product": "2*" * 12_500,
    "one line": "word " * 50_000,
    "formula": "$$" + "x+1 " * 62_500 + "$$",
    "dollars": "$" * 25_000,
    "odd dollars": "$$a\n# h\n" * 2_500,
    "backslashes": "\\[\n" * 7_500 + "# h\n\\]",
    "environments": "\\begin{align}" * 2_500 + "\\end{align}" * 2_250,
    "quotes": ">" * 10_000,
    "quoted lines": (">" * 60 + " a\n") * 2_000,
    "quoted fences": "> ```\n" * 2_500,
    "ticks": "`" * 25_000,
    "tick pairs": "`a``b" * 5_000,
    "lists on one line": "- " * 5_000,
    "lists on many lines": "".join("  " * depth + "- a\n" for depth in range(1_500)),
    "fences": "```py\n" * 5_000,
    "tags": "<b>" * 7_500,
    "comments": "<!--" * 7_500,
    "blanks": "a" + " " * 125_000 + "*" + " " * 100_000 + "b",
    "blank lines": ("\n" + " " * 50) * 2_500,
    "table": "|a|b|\n|-|-|\n" + "|c|d|\n" * 5_000,
    "hashes": "# " + "#" * 125_000 + "x",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_time_is_linear(name: str, text: str) -> None:
    """A hostile text is read within seconds and without running out of stack."""
    document = READERS.load(name).read(text, "x")
    check(document)


def test_deep_nesting_keeps_the_words() -> None:
    """What stands deeper than the limit is read as words, with a note."""
    document = READERS.load("markdown").read(">" * 100 + " deep\n\nend", "x")
    assert "deep" in document.blocks[0].text
    assert document.blocks[-1].text == "end"
    assert [note.id for note in document.notes] == ["nested-too-deep"]


def test_line_positions() -> None:
    """A run's place is the line and column an editor shows."""
    document = READERS.load("markdown").read("# a\n\n$$\nx\n$$\n\n- b **c**\n", "x")
    last = document.blocks[-1].runs[-1]
    assert document.position(last.span.start) == (7, 7)


@pytest.mark.parametrize("format", ["html", "plain", "markdown"])
def test_an_inequality_in_a_formula_opens_no_tag(format: str) -> None:
    """`<b` in one formula and `>` behind it are no tag, so the formula is found."""
    page = r"x \(a<b\) and 6>5, \[c<d\] and >"
    page = page.replace("<", "&lt;").replace(">", "&gt;") if format == "html" else page
    document = READERS.load(format).read(page, "hw")
    runs = [run for block in document.blocks for run in block.runs]
    assert [run.text for run in runs if run.kind in ("math", "display")] == ["a<b", "c<d"]


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_formula_in_an_attribute_is_part_of_its_tag(quote: str) -> None:
    """Words are hidden also by a tag that has a formula in its title."""
    page = rf"6 <span title={quote}\(x$y{quote} hidden>7</span> 8"
    document = READERS.load("markdown").read(page, "hw")
    assert "7" not in "".join(block.text for block in document.blocks)
    assert "hidden-text" in [note.id for note in document.notes]
