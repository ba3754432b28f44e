"""What officers saw and reported to the posko (temuan)."""
