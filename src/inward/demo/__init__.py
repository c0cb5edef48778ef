"""The named world: JKL Group, its companies, their departments and people, and a year of dealings.

Deterministic: the same seed, size and day give the same world. It comes in through the doors that users have (a world
directory, the operations of the rooms); nothing here writes a table.
"""
