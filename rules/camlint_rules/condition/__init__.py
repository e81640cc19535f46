"""Rules about condition."""
