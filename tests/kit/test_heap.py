"""Rings of values are looked for after the block and not in it, whatever happens in it."""

import gc

import pytest

from inward.kit.heap import looked_through_later


def test_nobody_looks_for_rings_in_the_block_and_afterwards_as_before() -> None:
    with looked_through_later():
        assert not gc.isenabled()
        with looked_through_later():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_in_the_block_lets_python_look_again() -> None:
    with pytest.raises(ZeroDivisionError), looked_through_later():
        _ = 1 / 0
    assert gc.isenabled()


def test_where_nobody_looks_nobody_begins_to() -> None:
    gc.disable()
    try:
        with looked_through_later():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
