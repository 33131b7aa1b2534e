"""Rows of the table of sentences: what is said of programs. Inputs that are hidden come as descriptions."""

from __future__ import annotations

OF_CODE: dict[str, tuple[str, str]] = {
    # What was found, and what could not be run.
    "program-not-read": (
        "A program was handed in, but no question that could be found asks for one; a person will look at it.",
        "A program, and no question that could be found asks for one.",
    ),
    "program-not-parsed": ("This is not valid Python ({message}), at the line {line}; so it could not be run.", ""),
    "other-language": (
        "This is marked as {found} and not as Python, so a person will look at it.",
        "Code in another language: {found}.",
    ),
    "function-missing": (
        "There is no function {asked} in this program, so a person will look at it.",
        "No function {asked}, and no other that could be meant.",
    ),
    "other-function": (
        "There is no function {asked}; {found} was run in its place, and a person will decide what that is worth.",
        "No function {asked}; what is said here is of {found}.",
    ),
    "piece-not-parsed": ("The piece that begins with {found} is not valid Python ({message}); it was left out.", ""),
    "statement-failed": ("Beside the answer, {where} ends in {found}; the rest was run all the same.", ""),
    "top-left-out": (
        "What stands below the functions does not come to an end, so only the functions were run.",
        "The code at the top level was left out: it exceeds a limit.",
    ),
    "given-overwritten": ("The program first sets {found} anew, which is given; it was marked without that.", ""),
    # One case.
    "cases-right": ("Test cases that come out right: {count} of {total}.", ""),
    "shown-only": (
        "It gives the published examples and nothing else; other inputs decide.",
        "Right for published inputs only, which could be written into the program.",
    ),
    "result-wrong": ("For {given} it gives {found}, which is not right.", ""),
    "entries-wrong": (
        "For {given} the first entry that is not right stands at {where}, counted from 0: {found}. Entries that are "
        "not right: {count}.",
        "",
    ),
    "result-shape-wrong": ("For {given} the result has shape {found}; it should have shape {asked}.", ""),
    "hidden-result-wrong": ("For {given} the result is not right.", ""),
    "hidden-entries-wrong": (
        "For {given} the first entry that is not right stands at {where}, counted from 0. Entries that are not right: "
        "{count}.",
        "",
    ),
    "hidden-result-shape-wrong": ("For {given} the result has another shape than {asked}.", ""),
    "hidden-raised": ("For {given} it ends in {found}.", ""),
    "type-differs": ("For {given} it gives {found}; asked for is {asked}.", ""),
    "dtype-differs": ("For {given} the entries are of type {found}; asked for is {asked}.", ""),
    "returns-nothing": ("For {given} it returns nothing.", ""),
    "value-opaque": ("For {given} it gives an object of type {type}, which cannot be compared.", ""),
    "result-unbound": ("For {given} a name that was asked for has no value at the end.", ""),
    "property-fails": ("For {given} the result does not have the property asked for.", ""),
    "library-missing": (
        "The program needs the library {found}, which is not installed here, so a person will look at it.",
        "Not run to its end: {found} is not installed here. Install it, or mark this by hand.",
    ),
    "property-undecided": (
        "For some test cases it could not be decided whether the result is right, so a person will look at it.",
        "The conditions under `holds` could not be decided for some results.",
    ),
    "property-open": ("For {given} it could not be decided whether the result has the property asked for.", ""),
    "program-raised": ("For {given} it ends in {found}, at {where}.", ""),
    "program-too-slow": ("For {given} it does not come to an end within {count} seconds.", ""),
    "program-ended": ("For {given} it was ended: {message}.", ""),
    "raises-nothing": ("For {given} it should raise {asked}, and does not.", ""),
    "raises-other": ("For {given} it should raise {asked}, and raises something else.", ""),
    "printed": ("It printed {found}.", ""),
    # Slips: right but for one thing.
    "returns-list": ("The values are right, but they come as a list and not as an array.", ""),
    "returns-matrix": ("The values are right, but they come as a matrix of numpy, which multiplies otherwise.", ""),
    "number-in-array": ("The number is right, but it comes wrapped in an array.", ""),
    "arguments-exchanged": ("The arguments stand in another order than asked: {found}.", ""),
    "import-missing": ("The name {found} is used and never imported; it was marked as if it were.", ""),
    "function-misnamed": ("The function is called {found}, which is not the name asked for.", ""),
    "given-misnamed": ("A given name is misspelt: {found}.", ""),
    "result-misnamed": ("A name that was asked for is misspelt: {found}.", ""),
    "result-not-kept": ("The result is shown, but {found} is given no value.", ""),
    "inputs-changed": ("The function changes what it is given: {found} is no longer the same after the call.", ""),
    "prints-instead": ("The function prints its result; it should return it.", ""),
    "forbidden-used": ("The program uses what it must not use: {found}.", ""),
    "forbidden-hidden": (
        "A person will see whether the program uses what it must not use.",
        "Whether the program keeps to what is forbidden cannot be told from its text: {found}.",
    ),
}
