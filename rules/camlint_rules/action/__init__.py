"""Rules about action."""
