"""What a process loads before it can do anything: nothing that only the comparing of lists needs."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ASK = """
import sys, django
django.setup()
import timpora.config.urls
print(" ".join(sorted({"splink", "duckdb", "pandas", "pyarrow"} & set(sys.modules))))
if "link" in sys.argv:
    from timpora.apps.intake.linkage import link
    link([])
    print("splink" in sys.modules)
"""


def loaded(*words: str) -> list[str]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "timpora.config.settings_test"}
    done = subprocess.run(
        [sys.executable, "-c", ASK, *words],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


def test_a_process_that_compares_nothing_does_not_load_what_comparing_needs():
    assert loaded("link") == ["", "True"]
