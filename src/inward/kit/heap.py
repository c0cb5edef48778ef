"""When Python looks for rings of values that nothing but themselves refers to: what goes by reference counts needs no looking."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def looked_through_later() -> Iterator[None]:
    """Look for rings after the block, not in it: for work on a thousand things whose values all live to its end.

    Looking through them again and again meanwhile was a quarter of the processor time of a billing run. It holds for the
    whole process, so the block is to be short; inside another one, or where nobody looks at all, it changes nothing.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
