"""What every capability stands on; it knows Django and no capability."""
