"""Template tags of the house: ``{% load components %}``."""
