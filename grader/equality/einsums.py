"""Calls of einsum, `np.einsum('id,jd->ij', Q, K)`, as the sums that they are: `\\sum_{d} Q_{id} K_{jd}`."""

from __future__ import annotations

import re

from grader.model.patterns import later

_CALL = later(
    r"(?:(?:np|numpy|torch|jnp|tf)\.)?einsum\(\s*(?P<quote>['\"])(?P<inputs>[a-z, ]+)->\s*(?P<output>[a-z ]*)"
    r"(?P=quote)\s*,\s*(?P<arrays>[A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_][\w.]*)*)\s*\)"
)
_ASSIGNED = later(r"[\s$`]*(?P<name>[A-Za-z])\s*=\s*(?P<value>.*)", re.DOTALL)
_ENTRY = later(r"[\s$]*(?P<name>[A-Za-z])\s*_\s*(?:\{(?P<indices>[a-z,\s]+)\}|(?P<index>[a-z]))\s*=(?!=)")
_INDEXED = later(r"[A-Za-z]\s*_\s*(?:\{[a-z,\s]+\}|[a-z](?![a-z]))")
_ARRAY = later(r"[A-Za-z]")


def without_einsum(text: str, other: str) -> str:
    """The text with each call of einsum as a sum of products; as it is where a call is none that can be told.

    An array that it is assigned to is given the indices of the call's result, if the other side defines entries.
    """
    if "einsum" not in text:
        return text
    found = _CALL.search(text)
    told = "" if found is None else _as_sum(found, in_entries=_INDEXED.search(other) is not None)
    if found is None or not told:
        return text
    output = found["output"].replace(" ", "")
    whole = text[: found.start()] + told + text[found.end() :]
    assigned, entry = _ASSIGNED.fullmatch(whole), _ENTRY.match(other)
    if entry is None or not output:
        return whole
    if assigned is not None:
        return rf"{assigned['name']}_{{{output}}} = {assigned['value']}"
    if len(re.sub(r"[\s,]", "", entry["indices"] or entry["index"])) != len(output):
        return whole
    return rf"{entry['name']}_{{{output}}} = {whole}"


def _as_sum(found: re.Match[str], in_entries: bool) -> str:
    """The sum of products of entries over all letters that the result does not have; "" where letters do not fit.

    Beside a formula without indices it is told as a product of matrices, if it is one.
    """
    inputs = [letters.strip() for letters in found["inputs"].split(",")]
    arrays = [name.strip() for name in found["arrays"].split(",")]
    output = found["output"].replace(" ", "")
    letters = "".join(inputs)
    if len(inputs) != len(arrays) or not set(output) <= set(letters) or len(set(output)) < len(output):
        return ""
    if not all(map(_ARRAY.fullmatch, arrays)) or not all(inputs):
        return ""
    if not in_entries:
        return _as_product(list(zip(arrays, inputs, strict=True)), output)
    summed = "".join(dict.fromkeys(letter for letter in letters if letter not in output))
    entries = " ".join(rf"{name}_{{{places}}}" for name, places in zip(arrays, inputs, strict=True))
    return rf"\sum_{{{','.join(summed)}}} {entries}" if summed else entries


def _as_product(arrays: list[tuple[str, str]], output: str) -> str:
    """A chain of matrices and vectors, `ij,kj->ik` as A B^T, in which each letter links two; "" for anything else."""
    letters = "".join(places for _, places in arrays) + output
    if any(letters.count(letter) != 2 for letter in letters) or any(len(places) > 2 for _, places in arrays):
        return ""
    if len(output) == 2 and all(len(places) == 1 for _, places in arrays):  # i,j->ij
        named = {places: name for name, places in arrays}
        return f"{named[output[0]]} {named[output[1]]}^T"
    begun = next((array for array in arrays if len(array[1]) == 1), None) if not output else None
    left = [array for array in arrays if array is not begun]
    factors = [f"{begun[0]}^T"] if begun is not None else []
    at = begun[1] if begun is not None else (output or arrays[0][1])[0]
    while found := next((array for array in left if at in array[1]), None):
        left.remove(found)
        name, places = found
        turned = len(places) == 2 and places[0] != at
        factors.append(f"{name}^T" if turned else name)
        at = places[0] if turned or len(places) == 1 else places[1]
    product = " ".join(factors)
    return "" if left else product if output or begun is not None else rf"\operatorname{{tr}}({product})"
