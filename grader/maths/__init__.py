"""Notation to expression, expression to meaning, meaning to values, values to agreement."""
