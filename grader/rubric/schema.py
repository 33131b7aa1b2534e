"""What an editor may know of the rubric language: a JSON Schema from the tables that the loader reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.model.vocabulary import Field, KindVocabulary
from grader.rubric.fields import LONGEST_SLUG, SLUG
from grader.rubric.tables import (
    GROUP_FIELDS,
    MISTAKE_FIELDS,
    PART_FIELDS,
    QUESTION_FIELDS,
    RUBRIC_FIELDS,
    fields_beside,
    fields_of_mistake,
    language,
)

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
# An editor reads 3 as a number and true as a truth value; the loader sees the text that was typed.
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_DECIMAL = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?"
# \w knows only ASCII in the editors' JavaScript, so letters are what is neither blank nor ASCII punctuation.
_ID = r"^[^\s!-/:-@\[-`{-~][^\s!-,/:-@\[-^`{-~]{0,39}$"
_NAME = r"^[^\s!-@\[-^`{-~][^\s!-/:-@\[-^`{-~]*$"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _numeric(**bounds: int) -> Schema:
    """A number; or what YAML takes for a text: `1/2`, `50%`, `1e-3`."""
    text = {"type": "string", "pattern": rf"^({_DECIMAL}|[+-]?[0-9]+ ?/ ?[0-9]+)\s*%?$"}
    return {"anyOf": [{"type": "number", **bounds}, text]}


def _children(item: str) -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _ID},
        "additionalProperties": _ref(item),
    }


TAKES: dict[str, Schema] = {
    "expression": {"anyOf": [_SCALAR, {"type": "array", "items": _ref("expression")}]},
    "expressions": {"anyOf": [_ref("expression"), _ref("names")]},
    "text": _SCALAR,
    "texts": {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]},
    "flag": {"type": "boolean"},
    "number": _numeric(),
    "names": {"type": "object", "additionalProperties": _ref("expression")},
    "axes": {
        "anyOf": [
            _SCALAR,
            {"type": "array", "items": _SCALAR},
            {"type": "object", "additionalProperties": _SCALAR},
        ]
    },
    "any": {},
    "points": _numeric(exclusiveMinimum=0),
    "weight": _numeric(exclusiveMinimum=0),
    "credit": _numeric(minimum=0, maximum=1),
    "credit or review": {"anyOf": [_ref("credit"), {"const": "review"}]},
    "identifier": {"type": "string", "pattern": _NAME},
    "slug": {"type": "string", "pattern": f"^{SLUG.pattern}$", "maxLength": LONGEST_SLUG},
    "symbols": {"type": "object"},
    "yes": {"const": True},
    "mistakes": {"type": "array", "items": _ref("mistake")},
    "parts": _children("part"),
    "questions": _children("question or group"),
}


def json_schema(vocabulary: tuple[KindVocabulary, ...]) -> Schema:
    """Draft 7. What it accepts may still have faults: unique names and ids, depth, numbers in quotes."""
    kinds = tuple(language(vocabulary).kinds.values())
    wrong = tuple(language(vocabulary, built_in=False).kinds.values())
    definitions: Schema = dict(TAKES)
    definitions["group"] = _object(GROUP_FIELDS)
    definitions["question"] = _one_kind(kinds, QUESTION_FIELDS)
    definitions["part"] = _one_kind(kinds, PART_FIELDS)
    definitions["mistake"] = {"anyOf": [_mistake(kind) for kind in wrong]} if wrong else {"not": {}}
    definitions["question or group"] = {
        "if": {"type": "object", "required": ["questions"]},
        "then": _ref("group"),
        "else": _ref("question"),
    }
    return {
        "$schema": DRAFT,
        "title": "A rubric of grader",
        **_object(RUBRIC_FIELDS),
        "definitions": definitions,
    }


def _one_kind(kinds: Iterable[KindVocabulary], own: tuple[Field, ...]) -> Schema:
    return {"anyOf": [_object((*own, *fields_beside(kind), *kind.fields), kind) for kind in kinds]}


def _mistake(kind: KindVocabulary) -> Schema:
    schema = _object((*MISTAKE_FIELDS, *fields_of_mistake(kind)), kind)
    optional = {field.name for field in kind.fields[1:]}
    needed = [name for name in schema["required"] if name not in optional]
    if not kind.by:
        return {**schema, "required": needed}
    told = [name for name in needed if name != kind.fields[0].name]
    return {**schema, "required": told, "anyOf": [{"required": [kind.fields[0].name]}, {"required": [kind.by]}]}


def _object(fields: tuple[Field, ...], kind: KindVocabulary | None = None) -> Schema:
    chief = kind.fields[0].name if kind else ""
    properties: dict[str, Schema] = {}
    for field in fields:
        properties.setdefault(field.name, _property(field))
    required = {field.name: None for field in fields if field.required} | ({chief: None} if chief else {})
    about = {"description": kind.doc} if kind else {}
    return {
        "type": "object",
        **about,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _property(field: Field) -> Schema:
    if field.options:
        return {"description": field.doc, "enum": list(field.options)}
    # Beside a $ref draft 7 ignores every other key, so the description wraps it.
    return {"description": field.doc, "allOf": [_ref(field.takes)]}
