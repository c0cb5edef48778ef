"""Write docs/reference/settings.md from the settings themselves: python -m tools.settings_page. A test holds it equal.

Every setting is read by a typed reader of ``inward.config.environment``, which notes name, default and meaning.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "settings.md"
_HOME = "/home/of-somebody"
_ASKED = """
import json
from inward.config import settings
known = settings.INWARD_SETTINGS.values()
print(json.dumps([[each.name, each.default, each.meaning, each.secret] for each in known]))
"""
_START = """# Settings

Settings come from the environment. A setting that makes no sense ends the program with a sentence that says which and
why (exit status 1). `NAME_FILE` names a file that holds the value, for secrets: `INWARD_SECRET_KEY_FILE=/run/secrets/key`.
`inward doctor --settings` lists what is in force; secrets are never shown. `inward init --settings-file FILE` writes those
that differ from their defaults into a file for service units.

This page is written from the program by `python -m tools.settings_page`.

| setting | default | meaning |
|---|---|---|
"""
_END = """
The default of `INWARD_DATA` is a folder `inward` in `XDG_DATA_HOME`, which is `~/.local/share` when it is not set. The
demo has a folder of its own below it, `inward/demo`.

`./inward` itself reads two more: `INWARD_VENV`, the folder of its environment (`.venv` in the checkout), and
`INWARD_PYTHON`, the Python to make it with.
"""


def page() -> str:
    """The page as it should stand, whatever is set on this machine."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("INWARD_", "XDG_"))}
    env |= {"HOME": _HOME, "INWARD_SECRET_KEY": "only-to-write-a-page-" * 2}
    asked = subprocess.run([sys.executable, "-c", _ASKED], env=env, capture_output=True, text=True, check=True)  # noqa: S603
    rows = [_row(*setting) for setting in sorted(json.loads(asked.stdout))]
    return _START + "\n".join(rows) + "\n" + _END


def _row(name: str, default: str, meaning: str, secret: bool) -> str:  # noqa: FBT001 - as JSON gives it
    data = f"{_HOME}/.local/share/inward"
    shown = default.replace(_HOME, "~") if name == "INWARD_DATA" else default.replace(data, "INWARD_DATA")
    told = f"`{shown}`" if shown else "(empty)"
    return f"| `{name}` | {told} | {meaning}{' A secret.' if secret else ''} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
