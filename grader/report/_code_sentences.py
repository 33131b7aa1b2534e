"""Rows of the table of sentences: what is said of programs. Inputs that are hidden come as descriptions."""

from __future__ import annotations

OF_CODE: dict[str, tuple[str, str]] = {
    # What was found, and what could not be run.
    "program-not-read": (
        "A program was handed in. Answers in words or formulas were not looked for in it; a person will do that.",
        "A program: answers in its comments were not looked for.",
    ),
    "no-label-found": ("No label of a question was found; programs were found by the names in them.", ""),
    "program-not-parsed": (
        "Python cannot read this part of the program: {message}, at {line}, {where}. So it could not be run.",
        "",
    ),
    "program-not-readable": (
        "This program is too long or too deeply nested to be read ({message}), so a person will look at it.",
        "The parser did not come to its end within its limits: {message}.",
    ),
    "other-language": (
        "This is marked as {found} and not as Python, so a person will look at it.",
        "Code in another language: {found}.",
    ),
    "function-missing": (
        "There is no function {asked} in this program, so a person will look at it.",
        "No function {asked}, and no other that could be meant.",
    ),
    "function-inside": (
        "The function {asked} stands inside a class or another function, at {line}, {where}, where it cannot be called "
        "alone, so a person will look at it.",
        "{asked} is no function at the top, but stands inside another thing, at {line}, {where}.",
    ),
    "other-function": (
        "There is no function {asked}. Your function {found} was run in its place, and a person will decide.",
        "No function {asked}; what is said here is of {found}.",
    ),
    "piece-not-parsed": (
        "Python cannot read the piece that begins with {found} ({message}); it was left out and the rest was run.",
        "",
    ),
    "piece-newer": (
        "As it seems, only a newer version of Python than runs here reads the piece that begins with {found}; it was "
        "left out and the rest was run.",
        "",
    ),
    "newer-python": (
        "As it seems, only a newer version of Python than runs here reads {line}, {where}. A person will look at it.",
        "Not run: {line}, {where}, does not parse in this version of Python, and may in a newer one.",
    ),
    "statement-failed": (
        "The statement {where} ends in {found}; the rest was run all the same.",
        "",
    ),
    "top-left-out": (
        "Beside your functions there is code that does not come to an end, so only the functions were run.",
        "The code at the top level was left out: it exceeds the limit of time.",
    ),
    "top-ended": (
        "Beside your functions there is code that ended the run ({message}), so only the functions were run.",
        "The code at the top level was left out: {message}.",
    ),
    "given-up": (
        "In the first test cases nothing came out right, and they took long, so the last {count} of {total} were not "
        "run. A person will decide.",
        "Not run: {count} of {total} cases, as the first earned nothing and took two limits of a call together.",
    ),
    "given-overwritten": (
        "Your program first gives {found} a value of its own, though that is given; it was run without those lines.",
        "",
    ),
    # One case.
    "mistake-in-part": ("So it is in {count} of {total} test cases; for the others there is no credit.", ""),
    "cases-right": ("Test cases that come out right: {count} of {total}.", ""),
    "cases-weigh": ("By their weights, {count} of the test cases come out right.", ""),
    "hidden-weigh": (
        "By their weights, {count} of the hidden test cases come out right, and the credit is never more than that.",
        "",
    ),
    "about-name": ("The first name whose value is not right is {found}.", ""),
    "about-value": ("Of the values that come back together, the first that is not right is number {count}.", ""),
    "decimals-cut": (
        "These are the right values without their decimals. An array of whole numbers, as the input may be one, keeps "
        "no others: make one of floats.",
        "",
    ),
    "exceptions-only": (
        "Cases that ask for an exception count for nothing alone: a program that always raises has them too.",
        "",
    ),
    "about-result": ("Of the results that come back, the first that is not right is {found}.", ""),
    "result-right": ("The result {found} is right in {count} of {total} test cases.", ""),
    "result-idle": (
        "The result {found} is the same in every test case, so it earns nothing where it happens to be right.",
        "",
    ),
    "names-right": ("In every test case right: {found}. Not always right: {names}.", ""),
    "shown-only": (
        "Only the published examples come out right; for other inputs, or when called again, the result is not.",
        "Right for published inputs only: by chance, or because they are written into the program.",
    ),
    "result-wrong": ("For {given} it gives {found}, which is not right.", ""),
    "entries-wrong": (
        "For {given} the first entry that is not right stands at {where}, counted from 0: {found}. Entries that are "
        "not right: {count}.",
        "",
    ),
    "result-shape-wrong": ("For {given} the result has shape {found}; it should have shape {asked}.", ""),
    "hidden-result-wrong": ("In a hidden test, {given}, the result is not right.", ""),
    "hidden-entries-wrong": (
        "In a hidden test, {given}, the first entry that is not right stands at {where}, counted from 0. Entries that "
        "are not right: {count}.",
        "",
    ),
    "hidden-result-shape-wrong": (
        "In a hidden test, {given}, the result has another shape than {asked}, which it should have.",
        "",
    ),
    "hidden-raised": ("In a hidden test, {given}, the program stops with {found}.", ""),
    "type-differs": ("For {given} it gives {found}; asked for is {asked}.", ""),
    "text-wrong": ("For {given} it gives the text {found}, which is not the one that is asked for.", ""),
    "text-case-wrong": ("For {given} the text differs from the one asked for in capitals or spaces.", ""),
    "truth-wrong": ("For {given} it gives {found}.", ""),
    "members-wrong": ("For {given} only {count} of the elements are those that are asked for.", ""),
    "order-open": ("For {given} it gives a set, in which the elements have no order.", ""),
    "order-undecided": (
        "The elements are right, but they come as a set, which has no order, so a person will look at it.",
        "A set in place of a list: if the order says nothing, write `compare: any order`.",
    ),
    "returns-nothing": ("For {given} the function returns nothing (`None`).", ""),
    "print-cut": ("For {given} not all of the result is printed, so this case does not count.", ""),
    "value-opaque": (
        "For {given} it gives an object of type {type}, which cannot be compared: neither numbers nor text.",
        "",
    ),
    "result-unbound": ("For {given} a name that was asked for has no value when the program has run.", ""),
    "property-fails": ("For {given} the result does not do what is asked for.", ""),
    "name-removed": (
        "The program uses {found}, which the numpy installed here no longer has, so a person will look at it.",
        "It uses {found}, which this numpy no longer has.",
    ),
    "name-shadowed": (
        "The program gives {found} another value, and without that more comes out right, so a person will look at it.",
        "It sets {found} anew, and without that more comes out right: it may have worked above that line.",
    ),
    "library-missing": (
        "The program needs the library {found}, which is not installed here, so a person will look at it.",
        "Not run to its end: {found} is not installed here. Install it, or mark this by hand.",
    ),
    "module-missing": (
        "The program imports `{found}`, of which no file is found in the hand-in, so a person will look at it.",
        "Not run to its end: which file of the hand-in `{found}` is, or whether there is one, cannot be told.",
    ),
    "processes-missing": (
        "The program starts threads or processes, which it may not have here, so a person will look at it.",
        "Not run to its end: the sandbox allows no further threads or processes. Mark this by hand.",
    ),
    "rounding-undecided": (
        "The numbers are so small that rounding alone could make them, so a person will look at it.",
        "Expected and found are both below 1e-14: what rounding leaves of zeros, or numbers that are meant.",
    ),
    "value-undecided": (
        "The result is an object that is not compared here, so a person will look at it.",
        "The result is of a type that is not taken apart (a fraction, a generator, ...): its values may be right.",
    ),
    "property-undecided": (
        "For some test cases it could not be decided whether the result is right, so a person will look at it.",
        "The conditions under `holds` could not be decided for some results: they are empty, or several values where "
        "one may have been asked for.",
    ),
    "among-undecided": (
        "Several results come back where one is asked for, and one of them is right; a person will look at it.",
        "A tuple in place of one value; an item of it is the right value.",
    ),
    "mapping-undecided": (
        "The results are right, but they come in a dictionary, so a person will look at it.",
        "A dictionary in place of the results; what it holds is right.",
    ),
    "in-mapping": ("For {given} a dictionary comes back, which holds what is asked for.", ""),
    "shown-undecided": (
        "Right results are shown or come of a function, but the names that were asked for have no value, so a person "
        "will look at it.",
        "What the program ends with, or what its function gives back, is right; the names asked for have no value.",
    ),
    "call-missing": ("What the function {found} gives back is given no name.", ""),
    "shown-together": ("For {given} the results are shown, but the names that were asked for have no value.", ""),
    "among-others": ("For {given} several results come back; one of them is right.", ""),
    "property-open": ("For {given} it could not be decided whether the result is right.", ""),
    "program-raised": ("For {given} the program stops with {found}, at {where}.", ""),
    "call-raised": ("For {given} the function cannot be called: {found}.", ""),
    "program-too-slow": ("For {given} the program was stopped: it had not come to an end after {message}.", ""),
    "program-ended": ("For {given} the run was ended: {message}.", ""),
    "raises-nothing": ("For {given} it should raise {asked}, and raises nothing.", ""),
    "raises-own": (
        "For {given} it should raise {asked}, and raises a class of its own that is only called so.",
        "",
    ),
    "raises-other": ("For {given} it should raise {asked}, and raises {found}.", ""),
    "program-lacks": (
        "For {given} the program stops at {where}, for want of the library {found}, which is not installed here.",
        "",
    ),
    "statement-lacks": (
        "The statement {where} needs the library {found}, which is not installed here; the rest was run all the same.",
        "",
    ),
    "hidden-raises-known": ("In a hidden test, {given}, it should raise {asked}, and raises {found}.", ""),
    "hidden-raises-other": (
        "In a hidden test, {given}, it should raise {asked}, and raises an exception of its own.",
        "",
    ),
    "printed": ("It printed {found}.", ""),
    # Slips: right but for one thing.
    "returns-list": ("The values are right, but they come as a list or a tuple and not as an array of numpy.", ""),
    "extra-axis": ("The values are right, but the result has an axis of length 1 too many.", ""),
    "lost-axis": ("The values are right, but an axis of length 1 is missing.", ""),
    "dtype-differs": ("The values are right, but not the type of the entries: see what the question asks for.", ""),
    "list-for-set": ("The elements are right, but they come as a list and not as a set.", ""),
    "set-for-list": ("The elements are right, but they come as a set and not as a list.", ""),
    "number-for-truth": ("The answer is right, but it comes as a number and not as `True` or `False`.", ""),
    "text-spelt": ("The text is right but for capitals or spaces.", ""),
    "returns-matrix": (
        "The values are right, but they come as `numpy.matrix`, in which `*` is another product.",
        "",
    ),
    "number-in-array": ("The number is right, but it comes wrapped in an array or a list.", ""),
    "column-for-vector": (
        "The values are right, but they come as a column, an array with two axes; asked for is one axis. `ravel()` "
        "makes one of the other.",
        "",
    ),
    "vector-for-column": (
        "The values are right, but they come with one axis; asked for is a column, an array with two axes. "
        "`reshape(-1, 1)` makes one of the other.",
        "",
    ),
    "results-exchanged": ("The results are right, but they come in another order than was asked for.", ""),
    "arguments-exchanged": ("The arguments stand in another order than was asked for: {found}.", ""),
    "import-fails": ("The import of {found} fails. The rest was marked as if it had not.", ""),
    "import-missing": ("The name {found} is used but never imported. The rest was marked as if it had been.", ""),
    "function-misnamed": ("The function is called {found}, which is not quite the name that was asked for.", ""),
    "given-misnamed": ("A given name is misspelt: {found}.", ""),
    "result-misnamed": ("A name that was asked for is misspelt: {found}.", ""),
    "result-not-kept": ("What is asked for is shown, but {found} is given no value.", ""),
    "inputs-changed": ("The function changes its arguments: {found} is no longer the same after the call.", ""),
    "named-in-function": (
        "The names {names} get their values inside a function, where nobody sees them; a person will look at it.",
        "The snippet stands in a function of its own; run as one, its names may be right.",
    ),
    "below-main-guard": (
        'The answer stands below `if __name__ == "__main__":`, where nobody else can use it; it was run all the same.',
        "",
    ),
    "prints-instead": ("The function prints its result; it should return it.", ""),
    "forbidden-used": ("The program uses what this question does not allow: {found}, at {line}, {where}.", ""),
    "forbidden-hidden": (
        "A person will see whether the program keeps to what this question allows; in doubt is {found}, at {line}, "
        "{where}.",
        "Whether the program keeps to what is forbidden cannot be told from its text: {found}, at {line}, {where}.",
    ),
}
_FOR, _HIDDEN = "For {given} ", "In a hidden test, {given}, "
OF_CODE |= {
    f"hidden-{id}": (student.replace(_FOR, _HIDDEN), "")
    for id, (student, _) in OF_CODE.items()
    if student.startswith(_FOR) and f"hidden-{id}" not in OF_CODE
}
