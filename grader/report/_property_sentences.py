"""The sentences for properties of vectors and matrices: a part of the one table in `sentences`."""

from __future__ import annotations

OUR_FACTS = frozenset({"rank", "dimension", "needed", "column", "first", "second"})  # no words of a student

ROWS: dict[str, tuple[str, str]] = {
    "digits-undecided": (
        "The digits given here allow both right and wrong, so a person will look at it.",
        "Rounded too far to decide: some of what rounds to these digits has the property.",
    ),
    "rows-or-columns": (
        "It is not clear whether the rows or the columns of this matrix are meant; a person will look at it.",
        "Its rows and its columns earn different marks.",
    ),
    "zero-vector": ("The zero vector is no {what}.", ""),
    "not-an-eigenvector": ("For v = {vector}, A v = {product}, but {value} v = {multiple}.", ""),
    "no-eigenvector": ("For v = {vector}, A v = {product}, which is no multiple of v.", ""),
    "pairs-missing": ("Eigenvectors asked for: {needed}; given: {count}.", ""),
    "not-in-null-space": ("For v = {vector}, A v = {product}, which is not zero.", ""),
    "not-in-span": (
        "{vector} is not in the {what}: added to what spans it, it raises the rank from {dimension} to {rank}.",
        "",
    ),
    "not-parallel": ("{vector} is no multiple of {other}.", ""),
    "not-orthogonal": ("{vector} and {other} are not orthogonal: their product is {product}.", ""),
    "not-unit": ("{vector} has the length {length}, not 1.", ""),
    "too-few-vectors": ("Vectors that a basis needs: {needed}; given: {count}.", ""),
    "vectors-dependent": ("These {count} vectors are not independent: their rank is {rank}.", ""),
    "not-a-solution": ("For x = {vector}, A x = {product}, but it must be {wanted}.", ""),
    "direction-changes-product": ("Going along {vector} changes A x by {product}: it must not change at all.", ""),
    "parameters-missing": (
        "These are solutions, but not all: the number of free parameters must be {needed}, and here it is {count}.",
        "",
    ),
    "not-least-squares": (
        "For x = {vector}, b - A x = {rest} is not orthogonal to the columns of A: A^T times it is {product}.",
        "",
    ),
    "not-least": ("At {vector} the function is {found}, and it gets lower than that.", ""),
    "matrix-missing": ("The factor {name} is missing.", ""),
    "factor-sizes-differ": ("Factors of these sizes do not fit: {found}.", ""),
    "factor-not-of-the-form": ("{name} is not {what}: the entry in row, column {where} is {entry}.", ""),
    "diagonal-not-one": ("The diagonal of {name} must be 1: the entry in row, column {where} is {entry}.", ""),
    "diagonal-negative": ("The diagonal of {name} must not be negative: in row, column {where} stands {entry}.", ""),
    "columns-not-orthogonal": (
        "Columns {first} and {second} of {name} are not orthogonal: their product is {product}.",
        "",
    ),
    "column-not-unit": ("Column {column} of {name} has the length {length}, not 1.", ""),
    "no-permutation": ("{name} is no permutation: each row and each column needs exactly one 1.", ""),
    "not-invertible": ("The columns of {name} are not independent, so it has no inverse.", ""),
    "inverse-differs": ("What is given as the inverse is not: P times it is {found}.", ""),
    "product-differs": ("{names} = {found}, but {whole} = {wanted}.", ""),
}
