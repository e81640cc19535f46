"""Rules about principal."""
