"""Django finds commands in `commands`."""
