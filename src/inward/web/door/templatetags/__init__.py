"""Filters for the pages of the door."""
