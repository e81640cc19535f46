"""Where a policy lives inside a file, and of which kind it is there."""
