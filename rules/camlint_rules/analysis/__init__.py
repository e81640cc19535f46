"""Rules about analysis."""
