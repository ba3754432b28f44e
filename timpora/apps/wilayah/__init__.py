"""Places and reference tables: regions to the village, office areas, checkpoints, visa lists."""
