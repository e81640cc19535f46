"""Fixes made, judged and written: what is left of a file's problems once those with one are mended."""

from camlint.fixes.fixed import Fixed, Refusal
from camlint.fixes.rounds import Fixer, fix_text

__all__ = ["Fixed", "Fixer", "Refusal", "fix_text"]
