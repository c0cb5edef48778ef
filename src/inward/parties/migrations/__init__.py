"""The tables of the parties room, one idea a step."""
