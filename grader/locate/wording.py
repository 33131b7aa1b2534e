"""Which words of labels mean a problem or a part, in many languages and also misspelt."""

from __future__ import annotations

from functools import lru_cache

_PROBLEM = (
    *("problem", "problems", "question", "questions", "exercise", "exercises", "task", "prob", "ques", "que"),
    *(
        "qn",
        "number",
        "nummer",
        "número",
        "numéro",
        "quest",
        "ex",
        "exo",
        "q",
        "p",
        "aufgabe",
        "übung",
        "frage",
        "exercice",
        "ejercicio",
        "problema",
    ),
    *("pregunta", "esercizio", "exercício", "opgave", "uppgift", "oppgave", "oefening", "zadanie", "opdracht"),
    *("задача", "задание", "упражнение", "вопрос", "завдання", "άσκηση", "πρόβλημα", "ερώτηση", "tehtävä", "soru"),
    *("vraag", "questão", "domanda", "quesito", "problème", "úloha", "příklad", "feladat", "exercițiul", "문제"),
    *("问题", "习题", "题目", "练习", "题", "問題", "問"),
)
_PART = (
    *("part", "parts", "subpart", "subproblem", "subquestion", "teil", "teile", "teilaufgabe", "teilaufgaben"),
    *("parte", "punto", "lettera", "apartado", "inciso", "literal", "ítem", "alínea", "partie", "deel", "delfråga"),
    *("deloppgave", "delopgave", "podpunkt", "часть", "пункт", "bölüm"),
)
_CLASS = dict.fromkeys(_PROBLEM, "problem") | dict.fromkeys(_PART, "part")
_LONG = ("problem", "question", "exercise", "aufgabe")


@lru_cache(maxsize=4096)
def word_class(word: str) -> str:
    """Whether a word, in small letters, stands for a "problem" or a "part", also misspelt; "" for others."""
    if word in _CLASS:
        return _CLASS[word]
    if 6 <= len(word) <= 10 and any(word[0] == known[0] and _near(word, known) for known in _LONG):
        return "problem"  # Excercise, Exersise, Probelm
    return ""


def _near(word: str, known: str, limit: int = 2) -> bool:
    """Whether at most two letters were dropped, added, changed or exchanged."""
    before: list[int] = []
    row = list(range(len(known) + 1))
    for i, letter in enumerate(word, 1):
        following = [i]
        for j, other in enumerate(known, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != other))
            if before and j > 1 and letter == known[j - 2] and word[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        before, row = row, following
    return row[-1] <= limit
