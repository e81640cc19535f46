"""The parser of a command's arguments: argparse, with errors that say what was probably meant."""

import argparse
from collections.abc import Callable

from camlint.cli.failure import Failure
from camlint.nearest import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """Knows the options of one command; raises Failure where argparse would print its usage.

    ``usage`` is what stands behind the command's name: the words that aren't options are left to
    the command, so that they may stand before, between and behind the options.
    """

    def __init__(self, command: str, usage: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"camlint {command}",
            usage=f"%(prog)s {usage}",
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=_make_formatter,
        )

    def error(self, message: str) -> "NoReturn":
        """Raise Failure with the message of argparse."""
        told = message.removeprefix("argument ")
        raise Failure(f"{told}\n`{self.prog} --help` lists the options")

    def read(self, arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
        """The options by name, and the other words; what stands behind ``--`` is no option."""
        end = arguments.index("--") if "--" in arguments else len(arguments)
        given, words = self.parse_known_args(arguments[:end])
        for word in words:
            if word.startswith("-") and word != "-":
                option = word.partition("=")[0]
                hint = did_you_mean(option, self._option_string_actions)
                self.error(f'there is no option "{option}"{hint}')
        return given, words + arguments[end + 1 :]


def _make_formatter(prog: str) -> argparse.HelpFormatter:
    """A formatter of fixed width; asking the terminal for its own would import half of shutil."""
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=80)


def one_of(*words: str) -> Callable[[str], str]:
    """What turns the argument of an option into one of the words, or tells which there are."""

    def choose(text: str) -> str:
        if text in words:
            return text
        raise argparse.ArgumentTypeError(
            f'"{text}" is none of {", ".join(words)}{did_you_mean(text, words)}'
        )

    return choose
