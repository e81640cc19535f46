"""What people and machines get to see of a run: one format a file."""
