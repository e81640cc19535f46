"""Text to plain values, and the place of any value on demand: the only package that parses."""
