"""The version of camlint, a constant so that start-up reads no metadata."""

VERSION = "0.1.0"
