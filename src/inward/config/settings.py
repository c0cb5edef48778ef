"""Django's settings, read from the environment. What each means is in docs/reference/settings.md and ``inward doctor``."""

import os
import sys
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from inward.access import providers
from inward.config import environment as env
from inward.config import logs

PACKAGE = Path(__file__).resolve().parent.parent
_HOME = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()

INWARD_DATA = env.directory(
    "INWARD_DATA",
    _HOME / "inward",
    "Folder of the database file and of uploaded files. Holds the SQLite file, the secret key, letters that were not mailed. Back it up.",
)
INWARD_BASE_URL = env.base_url(
    "INWARD_BASE_URL",
    "http://localhost:8000",
    "The address people type. With `https` the cookies are for https only, the browser is told to keep to it (HSTS), and the header `X-Forwarded-Proto` of the proxy is believed. The host in it is the only one that is answered.",
)
INWARD_DEMO = env.flag(
    "INWARD_DEMO", default=False, meaning="Set by inward demo alone: the named world on this machine."
)
_TODAY = env.text(
    "INWARD_TODAY",
    "",
    "A fixed day (YYYY-MM-DD) for demonstrations and tests; empty: the real one. `inward doctor` warns when it is set outside a demo.",
)
try:
    INWARD_TODAY = date.fromisoformat(_TODAY) if _TODAY else None
except ValueError as error:
    raise env.SettingRefused("INWARD_TODAY", f"must be a day such as 2026-02-28, not {_TODAY!r}") from error

INWARD_CLOCK_FILE = str(INWARD_DATA / "clock") if INWARD_DEMO else ""
"""Where the demo keeps how many days its clock is away from the real one; it changes while processes run."""

DEBUG = env.flag(
    "INWARD_DEBUG", default=False, meaning="Show errors with all their details; never where others can reach it."
)
TESTING = "pytest" in sys.modules
_SECRET = env.text(
    "INWARD_SECRET_KEY",
    "",
    "Signs sessions and links; at least 32 characters. Without it, one is made once and kept in the file `secret-key` beside the data. Several machines need the same one.",
    secret=True,
)


def _secret_key() -> str:
    """The key given, or one made once and kept beside the data, readable only by its owner."""
    if _SECRET:
        if len(_SECRET) < 32:  # noqa: PLR2004 - said in the setting's meaning
            raise env.SettingRefused("INWARD_SECRET_KEY", "must have at least 32 characters")
        return _SECRET
    if TESTING:
        return "only-for-tests-" * 3
    return env.kept_secret(INWARD_DATA / "secret-key")


SECRET_KEY = _secret_key()
DATABASES = {
    "default": env.database(
        "INWARD_DATABASE_URL",
        f"sqlite://{INWARD_DATA / 'inward.sqlite3'}",
        "Where the data lives: SQLite or PostgreSQL. `sqlite:///FILE`, or `postgresql://USER:PASSWORD@HOST:PORT/NAME` (15 or newer). A socket folder: `postgresql://USER@/NAME?host=/run/postgresql`.",
    )
}
_on_sqlite = str(DATABASES["default"]["ENGINE"]).endswith("sqlite3")
if TESTING and _on_sqlite:
    # A file, as in real life: tests with threads and processes share it, and a memory database has other locks.
    DATABASES["default"]["TEST"] = {"NAME": f"{INWARD_DATA / 'test.sqlite3'}"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_site = urlsplit(INWARD_BASE_URL)
_local = _site.hostname in ("localhost", "127.0.0.1", "::1")
ALLOWED_HOSTS = [_site.hostname or "localhost", *(["localhost", "127.0.0.1", "[::1]", "testserver"] if _local else [])]
CSRF_TRUSTED_ORIGINS = [INWARD_BASE_URL]
CSRF_FAILURE_VIEW = "inward.web.door.unsent.form_expired"
ROOT_URLCONF = "inward.config.urls"
WSGI_APPLICATION = "inward.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials",
    "django_htmx",
    "csp",
    "inward.kit.apps.KitConfig",
    "inward.parties.apps.PartiesConfig",
    "inward.access.apps.AccessConfig",
    "inward.notices.apps.NoticesConfig",
    "inward.catalogue.apps.CatalogueConfig",
    "inward.ledger.apps.LedgerConfig",
    "inward.trade.apps.TradeConfig",
    "inward.desk.apps.DeskConfig",
    "inward.insight.apps.InsightConfig",
    "inward.api.apps.ApiConfig",
    "inward.web.components",
    "inward.web.door",
    "inward.web.home",
    "inward.web.books",
    "inward.web.office",
    "inward.web.workbench",
    "inward.web.letters.apps.LettersConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

if INWARD_DEMO or TESTING:
    INSTALLED_APPS.append("inward.demo.front.apps.DemoConfig")

MIDDLEWARE = [
    "inward.config.observing.ObservingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "inward.config.programs.ProgramsMiddleware",  # calls of the API without a session go no further down
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "inward.access.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "inward.web.components.errors.ProblemMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # after the problems: that allauth asks who it is, is none
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                *(["inward.demo.front.strip.strip"] if INWARD_DEMO else []),
            ],
        },
    },
]

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["inward.access.backend.SignInBackend"]
INWARD_BREACHED_PASSWORDS = env.existing_file(
    "INWARD_BREACHED_PASSWORDS",
    "File of SHA-1 hashes of passwords known to thieves, in order; a password in it is refused. Without it none is looked up; nothing is ever sent anywhere.",
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "inward.access.passwords.LengthRule"},
    {"NAME": "inward.access.passwords.OwnNameRule"},
    {"NAME": "inward.access.passwords.CommonRule"},
    {"NAME": "inward.access.passwords.BreachRule"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if TESTING  # tests sign in hundreds of times; nothing of theirs is kept
    else "inward.demo.front.passwords.ShownPassword"
    if INWARD_DEMO
    else "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
INWARD_OPEN_PREFIXES = ("/api/", "/scim/", "/healthz", "/readyz", "/metrics")
"""Addresses that check by themselves who asks, or need not know."""
INWARD_UNNAMED_PREFIXES = ("/speak-up/",)
"""Addresses at which nobody is known, noted or counted, whoever is signed in."""
LOGIN_URL = "welcome" if INWARD_DEMO else "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "inward.web.door.forms.SignIn",
    "change_password": "inward.web.door.forms.ChangePassword",
    "set_password": "inward.web.door.forms.SetPassword",
}
ACCOUNT_ADAPTER = "inward.access.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited, they do not sign up
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "reset_password": "20/h/ip,5/h/key",
    "change_email": "5/h/user",
    "link": "30/m/ip",
    "sign_on": "300/m/ip",
}
"""How often something may be tried, by address (ip), by user, by name or e-mail address typed (key)."""
MFA_ADAPTER = "inward.access.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "inward.web.door.forms.AddPasskey",
    "edit_webauthn": "inward.web.door.forms.RenamePasskey",
    "authenticate_webauthn": "inward.web.door.forms.ShowPasskey",
    "login_webauthn": "inward.web.door.forms.SignInByPasskey",
    "reauthenticate_webauthn": "inward.web.door.forms.ShowPasskeyAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Inward"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # only addresses that were confirmed are kept, and not in allauth's tables
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
INWARD_SECOND_FACTOR = env.choice(
    "INWARD_SECOND_FACTOR",
    "off",
    ("off", "roles", "all"),
    "Who must sign in with a second factor: `off` (nobody), `roles` (who holds a role that was granted) or `all`.",
)
_PROVIDERS = env.existing_file(
    "INWARD_SIGN_IN_PROVIDERS",
    "File (TOML) of the providers of single sign-on by whose word people come in. Without it, nobody's. Its form: sign in with [OIDC](../howto/sign-in-with-oidc.md) or [SAML](../howto/sign-in-with-saml.md).",
)
try:
    INWARD_PROVIDERS = () if _PROVIDERS is None else providers.read(_PROVIDERS)
except providers.ProvidersRefused as error:
    raise env.SettingRefused("INWARD_SIGN_IN_PROVIDERS", f"names a file that {error}") from error
INWARD_SAML_ENTITY_ID = env.entity_id(
    "INWARD_SAML_ENTITY_ID",
    "By which name providers that speak SAML know this house. Without it, the address of its metadata for that provider. What a provider knows already, it must go on being called.",
)
INWARD_SAML_KEY = env.text(
    "INWARD_SAML_KEY",
    "",
    "Private key (RSA, PEM) that signs what is asked of SAML providers and reads assertions encrypted for us. Only together with `INWARD_SAML_CERTIFICATE`.",
    secret=True,
)
INWARD_SAML_CERTIFICATE = env.text(
    "INWARD_SAML_CERTIFICATE",
    "",
    "Certificate (PEM) of `INWARD_SAML_KEY`, as our metadata show it; self-signed is usual. Without both, nothing is signed and assertions come unencrypted over https.",
)
INWARD_LOCAL_SIGN_IN = env.choice(
    "INWARD_LOCAL_SIGN_IN",
    "all",
    ("all", "administrators"),
    "Who may sign in by password or passkey: `all`, or only `administrators` (operators and data administrators of everything, for the day on which no provider answers).",
)
INWARD_SETUP_PREFIXES = ("/door/", "/account/second-factor/")
"""Where somebody may go who still owes a second factor."""
INWARD_PROXIES = env.whole(
    "INWARD_PROXIES",
    0,
    most=9,
    meaning="How many proxies of ours stand before the server and add `X-Forwarded-For`. The address of a stranger is the one that the outermost of them saw; with 0 the header is not believed.",
)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_tally",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
"""Counts of attempts and spent codes: in the database, so that all server processes count together."""

LANGUAGE_CODE = env.choice(
    "INWARD_LANGUAGE", "en", ("en", "nb", "it", "id"), "Language of whoever has chosen none: `en`, `nb`, `it` or `id`."
)
INWARD_RECORDS_LANGUAGE = env.spoken(
    "INWARD_RECORDS_LANGUAGE",
    "In which language names of items, categories and schemes, descriptions and job titles are written, by its tag (BCP 47) such as `en` or `nb-NO`. Pages in another language mark them, so that they are read aloud rightly. Empty: not known, nothing is marked.",
)
LANGUAGES = [("en", "English"), ("nb", "Norsk bokmål"), ("it", "Italiano"), ("id", "Bahasa Indonesia")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = env.zone("INWARD_TIME_ZONE", "UTC", "Time zone in which pages show times. A name such as `Europe/Oslo`.")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = INWARD_DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

EMAIL_BACKEND = (
    "django.core.mail.backends.locmem.EmailBackend" if TESTING else env.mail_backend(INWARD_DATA / "letters")
)
if INWARD_DEMO:
    EMAIL_BACKEND = "inward.demo.front.letters.OneFileEach"
(EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL) = env.mail()
EMAIL_FILE_PATH = str(INWARD_DATA / "letters")
DEFAULT_FROM_EMAIL = env.text("INWARD_MAIL_FROM", "Inward <inward@localhost>", "Sender of letters.")
INWARD_INBOX = env.inbox()
"""The mailbox that answers to letters come to; None: there is none."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
_secure = _site.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 21 * 3600  # once a day; nobody is signed out of what they do within twenty hours (WCAG 2.2.1)
CSRF_COOKIE_HTTPONLY = False
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
INWARD_BASKET_ASKED_AFTER = env.whole(
    "INWARD_BASKET_ASKED_AFTER",
    7,
    "Days after which whoever left something in the basket is asked once why",
    most=365,
)
INWARD_EVIDENCE_MB = env.whole(
    "INWARD_EVIDENCE_MB",
    10,
    "Largest file, in megabytes, that may be brought to show a share, a power, an inside rule or a merger; 0: none is taken. They lie in the folder `files` of `INWARD_DATA`, and every backup holds them.",
    most=200,
)
INWARD_OPENING_MINUTES = env.whole(
    "INWARD_OPENING_MINUTES",
    60,
    "How many minutes a confidential person stays open to whoever has opened that person for a stated reason; 0: nobody opens any.",
    most=24 * 60,
)
INWARD_OPENINGS_AN_HOUR = env.whole(
    "INWARD_OPENINGS_AN_HOUR",
    5,
    "How many confidential people one user may open within an hour; 0: nobody opens any.",
    most=1_000,
)
INWARD_RATE_DAYS = env.whole(
    "INWARD_RATE_DAYS",
    7,
    "For how many days an exchange rate is used after its own while no later one is told, since none are published at weekends and holidays; rates told with a last day are used through it.",
    most=366,
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

_CALLS_MOST = 1_000_000_000
INWARD_API_CALLS = env.whole(
    "INWARD_API_CALLS",
    1200,
    "Calls of the API a minute for each token or signed-in user; 0: no limit. Counted for all web processes of one machine together; several machines count apart.",
    most=_CALLS_MOST,
)
INWARD_API_STRANGERS = env.whole(
    "INWARD_API_STRANGERS",
    60,
    "Calls a minute from one address that name nobody we know; 0: no limit. Beyond it they are answered 429; whoever shows a token that holds is never held up by a stranger at her address.",
    most=_CALLS_MOST,
)
if TESTING:  # hundreds of tests call from one address within the minute that they all play in
    INWARD_API_CALLS = INWARD_API_STRANGERS = 0

INWARD_METRICS_TOKEN = env.text(
    "INWARD_METRICS_TOKEN",
    "",
    "Who sends it as `Authorization: Bearer …` may read `/metrics`. Without it, only this machine itself may, and not through a proxy.",
    secret=True,
)
LOGGING = logs.settings(
    env.choice(
        "INWARD_LOG", "plain", ("plain", "json"), "Form of the lines of the log, on standard error: `plain` or `json`."
    ),
    env.choice(
        "INWARD_LOG_LEVEL",
        "info",
        ("debug", "info", "warning", "error"),
        "From which level on lines are written: `debug`, `info` (one line a request), `warning` or `error`.",
    ),
    debug=DEBUG,
)

INWARD_DEMO_PASSWORD = env.kept_secret(INWARD_DATA / "password", env.typed_secret) if INWARD_DEMO else ""
INWARD_SETTINGS = env.KNOWN
"""Every setting that was read, for ``inward doctor --settings`` and its page in the reference."""
