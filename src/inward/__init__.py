"""Inward: an internal customer platform. Who is inside, at which price, and why; from asking to the books."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("inward")
except PackageNotFoundError:  # pragma: no cover - a checkout that was never installed
    __version__ = "0.0.0"
