"""What is said of formulas and gradients."""

from __future__ import annotations

OF_FORMULAS: dict[str, tuple[str, str]] = {
    "shapes-do-not-fit": (
        "{left} is {left_shape} and {right} is {right_shape}, so {whole} cannot be {what}.",
        "",
    ),
    "shapes-fit-transposed": (
        "{left} is {left_shape} and {right} is {right_shape}, so {whole} cannot be {what}; did you mean {meant}?",
        "",
    ),
    "shapes-fit-either-way": (
        "{left} is {left_shape} and {right} is {right_shape}, so {whole} cannot be {what} as matrices; "
        "did you mean {meant} or {other}?",
        "",
    ),
    "result-shape-differs": ("As a whole this is {found}; asked is {asked}.", ""),
    "number-for-array": ("As a whole this is a number; asked is {asked}.", ""),
    "array-for-number": ("As a whole this is {found}; asked is a number.", ""),
    "missing-sum": ("The sum over {indices} is missing: all these terms contribute.", ""),
    "missing-some-sums": ("The sum over {indices} is missing: all these terms contribute.", ""),
    "sum-too-many": ("There is one sum too many: {indices} is an index of the answer, and is not summed over.", ""),
    "indices-left-free": (
        "Of what stands in this formula, {indices} is neither an index of the answer nor summed over.",
        "Indices that are neither summed nor on the left side: {indices}.",
    ),
    "derivative-left-open": (
        "This is right as far as it goes, but a derivative in it is not worked out.",
        "A derivative is left as it stands.",
    ),
    "sum-without-limits": ("A sum without an index was read as running over every letter left free.", ""),
    "unit-step": ("{step} was taken for the unit step, which is 1 where {variable} is positive.", ""),
    "unit-step-unsaid": (
        "Whether {step} is the unit step, and may stand here, is not said, so a person will look at it.",
        "",
    ),
    "program-as-formula": ("The program was read as this formula.", ""),
    "adds-up-terms": ("Each term was read as added to the element of the left side.", ""),
    "wrong-shift-sign": ("An index is shifted the wrong way: check the sign of each shift.", ""),
    "wrong-sign": ("The sign is wrong.", ""),
    "wrong-factor": ("A constant factor is wrong: this is {factor} times what is asked for.", ""),
    "wrong-length": ("A factor is wrong that is the length of an axis, or one over it.", ""),
    "term-wrong-sign": ("One term has the wrong sign.", ""),
    "term-wrong-factor": ("One term has a wrong constant factor: it is {factor} times what is asked for.", ""),
    "term-wrong-length": ("In one term a factor is wrong that is the length of an axis, or one over it.", ""),
    "wrong-transpose": ("One transpose is missing, or one too many.", ""),
    "indices-exchanged": ("Two indices of an array are exchanged.", ""),
    "index-of-another": ("The index {found} belongs to another array: {index} stands here in the answer.", ""),
    "wrong-index": ("An array has a wrong index: {index} stands nowhere in the formula.", ""),
    "missing-shift": ("One index of an array is not shifted, though another one of it is.", ""),
    "wrong-shift-letter": ("An index of an array is shifted by the wrong letter.", ""),
    "wrong-derivative": ("One derivative stands in the place of another: {found} does not belong here.", ""),
    "sums-from-one": (
        "The sums begin at 1, but the first element of an array has the index 0, so that the shifts do not fit.",
        "Sums over a shifted index begin at 1.",
    ),
}
