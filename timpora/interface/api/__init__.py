"""The agencies' machine exchange."""
