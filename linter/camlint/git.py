"""Asks git which files a directory holds: the only module that starts another program."""

import os
import subprocess

ALONE = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
"""A repository's own configuration can otherwise name a program for git to run.

Source: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corefsmonitor
"""

LIST_FILES = ("ls-files", "--cached", "--others", "--exclude-standard", "-z")

ELSEWHERE = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_WORK_TREE",
    }
)
"""What a hook inherits from git: it would answer for the hook's repository, whatever is asked."""


class NotListed(Exception):
    """Git didn't list the files of a directory; the text says why.

    ``expected`` is True where there is no git or no repository: nothing that anyone needs to hear.
    """

    def __init__(self, reason: str, *, expected: bool) -> None:
        super().__init__(reason)
        self.expected = expected


def list_files(directory: str) -> list[str]:
    """The files below a directory that git tracks or would track, relative to it.

    Raises NotListed.
    """
    git = find_git()
    if git is None:
        raise NotListed("git is not installed", expected=True)
    code, listed, complaint = _ask(git, directory, *LIST_FILES)
    if code:
        raise NotListed(f"git refused: {complaint}", expected="not a git repository" in complaint)
    if complaint:
        raise NotListed(f"git listed only a part: {complaint}", expected=False)
    if not listed and _ask(git, directory, "check-ignore", "--quiet", ".")[0] == 0:
        raise NotListed("git ignores it", expected=False)
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


def find_git() -> str | None:
    """Where git is, by the absolute entries of PATH: a scanned folder can't offer one of its own."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def _ask(git: str, directory: str, *question: str) -> tuple[int, bytes, str]:
    """The exit code, output and first line of complaint of git, run in the directory."""
    environ = {key: value for key, value in os.environ.items() if key not in ELSEWHERE}
    environ |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            [git, *ALONE, *question],
            cwd=directory,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise NotListed(f"git can't be run: {error.strerror}", expected=False) from error
    complaint = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
    return done.returncode, done.stdout, complaint
