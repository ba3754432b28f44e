"""How days and sums are written in Indonesian sentences and letters."""

from datetime import date


def tanggal(day: date) -> str:
    """Write a day as offices do: 21-08-2024."""
    return f"{day:%d-%m-%Y}"


def rupiah(amount: int) -> str:
    """Write a sum with points between thousands: Rp37.000.000."""
    return f"Rp{amount:,}".replace(",", ".")
