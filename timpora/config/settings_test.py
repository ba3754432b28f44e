"""Settings of the tests: the same file, on a throw-away PostgreSQL that forgets when it dies.

The cluster is started here, since pytest-django reads DATABASES before any hook of ours runs. Tests
create and migrate their database as the owner and then run as the program's role, so that row-level
security is on in every test.
"""

import hashlib
import os
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_MARK = hashlib.sha256(str(_ROOT).encode()).hexdigest()[:8]
TEST_DATA = Path(tempfile.gettempdir()) / f"timpora-test-{os.getuid()}-{_MARK}"
os.environ.setdefault("TIMPORA_DATA", str(TEST_DATA))
os.environ.setdefault("TIMPORA_AS_OWNER", "1")

from timpora.config.messages import compile_stale  # noqa: E402
from timpora.config.settings import *  # noqa: E402,F403 - after the folder is chosen
from timpora.config.settings import DATA, INSTALLED_APPS, STORAGES  # noqa: E402
from timpora.kernel.database.embedded import APP, OWNER, EmbeddedServer  # noqa: E402

compile_stale()
DATA.mkdir(parents=True, exist_ok=True, mode=0o755)
# WhiteNoise warns about an absent folder, and warnings are errors in tests.
(DATA / "static").mkdir(exist_ok=True)
SERVER = EmbeddedServer(DATA / "postgres", is_forgetful=True)
SERVER.start()
APP_ROLE = APP
DATABASES = {"default": SERVER.address(OWNER).to_django({})}
DATABASES["default"]["TEST"] = {"NAME": "test_timpora"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = list(INSTALLED_APPS)
# Pages under test take their files straight from the source folders.
(DATA / "static").mkdir(exist_ok=True)
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
