"""The JSON Schema for editors and the loader speak the same language."""

from __future__ import annotations

from typing import Any

import pytest
from test_rubric_load import FULL, VOCABULARY

from grader.model.vocabulary import Field
from grader.rubric import json_schema, read_rubric, tables
from grader.rubric.fields import READERS
from grader.rubric.schema import TAKES

jsonschema = pytest.importorskip("jsonschema")
yaml = pytest.importorskip("yaml")


def with_text_keys(value: Any) -> Any:
    """JSON has no other keys; editors read YAML so."""
    if isinstance(value, dict):
        return {str(key): with_text_keys(one) for key, one in value.items()}
    return [with_text_keys(one) for one in value] if isinstance(value, list) else value


def accepts(text: str) -> bool:
    checker = jsonschema.Draft7Validator(json_schema(VOCABULARY))
    return bool(checker.is_valid(with_text_keys(yaml.safe_load(text))))


def one(fields: str) -> str:
    return f"questions: {{1a: {{points: 1, {fields}}}}}"


def test_the_schema_is_valid() -> None:
    """It is a draft-07 schema, with or without kinds."""
    jsonschema.Draft7Validator.check_schema(json_schema(VOCABULARY))
    jsonschema.Draft7Validator.check_schema(json_schema(()))


def test_everything_that_a_field_may_take_is_known_to_both() -> None:
    """Each `takes` has a reader and a schema, and each table uses only those."""
    assert READERS.keys() == TAKES.keys()
    fields = [
        field
        for value in vars(tables).values()
        if isinstance(value, tuple)
        for field in value
        if isinstance(field, Field)
    ]
    assert {field.takes for field in fields} <= READERS.keys()


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        (FULL, True),
        (one("number: 3"), True),
        (one("number: [[1, 2], [x, 4]]"), True),
        (one("shape: {a: 1, b: n}, order: any"), True),
        (one("review: true"), True),
        (one("parts: {a: {number: 1, weight: 2}, b: {review: true}}"), True),
        (one("number: 1, follow: 50%"), True),
        (one("array: X, shape: [2]"), True),
        (one("code: {a: 1}, function: f, mistakes: [{code: b, credit: 0, say: no}]"), True),
        (one("number: 3, nubmer: 4"), False),
        ("questions: {ä-1: {points: 1, number: 1, name: größe_2}}", True),
        ("questions: {-1: {points: 1, number: 1}}", False),
        (one("number: 1, name: 2a"), False),
        (one("number: 3, order: any"), False),
        (one("number: 3, shape: [2]"), False),
        (one("shape: [2], order: sorted"), False),
        (one("review: false"), False),
        (one("number: {a: 1}"), False),
        (one("number: 1, follow: 2"), False),
        (one("number: 1, reveal: 3"), False),
        (one("number: 1, weight: 2"), False),
        (one("parts: {}"), False),
        (one("parts: {a: {number: 1, points: 2}}"), False),
        (one("parts: {a: {number: 1}}, mistakes: []"), False),
        (one("number: 1, mistakes: [{number: 2, credit: 0}]"), False),
        (one("number: 1, mistakes: [{number: 2, credit: 2, say: no}]"), False),
        (one("number: 1, mistakes: [{review: true, credit: 0, say: no}]"), False),
        (one("number: 1, name: a b"), False),
        (one("code: 1"), False),
        ("questions: {1a: {number: 1}}", False),
        ("questions: {1a: {points: 0, number: 1}}", False),
        ("questions: {1 a: {points: 1, number: 1}}", False),
        ("questions: {1: {points: 3, questions: {a: {points: 1, number: 1}}}}", False),
        ("questions: {}", False),
        ("title: x", False),
        ("questions: {1a: {points: 1, number: 1}}\nauthor: me", False),
    ],
)
def test_loader_and_schema_agree(text: str, sound: bool) -> None:
    """What one accepts the other accepts, and what one refuses the other refuses."""
    assert accepts(text) is sound
    assert (not read_rubric(text, "hw", VOCABULARY)[1]) is sound
