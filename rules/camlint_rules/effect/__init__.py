"""Rules about effect."""
