"""Exact reasoning about the sets of requests that statements match: pure, it opens nothing."""
