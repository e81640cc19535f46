"""Rules about resource."""
