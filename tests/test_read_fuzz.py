"""Any bytes given to any reader end in a document that keeps its promises, or in a note that says why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import PIECES, mutant, packed_mutant, seeds
from test_read_markdown import check

from grader.read import READERS
from grader.read.files import FORMATS, read_item
from grader.read.items import Item

SEEDS = seeds()
SUFFIXES = [suffix for suffix in FORMATS if suffix]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def read(name: str, data: bytes) -> None:
    """A document that holds together, or a note."""
    document, notes = read_item(Item(name, lambda most: data))
    assert document is not None or notes
    if document is not None:
        check(document)


@pytest.mark.parametrize("name", READERS.names)
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_any_text_is_read(name: str, text: str) -> None:
    """No text raises; blocks and runs stand in order, inside each other, with exact slices."""
    check(READERS.load(name).read(text, "x"))


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    """No bytes raise, whatever suffix they come under."""
    read(f"x{suffix}", data)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**9), first=st.integers(0, 10**6), second=st.integers(0, 10**6))
def test_files_with_accidents(suffix: str, seed: int, first: int, second: int) -> None:
    """A valid file that was cut, doubled, mixed with another or overwritten is read or refused."""
    own = [data for name, data in SEEDS if name.endswith(suffix)]
    data = own[first % len(own)]
    packed = data.startswith(b"PK") and seed % 2
    read(f"x{suffix}", packed_mutant(data, seed) if packed else mutant(data, SEEDS[second % len(SEEDS)][1], seed))


def test_there_is_a_valid_file_of_every_format() -> None:
    """Accidents happen to files that were read before: each gives blocks."""
    for name, data in SEEDS:
        document, _ = read_item(Item(name, lambda most, data=data: data))  # type: ignore[misc]
        assert document is not None, name
    assert {suffix for suffix in SUFFIXES if not any(name.endswith(suffix) for name, _ in SEEDS)} == set()


@pytest.mark.parametrize("name", READERS.names)
def test_examples_are_read(name: str) -> None:
    """Each example of a reader gives blocks and no complaint."""
    for example in READERS.load(name).examples:
        document = READERS.load(name).read(example, "x")
        assert document.blocks and not document.notes
