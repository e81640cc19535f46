"""What is kept of the policies of a run, so that each can be held against all others."""
