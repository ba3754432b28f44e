"""Background jobs of the intake."""

from uuid import UUID

from django.db import close_old_connections
from procrastinate.contrib.django import app

from timpora.apps.intake.importing import submission_run
from timpora.kernel.access.actor import system_actor
from timpora.kernel.access.machine_roles import MesinLatar

MACHINE = system_actor(MesinLatar.slug, "Mesin latar")


@app.task(name="intake.submission_import", queue="intake")
def submission_import(submission_id: str) -> None:
    """Take one list in; a job that was cut off is queued again and goes on where it stopped."""
    try:
        submission_run(MACHINE, UUID(submission_id))
    finally:
        close_old_connections()
