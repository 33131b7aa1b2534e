"""The table of sentences."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import grader.report.sentences as table
from grader.model.documents import Note
from grader.model.results import Reason, Status
from grader.report.sentences import SENTENCES, describe, explain, placeholders

# Who makes reasons and notes, and whether facts are given as keywords.
MAKERS = {"Reason": False, "Note": False, "note": False, "remark": True, "mistake": True}
ROOM = Path(table.__file__).parents[1]


@pytest.mark.parametrize("id", sorted(SENTENCES))
def test_row(id: str) -> None:
    """A row is a sentence, fills every placeholder, and never tells a student what was expected."""
    student, instructor = SENTENCES[id]
    assert "expected" not in placeholders(student)
    facts = tuple((name, "FACT") for name in sorted(placeholders(student + instructor)))
    for sentence in (explain(Reason(id, facts)), explain(Reason(id, facts), "instructor")):
        assert sentence.endswith((".", "!", "?"))
        assert "{" not in sentence
        assert "Remark" not in sentence


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_sentence(status: Status) -> None:
    """A mark without reasons can still be explained."""
    assert status.value in SENTENCES


def test_a_declared_sentence_is_used_as_it_stands() -> None:
    """The instructor's own words are not formatted."""
    assert explain(Reason("mine", say="Use {braces} & $x_1$.")) == "Use {braces} & $x_1$."


def test_unknown_ids_get_a_neutral_sentence() -> None:
    """A reason without a row is named, and its facts stay hidden."""
    assert explain(Reason("missing-sum", (("expected", "KEY"),))) == "Remark: missing sum."


def test_missing_facts_get_a_neutral_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wording whose facts are not there is not shown half filled."""
    monkeypatch.setitem(SENTENCES, "axis", ("The axis {axis} has length {found}.", ""))
    assert explain(Reason("axis", (("axis", "rows"),))) == "Remark: axis."
    facts = (("axis", "{found}"), ("found", "3"))
    assert explain(Reason("axis", facts), quote=repr) == "The axis '{found}' has length '3'."


def test_notes_name_their_place() -> None:
    """A note that knows its file and line says so first."""
    note = Note("unclosed-math", None, (("file", "a.md"), ("line", "7")))
    assert describe(note) == "a.md, line 7: A formula is opened and never closed."


def _given() -> Iterator[tuple[str, frozenset[str] | None, str]]:
    """Every literal id of a reason or note made anywhere, with its facts if they are keywords."""
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            maker = node.func.id
            for id in _literals(node.args[0]) if maker in MAKERS else ():
                facts = frozenset(word.arg for word in node.keywords if word.arg)
                whole = MAKERS[maker] and all(word.arg for word in node.keywords)  # no `**facts`
                yield id, facts if whole else None, path.name


def _literals(node: ast.expr) -> list[str]:
    """The ids that an expression may be: one, or either of two; none that is computed."""
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return [str(node.value)] if isinstance(node, ast.Constant) else []


def test_every_slip_has_a_row() -> None:
    """The slips of formulas, which are looked up by their names, have sentences too."""
    tables = [
        node.value
        for path in (ROOM / "kinds").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and any(ast.unparse(name) == "CREDIT" for name in node.targets)
    ]
    slips = [
        id for table in tables if isinstance(table, ast.Dict) for key in table.keys if key for id in _literals(key)
    ]
    assert slips
    assert [id for id in slips if id not in SENTENCES] == []


def test_every_reason_given_has_a_row() -> None:
    """No room gives a reason or note that has no sentence."""
    assert sorted({(id, where) for id, _, where in _given() if id not in SENTENCES}) == []


def test_every_reason_given_has_its_facts() -> None:
    """Where facts are given as keywords, they fill the placeholders of both wordings."""
    needs = {id: placeholders("".join(row)) for id, row in SENTENCES.items()}
    lacking = [
        (id, sorted(needs[id] - facts), where)
        for id, facts, where in _given()
        if facts is not None and not needs.get(id, frozenset()) <= facts
    ]
    assert lacking == []
