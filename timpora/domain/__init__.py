"""Law and method as pure functions: standard library only, no clock."""
