"""The kit's migrations."""
