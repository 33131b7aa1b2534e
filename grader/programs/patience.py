"""How long a program is run of which nothing comes out right: one student must not hold up a class.

A program that is right in some case is run on all, as long as its calls keep to their limit. One that has earned
nothing in any case is given up after a few, and so are the ways of mending it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from grader.programs.cases import Case
from grader.sandbox.session import Session
from grader.sandbox.values import Returned

T = TypeVar("T")
_OF_ONE, _OF_ALL = 2, 5  # limits of a call that one way of running may take for nothing, and all of them together
_ALIKE, _OTHERS = 3, 5  # cases that must have failed: without any value, or with wrong ones


class Patience:
    """What is left for one answer; `earns` says whether a case is worth anything."""

    def __init__(self, seconds: float, earns: Callable[[Case, Any], bool]) -> None:
        self.seconds, self.earns = seconds, earns
        self.wasted = 0.0
        self.begin()

    def begin(self) -> None:
        """Another way of running it."""
        self.spent, self.tried, self.valued, self.paid, self.given_up = 0.0, 0, False, False, False

    def kept(self, cases: Sequence[Case], trials: Iterator[T], session: Session) -> list[T]:
        """The trials as they come, as long as there is patience."""
        found: list[T] = []
        before = session.spent
        for case, trial in zip(cases, trials, strict=False):
            found.append(trial)
            took, before = session.spent - before, session.spent
            if not self._goes_on(case, trial, took):
                self.given_up = True
                break
        return found

    def _goes_on(self, case: Case, trial: Any, seconds: float) -> bool:
        self.paid = self.paid or self.earns(case, trial)
        if self.paid:
            return True
        self.tried += 1
        self.spent += seconds
        self.wasted += seconds
        self.valued = self.valued or isinstance(trial.answer, Returned)
        enough = self.tried >= (_OTHERS if self.valued else _ALIKE)
        return not enough or (self.spent <= _OF_ONE * self.seconds and not self.is_over())

    def is_over(self) -> bool:
        """Whether no other way of running it is tried."""
        return self.wasted > _OF_ALL * self.seconds
