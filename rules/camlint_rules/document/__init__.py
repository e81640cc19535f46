"""Rules about document."""
