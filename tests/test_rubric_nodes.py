"""Text that is not the plain YAML of rubrics is refused in plain words."""

from __future__ import annotations

import pytest

from grader.model.errors import Fault
from grader.model.rubrics import Mapping, Node, Scalar, Sequence
from grader.rubric.complaints import Complaints
from grader.rubric.nodes import LONGEST_TEXT, normalised, read_nodes

yaml = pytest.importorskip("yaml")

BEFORE = "a: 1\nb: "
ANCHORS = "anchors and aliases are not part of the rubric language"


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's parsers; machines without libyaml have only the second."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("no libyaml here")


def read(text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    complaints = Complaints()
    root = read_nodes(normalised(text), complaints)
    return root, complaints.faults()


SYNTAX = [  # text, line, column, part of the message, part of the suggestion
    (BEFORE + "c: d", 2, 5, "a second `: `", "quotes"),
    (BEFORE + "[1, 2\nc: 3", 2, 4, "`[` is never closed", "add the closing `]`"),
    (BEFORE + "{c: 2\nd: 3", 2, 4, "`{` is never closed", "add the closing `}`"),
    (BEFORE + "{c: W[0]}", 2, 9, "`[` inside a value that stands between `{` and `}`", "quotes"),
    (BEFORE + "[sum[i,j] A]", 2, 8, "`[` inside a value that stands between `[` and `]`", "quotes"),
    (BEFORE + "{c: d: e}", 2, 9, "a second `:`", "quotes"),
    (BEFORE + "{c: 'd' e}", 2, 12, "text after a closing quote", "twice"),
    (BEFORE + "[max(c, d), e]", 2, 5, "`max(c` has no closing bracket: a comma ends a value", "quotes"),
    (BEFORE + "{c: max(d, e)}", 2, 8, "`max(d` has no closing bracket", "quotes"),
    (BEFORE + "{say: Yes, of course}", 2, 15, "`of course` has no value", "the comma belongs to it"),
    (BEFORE + "{c:1}", 2, 5, "`c:1` has no value", "a blank after the `:`"),
    (BEFORE + "[1,2]]", 2, 9, "text after the end of a value", "quotes"),
    (BEFORE + '"c" * 2', 2, 8, "text after the end of a value", "quotes"),
    (BEFORE + "[1] * 2", 2, 8, "text after the end of a value", "quotes"),
    (BEFORE + "'it's'", 2, 8, "text after a closing quote", "twice"),
    (BEFORE + "'c", 2, 4, "a quote that is never closed", "add the closing '"),
    (BEFORE + '"c\nd: 3', 2, 4, "a quote that is never closed", 'add the closing "'),
    (BEFORE + '"\\theta"', 2, 4, "`\\theta` inside double quotes", "single quotes"),
    (BEFORE + '"x \\nabla f"', 2, 4, "`\\nabla` inside double quotes", "single quotes"),
    (BEFORE + '"\\u0007"', 2, 4, "a code of an invisible character", "single quotes"),
    *[(BEFORE + f"{c}x", 2, 4, f"a value cannot start with `{c}`", "quotes") for c in "@`%|]},"],
    *[(BEFORE + f"{c} x", 2, 4, f"a value cannot start with `{c}`", "quotes") for c in "*&?"],
    (BEFORE + ">= 3", 2, 4, "a value cannot start with `>`", "quotes"),
    (BEFORE + "- 3", 2, 4, "a list cannot start on the line of its key", "quotes if the dash is a minus"),
    (BEFORE + "*c", 2, 4, ANCHORS, "use `given` names instead"),
    (BEFORE + "&c 3", 2, 4, ANCHORS, "use `given` names instead"),
    (BEFORE + "&c [1]", 2, 4, ANCHORS, "use `given` names instead"),
    (BEFORE + "&c {d: 1}", 2, 4, ANCHORS, "use `given` names instead"),
    (BEFORE + "1\n<<: {c: 3}", 3, 1, "merge keys are not part of the rubric language", "`given`"),
    (BEFORE + "!foo x", 2, 4, "tags such as `!foo`", "quotes"),
    (BEFORE + "! x", 2, 4, "tags such as `!`", "quotes"),
    (BEFORE + "!!python/object:os.system [x]", 2, 4, "tags such as `!!python/object:os.system`", "quotes"),
    (BEFORE + "!x!y z", 2, 4, "tags such as `!name`", "quotes"),
    (BEFORE + "1\na: 2", 3, 1, "the key `a` already stands in line 1", ""),
    (BEFORE + "{c: 1, c: 2}", 2, 11, "the key `c` already stands in line 2", ""),
    (BEFORE + "1\n? [c]\n: d", 3, 3, "a key must be a plain text", "quotes"),
    (BEFORE + "1\n'': d", 3, 1, "a key is missing before `:`", ""),
    (BEFORE + "1\n: d", 3, 1, "a key is missing before `:`", "indent"),
    (BEFORE, 2, 1, "`b` has no value", ""),
    (BEFORE + "\n  - 1\n  -", 4, 4, "this list item has no value", ""),
    (BEFORE + "1\n\tc: 3", 3, 1, "a tab in the indentation", "spaces"),
    ("\ta: 1", 1, 1, "a tab in the indentation", "spaces"),
    (BEFORE + "\n  c: 1\n d: 2", 4, 2, "the indentation of this line fits no line above", "exactly like"),
    (BEFORE + "1\n  c: 2", 3, 4, "a key cannot stand here", "indentation"),
    (BEFORE + "1\nc\nd: 2", 3, 1, "this line has no `:` after its key", "`key: value`"),
    (BEFORE + "1\n- c", 3, 1, "a list item where a key was expected", "indent"),
    ("- a\nb: 1", 2, 1, "a key among the items of a list", "`- `"),
    ("[1", 1, 1, "`[` is never closed", "`]`"),
    ("{", 1, 2, "the text ends inside `[` or `{`", "closing bracket"),
    ("a: 1\n---\nb: 2", 2, 1, "a second document", "`---`"),
    ("a: 1\n...\nb: 2", 3, 1, "text after the end of the rubric", "indentation"),
    ("a: 1\nb: \x00", 2, 4, "the invisible character U+0000", "delete it"),
    ("a: \x1b\x1b[0m", 1, 4, "the invisible character U+001B (and 1 more like it)", "delete it"),
    ("a: x\u2028b: 1", 1, 5, "the invisible character U+2028", "delete it"),
    ("a: \ufeffx", 1, 4, "the invisible character U+FEFF", "delete it"),
    ("a: \ud800", 1, 4, "the invisible character U+D800", "delete it"),
    ("a" * (LONGEST_TEXT + 1), 1, 1, "more than 1,000,000 characters", ""),
    ("[" * 10_000, 1, 41, "more than 40 lists or mappings inside each other", ""),
    ("{a: " * 10_000, 1, 161, "more than 40 lists or mappings inside each other", ""),
    ("- " * 10_000, 1, 81, "more than 40 lists or mappings inside each other", ""),
    ("? " * 10_000, 1, 81, "more than 40 lists or mappings inside each other", ""),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("text", "line", "column", "message", "suggestion"), SYNTAX)
def test_each_slip_is_one_fault(text: str, line: int, column: int, message: str, suggestion: str) -> None:
    """Whichever parser reads it, a slip is named once, at its place, in the rubric's words."""
    (fault,) = read(text)[1]
    assert message in fault.message
    assert suggestion in fault.suggestion
    assert (fault.line, fault.column) == (line, column)


def test_an_unknown_escape_is_named_with_its_place() -> None:
    """`"\\q"` is no YAML; the two parsers point at the backslash or just behind it."""
    (fault,) = read(BEFORE + '"\\q"')[1]
    assert (fault.line, fault.suggestion) == (2, "use single quotes around text with a backslash")


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="no libyaml here")
def test_a_colon_needs_a_blank() -> None:
    """libyaml refuses `{c:[1]}`, which PyYAML's own parser reads as it was meant."""
    (fault,) = read(BEFORE + "{c:[1]}")[1]
    assert (fault.line, fault.column, fault.message) == (2, 6, "a `:` without a blank after it")


def test_every_duplicate_is_a_fault_and_the_first_value_stays() -> None:
    """Each later line of the same key is named."""
    root, faults = read("a: 1\na: 2\na: 3\n")
    assert [fault.line for fault in faults] == [2, 3]
    assert isinstance(root, Mapping)
    assert [value.text for _, value in root.entries if isinstance(value, Scalar)] == ["1"]


def test_aliases_are_never_expanded() -> None:
    """Billions of laughs are one fault per anchor and per alias."""
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    root, faults = read("\n".join(lines))
    assert len(faults) == 1 + 8 * 10
    assert isinstance(root, Mapping)


@pytest.mark.usefixtures("parser")
def test_places_and_paths_of_nodes() -> None:
    """Lines and columns count characters from 1, whatever the characters; paths name keys and items."""
    root, faults = read("é:\n  - 𝒳\n  - {b: 'q'}\n")
    assert faults == ()
    assert isinstance(root, Mapping)
    items = root.get("é")
    assert isinstance(items, Sequence)
    first, second = items.items
    assert (first.place.line, first.place.column, first.place.path) == (2, 5, "é[0]")
    assert isinstance(second, Mapping)
    inner = second.entries[0][1]
    assert (inner.place.line, inner.place.column, inner.place.path) == (3, 9, "é[1].b")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'\\frac{1}{2}'", "\\frac{1}{2}"),
        ('"\\\\theta"', "\\theta"),
        ('"a\\nb"', "a\nb"),
        ('"\\u00e9"', "é"),
        ("x\ty", "x\ty"),
        ("x # note", "x"),
        ("x#y", "x#y"),
        ("3\n  + 4", "3 + 4"),
        ("''", ""),
        ("|\n  x\n  y", "x\ny"),
        ("<<", "<<"),
    ],
)
def test_values_that_are_fine(written: str, text: str) -> None:
    """Quotes, escapes that are meant, comments and blocks of text work as in any YAML."""
    root, faults = read(BEFORE + written)
    assert faults == ()
    assert isinstance(root, Mapping)
    value = root.get("b")
    assert isinstance(value, Scalar)
    assert value.text.rstrip("\n") == text


@pytest.mark.parametrize("text", ["", "# only a comment", "---\n", "\ufeff"])
def test_an_empty_file_is_an_empty_scalar(text: str) -> None:
    """The loader says what an empty rubric lacks."""
    root, faults = read(text)
    assert isinstance(root, Scalar)
    assert (root.text, faults) == ("", ())
