"""The built-in rules of camlint, one file each."""
