# Short names for what is done often. `just` is a convenience; ./inward does all of it without.

test *ARGS:
    ./inward test {{ARGS}}

demo *ARGS:
    ./inward demo {{ARGS}}

lint:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy
    .venv/bin/lint-imports

# Bring the catalogues of page texts up to date
words:
    .venv/bin/python -m tools.catalogues

# Write constraints.txt anew (needs uv)
lock:
    uv pip compile --universal --python-version 3.11 --strip-extras --no-header --no-annotate --extra dev pyproject.toml -o constraints.txt
