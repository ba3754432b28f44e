"""How sums are written in Indonesian sentences and letters; days are written by `dates`."""


def rupiah(amount: int) -> str:
    """Write a sum with points between thousands: Rp37.000.000."""
    return f"Rp{amount:,}".replace(",", ".")
