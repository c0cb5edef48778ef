"""The tables of the access room, one idea a step."""
