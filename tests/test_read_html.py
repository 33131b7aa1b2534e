"""What is particular to HTML: what a browser shows is read, what it hides is not, and places are those of the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_read_markdown import PIECES, check

from grader.grade import grade, parse_rubric
from grader.marking.evidence import evidence_at
from grader.model.documents import Document, Submission
from grader.read import READERS

RUBRIC = "questions:\n  1: {points: 1, number: 2*3}\n  2: {points: 1, number: 7}\n"
TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<ul>", "<ol type=a start=3>", "</ol>", "</ul>", "<li>", "</li>", "<table>",
    "<tr>", "<td>", "</td>", "</tr>", "</table>", "<h2>", "</h2>", "<pre>", "</pre>", "<code>", "</code>", "<br>",
    "<sub>", "</sub>", "<sup>", "</sup>", "<img alt='x^2' class=latex>", "<img alt=a>", "<math>", "</math>", "<mi>x",
    "</mi>", "<mn>2</mn>", "<msup>", "</msup>", "<annotation encoding='application/x-tex'>", "</annotation>",
    "<script type='math/tex'>", "</script>", "<script>", "<style>", "</style>", "<p hidden>",
    "<span style='color:#fff'>",
    "</span>", "<s>", "</s>", "<blockquote>", "</blockquote>", "<hr>", "<input type=checkbox checked>", "&nbsp;", "&lt",
    "&times;", "&#x41;", "&#0;", "&", "<", ">", "\"", "'", "<!--", "-->", "<!doctype html>", "<svg>", "</svg>",
    "<a href=\"",
    "<template>", "</template>", "<span class=katex-html>", "<head>", "</head>", "<option>", "<th>", "<caption>",
    "\x00",
)  # fmt: skip


def read(text: str) -> Document:
    """A text as a page."""
    return READERS.load("html").read(text, "hw.html")


def shown(text: str) -> list[str]:
    """The words of each block."""
    return [block.text for block in read(text).blocks]


def notes(text: str) -> list[str]:
    """The notes by name."""
    return [note.id for note in read(text).notes]


@settings(max_examples=800, deadline=None)
@given(text=st.lists(st.sampled_from(TAGS + PIECES), max_size=60).map("".join) | st.text())
def test_any_text_is_read(text: str) -> None:
    """No text raises, blocks and runs stand in order with exact slices, and the file is what a person sees."""
    document = read(text)
    assert document.original == text
    check(document)
    for block in document.blocks:
        for run in block.runs:
            start, stop = document.origin(run.span.start, run.span.stop)
            assert 0 <= start <= stop <= len(text)
            evidence_at(document, run.span.start, run.span.stop)


@pytest.mark.parametrize("piece", [*TAGS, "<a b='", '<p title="x', "</", "<!", "<p ", "$x<b>", "<p><b>", "<br> "])
def test_time_is_linear(piece: str) -> None:
    """Tens of thousands of anything are read within seconds."""
    read(piece * (100_000 // len(piece)))


def test_examples_are_read() -> None:
    """Each example gives blocks and no complaint."""
    for example in READERS.load("html").examples:
        assert read(example).blocks and not read(example).notes


@pytest.mark.parametrize(
    ("image", "latex"),
    [
        ('<img class="equation_image" data-equation-content="x &lt; 4" alt="LaTeX: y" title="y">', "x < 4"),
        ('<img class="equation_image" alt="LaTeX: x^2" src="/equation_images/x">', "x^2"),
        ('<img class="texrender" title="x^2" alt="x^2" src="https://a.b/filter/tex/pix.php/1.gif">', "x^2"),
        ('<img src="https://latex.codecogs.com/gif.latex?x" title="\\(x_1\\)">', "x_1"),
        ('<img class="Wirisformula" data-mathml="«math»«mfrac»«mn»1«/mn»«mi»x«/mi»«/mfrac»«/math»">', "\\frac{1}{x}"),
        ("<math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup><mo>&#x2212;</mo><mi>max</mi></math>",
         "x_{i}^{2} - \\operatorname{max}"),
        ("<math><semantics><mi>z</mi><annotation encoding='application/x-tex'>a &amp; b</annotation></semantics>"
         "</math>",
         "a & b"),
        ('<script type="math/tex">a < b</script>', "a < b"),
    ],
)  # fmt: skip
def test_marked_formulas(image: str, latex: str) -> None:
    """A formula that the page itself marks as one is mathematics, and its place leads back into the file."""
    document = read(f"<p>so {image} end</p>")
    run = document.blocks[0].runs[1]
    assert (run.kind, run.text) == ("math", latex)
    found = evidence_at(document, run.span.start, run.span.stop)
    assert found.line == 1 and found.column > 6


@pytest.mark.parametrize("inside", ["<mfoo/>", "<mfrac><mn>1</mn></mfrac>", "<mi>x", "<mrow>" * 200, "x <mi>y</mi>"])
def test_mathml_without_a_translation(inside: str) -> None:
    """It is said, never guessed, and a question without another answer waits for a person."""
    text = f"<h2>1</h2><p><math>{inside}</math></p><h2>2</h2><p>7</p>"
    assert notes(text) == ["formula-not-read"]
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (read(text),)))
    assert [str(mark.status) for mark in graded.marks] == ["review", "right"]


@pytest.mark.parametrize(
    "hidden",
    ["<p hidden>6</p>", '<p style="display: none">6</p>', '<p style="visibility:hidden">6</p>', "<!-- 6 -->",
     '<span style="color: white">6</span>', '<font color="#fff">6</font>', '<p style="color:transparent">6</p>',
     '<p style="font-size:0">6</p>', "<template>6</template>", "<div hidden><p>6<div>6</div></p>6</div>"],
)  # fmt: skip
def test_hidden_words_have_no_effect(hidden: str) -> None:
    """What a person does not see is no answer, and that is said."""
    text = f"<h2>1</h2>{hidden}<p>5</p><h2>2</h2><p>7</p>"
    assert notes(text) == ["hidden-text"]
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (read(text),)))
    assert [str(mark.status) for mark in graded.marks] == ["wrong", "right"]


@pytest.mark.parametrize("tag", ["s", "del", "strike", 'span style="text-decoration: line-through"'])
def test_struck_words(tag: str) -> None:
    """They do not count."""
    end = tag.partition(" ")[0]
    text = f"<h2>1</h2><p><{tag}>5</{end}> 6</p><h2>2</h2><p>7<{tag}> 8</{end}></p>"
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (read(text),)))
    assert [str(mark.status) for mark in graded.marks] == ["right", "right"]


def test_lists_print_their_labels() -> None:
    """As a browser counts them."""
    text = '<ol start=2><li>x<ol style="list-style-type: lower-roman"><li>y<li value=4>z</ol><li>w</ol>'
    assert [block.label for block in read(text).blocks] == ["2.", "i.", "iv.", "3."]


def test_places_are_those_of_the_file() -> None:
    """Line and column of the file, also behind entities and tags."""
    document = read("<p>a &nbsp;<b>b</b>\n  &times; <i>value</i> 6</p>")
    at = document.text.index("value")
    found = evidence_at(document, at, at + 5)
    assert (found.line, found.column, found.width) == (2, 14, 5)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (r"<p>\(\newcommand{\R}{\mathbb{R}}\)</p><p>\(x \in \R\)</p>", [r"x \in \mathbb{R}"]),
        (r"<p>\(\newcommand{\pd}[2]{\frac{#1}{#2}} \pd{a}{b}\)</p>", [r"\frac{a}{b}"]),
        (r'<div style="display:none">$$\def\half{\frac12}$$</div><p>\(\half\)</p>', [r"\frac12"]),
        (r"<p>\(\def\a{bc}\)</p><p>\(\a\)</p>", ["bc"]),
        (r"<p>\(\def\a{\a}\) \(\a\) \(1\)</p>", [r"\a", "1"]),
        (r"<p>\(\R\)</p>", [r"\R"]),
    ],
)
def test_commands_of_a_page_are_expanded(page: str, words: list[str]) -> None:
    """As MathJax does, wherever in the page they are defined; one without end stays as it was typed."""
    document = READERS.load("html").read(page, "a.html")
    formulas = [run for block in document.blocks for run in block.runs if run.kind in ("math", "display")]
    assert [run.text.strip() for run in formulas] == words
    assert all(page[slice(*document.origin(run.span.start, run.span.stop))].strip() for run in formulas)
