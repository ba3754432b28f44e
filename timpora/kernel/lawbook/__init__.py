"""The law in force: the files that ship, and what the centre loaded on top without a release."""
