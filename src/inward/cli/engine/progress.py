"""A bar on standard error for long runs. It knows nothing of what is done; without ``shown`` it says nothing."""

import sys
import time
from types import TracebackType
from typing import Self

_WIDTH = 30
_EVERY_SECONDS = 0.1


class Progress:
    """Counts lines and bytes; where the size of the whole is known, draws a bar."""

    def __init__(self, size: int | None, *, shown: bool) -> None:
        self._size, self._shown = size, shown
        self._lines = self._bytes = 0
        self._drawn_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._draw()
            sys.stderr.write("\n")

    def advance(self, size: int) -> None:
        """One more line, of so many bytes."""
        self._lines += 1
        self._bytes += size
        if self._shown and time.monotonic() - self._drawn_at >= _EVERY_SECONDS:
            self._draw()

    def _draw(self) -> None:
        self._drawn_at = time.monotonic()
        bar = ""
        if self._size:
            done = min(1.0, self._bytes / self._size)
            bar = f"[{'#' * int(done * _WIDTH):<{_WIDTH}}] {done:4.0%} "
        sys.stderr.write(f"\r{bar}{self._lines:,} lines")
        sys.stderr.flush()
