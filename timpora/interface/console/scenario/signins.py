"""The sign-ins of the cast as the start command prints them."""

from timpora.interface.console.scenario.cast import demo_password, officers
from timpora.kernel.access.roles import ROLES

# One of each kind of desk, in the order of the work: lists, targets, field, posko, decision, proof.
SHOWN = ("salasiah", "hamdan", "norhayati", "rusdi", "arbain", "ratna", "aminah", "laksmi", "suryo", "teguh")


def sign_ins_text() -> str:
    """Return whom to be, with role and unit; the password is published and for the demonstration only."""
    people = officers()
    lines = [f"Masuk sebagai (kata sandi: {demo_password()}, hanya untuk peragaan):"]
    for username in SHOWN:
        given = people[username].assignments[0]
        lines.append(f"  {username:<12} {ROLES[given.role].name}, {given.unit}")
    return "\n".join(lines) + "\n"
