"""The pages that only the demo has: first screen, somebody's shoes, the strip, letters, tours, "now yours".

Never installed in a real site (docs/decisions/0040). Its acts go through the operations that everybody uses.
"""
