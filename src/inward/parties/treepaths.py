"""Paths through a tree as other systems write them: ``/1/3/``, or packed into bits as SQL Server keeps its hierarchyid. Pure."""

_LENGTHS = {"01": 5, "100": 6, "101": 7, "110": 12, "1110": 18, "11110": 21, "00111": 9, "0010": 13}
"""How many bits a step of a packed path has, by the bits with which it begins; its last bit says whether a level ends there."""


def levels_of(path: str) -> tuple[str, ...]:
    """The levels of a path from the top: of ``/1/3/``, or of a packed one in hexadecimal, as SQL Server keeps it.

    ValueError for what is neither.
    """
    if path.startswith("/"):
        return tuple(step for step in path.split("/") if step)
    bits = "".join(f"{int(digit, 16):04b}" for digit in path)
    levels, level = [], ""
    while "1" in bits:  # what is left after the last level only fills its byte
        length = _length(bits)
        level, bits = level + bits[:length], bits[length:]
        if level.endswith("1"):
            levels.append(level)
            level = ""
    if level:
        raise ValueError(path)
    return tuple(levels)


def _length(bits: str) -> int:
    length = next((length for start, length in _LENGTHS.items() if bits.startswith(start)), None)
    if length is None or length > len(bits):
        raise ValueError(bits)
    return length
