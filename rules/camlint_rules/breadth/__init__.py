"""Rules about breadth."""
