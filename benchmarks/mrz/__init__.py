"""Machine-readable zones by camera: pictures from a seed, and what the phone's reader makes of them."""
