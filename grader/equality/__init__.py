"""Whether two written formulas mean the same: read, evaluated, compared, and never guessed.

`answers.compare` is the way in. Nothing is imported here: who needs one small module of this room loads no more.
"""
