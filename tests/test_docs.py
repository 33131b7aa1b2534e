"""The documentation is complete and true: nothing is left out, and every example does what it says."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import click
import pytest
from downloads import zipped
from fences import DOCS, ROOT, Fence, fences, save_files, typed

import grader
from grader.batch.discover import discover
from grader.batch.found import Ask, Discovery
from grader.batch.layouts import HINTS
from grader.cli import BUG, COMMANDS, DONE, GATE, INTERRUPTED, NOTHING, UNGRADED, USAGE, main
from grader.grade import lint, parse_rubric
from grader.kinds import KINDS, vocabulary
from grader.model.results import Status
from grader.model.vocabulary import KindVocabulary
from grader.read import READERS
from grader.read.files import FORMATS
from grader.reference.functions import LAYER_FUNCTIONS, LAYERS, MEASURES, NAMED_FUNCTIONS
from grader.reference.layer_table import LAYERS as LAYER_TABLE
from grader.rubric import tables

PAGES = {page.stem: page.read_text(encoding="utf-8") for page in DOCS}
LONG_LINE = 120


def whole(text: str) -> str:
    """A rubric; an example that is one question gets its rubric around it."""
    if re.search(r"^questions:", text, re.MULTILINE):
        return text
    return "questions:\n  1:\n" + textwrap.indent(text, "    ")


def examples() -> list[Fence]:
    """Every rubric in the documentation that is meant to be sound."""
    return [fence for page in DOCS for fence in fences(page, "yaml") if not fence.file.startswith("faulty")]


@pytest.mark.parametrize("fence", examples(), ids=lambda fence: f"{fence.file or 'line'}-{fence.line}")
def test_rubrics_do_what_they_say(fence: Fence) -> None:
    """Each example loads; its `accept` answers are right, its `reject` answers wrong, a blank blank."""
    results = lint(parse_rubric(whole(fence.text), "example"))
    assert results
    assert [result for result in results if not result.ok] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.stem)
def test_commands_print_what_is_shown(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command that is shown with its output gives exactly that output."""
    monkeypatch.chdir(tmp_path)
    save_files(page, tmp_path)
    for fence in fences(page, "console"):
        assert typed(fence.text) == fence.text


def test_samples_of_results_are_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files shown are those that the program writes for the rubric and the hand-ins shown."""
    page = ROOT / "docs" / "results.md"
    monkeypatch.chdir(tmp_path)
    save_files(page, tmp_path)
    main(["grade", "hw.yaml", "s01.md", "s02.md", "--out", "out", "--quiet"], standalone_mode=False)
    shown = {fence.file: fence.text for fence in fences(page)}
    first = Path("out/results.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert list(json.loads(shown["results.jsonl"]).items()) == list(json.loads(first).items())
    assert shown["grades.csv"] == Path("out/grades.csv").read_text(encoding="utf-8")
    assert shown["feedback.md"] == Path("out/feedback/s01.md").read_text(encoding="utf-8")
    for key in (*json.loads(first), *json.loads(first)["questions"][0]):
        assert f"`{key}`" in PAGES["results"]


def trees() -> list[tuple[str, str]]:
    """Each layout that is explained, and its section."""
    return [(part.split("`")[0], part) for part in PAGES["downloads"].split("\n## `")[1:]]


def told(tree: str) -> dict[str, str]:
    """What a tree says of each path in it."""
    pairs = (line.split("->") for line in tree.splitlines())
    return {path.strip(): words.strip() for path, words in pairs}


def found_in(discovery: Discovery) -> dict[str, str]:
    """The same of what was found; what is no hand-in belongs to nobody."""
    words: dict[str, str] = {}
    for one in discovery.found:
        for attempt in one.hand_in.attempts if one.hand_in else ():
            label = [f"attempt {attempt.label}"] if attempt.label else []
            late = {True: ["late"], False: ["on time"], None: []}[attempt.late]
            words |= dict.fromkeys(attempt.files, "; ".join([one.id, *label, *late]))
    return words | {path.as_posix().partition("/class.zip/")[2]: "nobody" for path in discovery.skipped}


@pytest.mark.parametrize(("layout", "section"), trees(), ids=lambda value: value[:12].split("`")[0])
def test_downloads_are_read_as_shown(layout: str, section: str, tmp_path: Path) -> None:
    """Each tree is read by its layout: recognised where it can be, asked for by the words beside it where not."""
    tree = told(re.findall(r"```tree\n(.*?)```", section, re.DOTALL)[0])
    texts = dict(re.findall(r"```text (\S+)\n(.*?)```", section, re.DOTALL))
    (tmp_path / "class.zip").write_bytes(zipped({path: texts.get(path.rpartition("/")[2], "") for path in tree}))
    pattern = "".join(re.findall(r"--pattern '(.*?)'$", section, re.MULTILINE))
    ask = Ask() if HINTS[layout] else Ask(layout, pattern)
    discovery = discover([tmp_path / "class.zip"], ask=ask)
    found = found_in(discovery)
    assert [name for _, name in discovery.layouts] == [layout]
    for path, words in tree.items():
        shown = found.get(path) or found.get(path.partition("/")[2])  # a folder around all the rest is left off
        assert shown == words, path


def test_every_layout_is_explained() -> None:
    """Every layout has a section, in the order of the registry."""
    assert [name for name, _ in trees()] == list(HINTS)


def keys() -> set[str]:
    """Every key that a rubric may hold."""
    common = (
        *tables.RUBRIC_FIELDS,
        *tables.GROUP_FIELDS,
        *tables.QUESTION_FIELDS,
        *tables.PART_FIELDS,
        *tables.COMMON_FIELDS,
        *tables.ANSWER_FIELDS,
        *tables.MISTAKE_FIELDS,
    )
    kinds = (*vocabulary(), *tables.BUILT_IN)
    return {field.name for field in (*common, *(field for kind in kinds for field in kind.fields))}


@pytest.mark.parametrize("key", sorted(keys()))
def test_every_key_is_explained(key: str) -> None:
    """Every key of the rubric language stands in its page, as a key."""
    assert re.search(rf"`{re.escape(key)}[`:]", PAGES["rubric"])


@pytest.mark.parametrize("kind", vocabulary(), ids=lambda kind: kind.name)
def test_every_kind_has_a_section(kind: KindVocabulary) -> None:
    """Every kind has a heading and an example, and every option of its fields is named."""
    section = PAGES["rubric"].split(f"### `{kind.name}`:")[1].split("\n### ")[0].split("\n## ")[0]
    assert re.search(rf"^{kind.name}: ", section, re.MULTILINE)
    options = [(field.name, option) for field in kind.fields for option in field.options]
    assert [pair for pair in options if not re.search(rf"`({pair[0]}: )?{pair[1]}`", section)] == []


@pytest.mark.parametrize("name", sorted(NAMED_FUNCTIONS - LAYER_FUNCTIONS))
def test_every_function_is_named(name: str) -> None:
    """Every function of the expression language is listed."""
    assert f"`{name}`" in PAGES["rubric"] or f"`{name}(" in PAGES["rubric"]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_is_explained(layer: str) -> None:
    """Each layer has a row of its own with every argument, its default if it has one, and all that may be asked."""
    section = PAGES["rubric"].split("## Layers")[1].split("\n## ")[0]
    row = next(line for line in section.splitlines() if line.startswith(f"| `{layer}` |"))
    for parameter in LAYER_TABLE[layer].parameters:
        assert f"`{parameter.name}`" in row or " " in parameter.name  # stands behind a word
        assert all(f"`{word}`" in section for word in parameter.words)
    assert all(f"`{layer}_{measure}`" in section or f"`_{measure}`" in section for measure in MEASURES)


@pytest.mark.parametrize("name", [*READERS.names, *filter(None, FORMATS)])
def test_every_reader_and_suffix_is_named(name: str) -> None:
    """Every format that can be read is listed."""
    assert f"`{name}`" in PAGES["reading"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained(name: str) -> None:
    """Every command has a section with its own help, which names every option."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    section = PAGES["commands"].split(f"## `{name}`")[1].split("\n## ")[0]
    options = [option for one in command.params for option in one.opts if option.startswith("--")]
    assert [option for option in options if option not in section] == []


def test_every_ending_is_explained() -> None:
    """Every status and every exit code stands with its meaning where results are explained."""
    assert [status for status in Status if f"| `{status.value}` |" not in PAGES["results"]] == []
    endings = PAGES["results"].split("## Exit codes")[1]
    codes = (DONE, GATE, USAGE, BUG, UNGRADED, NOTHING, INTERRUPTED)
    assert [code for code in codes if not re.search(rf"\b{code} [a-z]", endings)] == []


def test_every_room_is_explained() -> None:
    """Every folder of the package has a row in the design, and nothing else has."""
    rooms = {f"grader/{path.parent.name}" for path in (ROOT / "grader").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `(grader/\w+)` \|", PAGES["design"], re.MULTILINE)) == rooms


def test_links_lead_somewhere() -> None:
    """Every relative link names a file."""
    links = [link for text in PAGES.values() for link in re.findall(r"\]\((?!http)([^)#]+)", text)]
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


def test_the_kinds_are_those_of_the_registry() -> None:
    """No section explains a kind that does not exist."""
    sections = re.findall(r"^### `(\w+)`:", PAGES["rubric"], re.MULTILINE)
    assert sections == [*KINDS.names, *(kind.name for kind in reversed(tables.BUILT_IN))]


def test_lines_are_not_endless() -> None:
    """Prose is wrapped; tables, and blocks that are checked to the letter, are as wide as they are."""
    prose = [line for text in PAGES.values() for line in re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text).splitlines()]
    assert [line for line in prose if len(line) > LONG_LINE and not line.startswith("|")] == []


_CUSTOM = re.compile(r"^\| `(?P<gold>[^`]+)` \| `(?P<answer>[^`]+)` \| (?P<verdict>\w+) \|", re.MULTILINE)


@pytest.mark.parametrize(("gold", "answer", "verdict"), _CUSTOM.findall(PAGES["compare"]))
def test_each_custom_is_kept(gold: str, answer: str, verdict: str) -> None:
    """The customs of comparing are those that are written down."""
    assert grader.compare(gold, answer).verdict == verdict
