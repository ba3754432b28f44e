"""The one settings file; what differs between places comes from the environment (docs/settings.md)."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from timpora.config.env import Environment
from timpora.kernel.database.address import Address, address_read
from timpora.kernel.database.embedded import APP, OWNER, EmbeddedServer
from timpora.kernel.faults import is_told

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(__file__).resolve().parents[1]

env = Environment()
DATA = env.path("DATA", ROOT / "var")
DATABASE_URL = env.text("DATABASE_URL")
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL")
AS_OWNER = env.flag("AS_OWNER")
DEBUG = env.flag("DEBUG")
HOST = env.text("HOST", "127.0.0.1")
PORT = env.integer("PORT", 8000)
WEB_WORKERS = env.integer("WEB_WORKERS", 2)
LAN_ADDRESS = env.text("LAN_ADDRESS")
LAN_PORT = env.integer("LAN_PORT", 8443)
LAN_URL = f"https://{LAN_ADDRESS}:{LAN_PORT}" if LAN_ADDRESS else ""
# This process is the one that phones of the local network talk to; it speaks TLS itself.
IS_LAN_DOOR = env.flag("LAN_DOOR")
PUBLIC_URL = env.text("PUBLIC_URL", LAN_URL or f"http://localhost:{PORT}")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
if IS_LAN_DOOR:
    ALLOWED_HOSTS = [LAN_ADDRESS]
TEST_REFERENCE = env.text("TEST_REFERENCE")
POOL_MAX = env.integer("POOL_MAX", 8)
PHOTO_MEGABYTES = env.integer("PHOTO_MEGABYTES", 4)
PHOTOS_PER_REPORT = env.integer("PHOTOS_PER_REPORT", 12)
SIGN_IN_TRIES = env.integer("SIGN_IN_TRIES", 8)
# A post on one laptop has a door without TLS beside, for the laptop's own screen.
IS_BEHIND_PROXY = PUBLIC_URL.startswith("https://") and not LAN_ADDRESS
IS_TLS = IS_LAN_DOOR or IS_BEHIND_PROXY
# There somebody on this machine ends TLS before us, and is the peer of every connection.
PROXIES = frozenset(env.names("PROXIES", "127.0.0.1,::1" if IS_BEHIND_PROXY else ""))
# A post is gone after the operation, and its address another's: browsers are not to remember it for a year.
IS_HSTS = IS_BEHIND_PROXY
env.refuse_unknown()


def _secret_key() -> str:
    # The key is made on first use and kept beside the data it protects, never in the repository. The link
    # appears with its content or not at all, so that a process killed here leaves no empty key.
    file = DATA / "secret.key"
    if not file.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        fresh = DATA / f"secret.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            file.hardlink_to(fresh)
        fresh.unlink()
    # Whoever reads the key can sign a session; a copy restored with wider rights is narrowed.
    file.chmod(0o600)
    return file.read_text()


def database_address(role: str) -> Address:
    """Return where `role` (of the program or of the owner) finds the database."""
    if not DATABASE_URL:
        return EmbeddedServer(DATA / "postgres").address(role)
    if role == OWNER:
        return address_read(DATABASE_OWNER_URL or DATABASE_URL)
    return address_read(DATABASE_URL)


SECRET_KEY = _secret_key()
# A pool that goes on trying waits ever longer between two tries; a fresh one tries with the next question.
POOL: dict[str, Any] = {"min_size": 1, "max_size": POOL_MAX, "timeout": 5, "reconnect_timeout": 5}
APP_ROLE = database_address(APP).user
DATABASES = {"default": database_address(OWNER if AS_OWNER else APP).to_django({} if AS_OWNER else POOL)}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton",
    "procrastinate.contrib.django",
    "timpora.kernel.database",
    "timpora.kernel.audit",
    "timpora.kernel.lawbook",
    "timpora.kernel.documents",
    "timpora.kernel.outbox",
    "timpora.apps.wilayah",
    "timpora.apps.identity",
    "timpora.apps.registry",
    "timpora.apps.intake",
    "timpora.apps.indications",
    "timpora.apps.operations",
    "timpora.apps.findings",
    "timpora.apps.cases",
    "timpora.interface.web",
    "timpora.interface.console",
    "timpora.interface.field",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "timpora.interface.web.static_files.StaticFiles",
    "csp.middleware.CSPMiddleware",
    "timpora.interface.web.edge.EdgeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "timpora.interface.web.middleware.OfficerMiddleware",
]

ROOT_URLCONF = "timpora.config.urls"
ASGI_APPLICATION = "timpora.config.asgi.application"
AUTH_USER_MODEL = "identity.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "identity:sign-in"

COTTON_DIR = "components"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "timpora.interface.web.frame.frame",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "timpora.interface.web.templatetags.sentences",
            ],
        },
    },
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "timpora_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LOCALE_PATHS = [PACKAGE / "locale", PACKAGE / "locale/rooms"]
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Packed when gathered, so that a phone loads the form over a thin network.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MIMETYPES = {".geojson": "application/geo+json"}

SESSION_ENGINE = "timpora.interface.sessions"
# Only this very address over TLS sets such a cookie, so that whoever answers over HTTP on a post's network
# plants none (ADR 0021). Behind a proxy the names stay: HSTS does as much, and nobody is signed out.
_HOST = "__Host-" if IS_LAN_DOOR else ""
SESSION_COOKIE_NAME = f"{_HOST}timpora_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_TLS
CSRF_COOKIE_NAME = f"{_HOST}timpora_csrf"
# The proxy in front speaks plain HTTP with us, so that the origin of its pages is not the one we see.
CSRF_TRUSTED_ORIGINS = ["/".join(PUBLIC_URL.split("/")[:3])] if IS_BEHIND_PROXY else []
CSRF_FAILURE_VIEW = "timpora.interface.web.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
SILENCED_SYSTEM_CHECKS: list[str] = []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "timpora.kernel.faults.FaultFormatter"}},
    "filters": {"told": {"()": "django.utils.log.CallbackFilter", "callback": is_told}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Whoever is refused reads why on the page, and what matters of it is in the audit log; no line here.
    "loggers": {
        "timpora": {"level": "INFO"},
        "django.request": {"level": "ERROR", "filters": ["told"]},
        "django.security.csrf": {"level": "ERROR"},
    },
}
PROCRASTINATE_ON_APP_READY = None
# The worker brings in what its jobs need when it starts; no page and no office command waits for that.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["timpora.apps.intake.tasks"]
