"""The trade's reasoning, with nothing of the computer in it.

Values go in; values and reasons come out. Core knows no framework, no clock, no file and no chance, so every
decision can be run again, anywhere, with the same result. It is not a place for wording: reasons are codes with
facts, and the rooms word them.
"""
