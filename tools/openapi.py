"""Write docs/reference/openapi.json anew from the API as it is, for its diff to be reviewed: ``python -m tools.openapi``."""

import json
import os
from pathlib import Path
from typing import Any

KEPT = Path(__file__).resolve().parents[1] / "docs" / "reference" / "openapi.json"


def document() -> dict[str, Any]:
    """The document; of the version only the first number, so that a release alone changes nothing."""
    from inward.api.router import api  # needs Django

    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    found["info"]["version"] = "1"
    return found


def main() -> None:
    """Write it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inward.config.settings")
    import django

    django.setup()
    KEPT.write_text(json.dumps(document(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
