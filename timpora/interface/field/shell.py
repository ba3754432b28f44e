"""What of the form lies on the phone for every opening: page and files without a word about anybody (P34)."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from timpora.interface.field.book import book, camera_files

WORKER: Final = Path(__file__).with_name("worker.js")
# Whatever the page names of our files: sources, links, and the modules that it loads by name.
FILE: Final = re.compile(r'="(/[^"#?]+)')
DIGEST_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Shell:
    """One language's page, the files it needs, and the digest by which a phone tells it from an older one."""

    language: str
    page: str
    files: tuple[str, ...]
    version: str

    @property
    def address(self) -> str:
        """Return where the page lies that the worker keeps."""
        return f"{reverse('field:shell')}?{urlencode({'bahasa': self.language})}"


def language_of(asked: str) -> str:
    """Return `asked` where it is a language of ours, and else Indonesian."""
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@lru_cache
def shell_of(language: str) -> Shell:
    """Return the shell in a language; no request takes part, so nothing of anybody's can."""
    with translation.override(language):
        page = render_to_string("field/home.html", {"book": book(), "language": language})
    files = tuple(sorted({name for name in FILE.findall(page) if name.startswith(settings.STATIC_URL)}))
    told = json.dumps([page, files, WORKER.read_text("utf-8")])
    return Shell(language, page, files, hashlib.sha256(told.encode()).hexdigest()[:DIGEST_LENGTH])


def worker_text(shell: Shell) -> str:
    """Return the service worker that keeps `shell`; another version is another worker."""
    known = {
        "VERSION": shell.version,
        "HOME": reverse("field:home"),
        "PAGE": shell.address,
        "FILES": shell.files,
        "LATER": camera_files(),
    }
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    return head + WORKER.read_text("utf-8")
