"""Asks git what a directory and its history hold: the only module that starts another program."""

import os
import subprocess

ALONE = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
"""A repository's own configuration can otherwise name a program for git to run.

Source: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corefsmonitor
"""

OFFLINE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"}
"""Git would fetch what a clone left out, by programs that the repository's configuration names.

An older git knows only the first of these.
Source: https://git-scm.com/docs/git#Documentation/git.txt-codeGITALLOWPROTOCOLcode
"""

REGULAR = frozenset({"100644", "100755"})
"""The modes of regular files in a tree: neither symbolic links nor submodules."""

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


class Refused(Exception):
    """Git can't tell what was asked of a revision; the text says why, and what would do."""


class Revision:
    """A commit of the repository at ``root``; ``name`` is what the user calls it.

    Every path is relative to ``root``, with ``/``. All methods raise Refused.
    """

    __slots__ = ("_commit", "_git", "name", "root")

    def __init__(self, directory: str, name: str) -> None:
        """Find the repository of a directory, and the commit in it. Raises Refused."""
        self._git = find_git() or ""
        if not self._git:
            raise Refused("git is not installed, so there is no revision to compare with")
        self.name = name
        code, out, complaint = self._run(directory, "rev-parse", "--show-toplevel")
        if code or not out.strip():
            raise Refused(self._explain_no_repository(directory, complaint))
        self.root = os.path.realpath(os.fsdecode(out.removesuffix(b"\n")))
        self._commit = self._resolve()

    def list_blobs(self) -> dict[str, str]:
        """The regular files of the revision, each with the name of its contents."""
        listed = self._tell("ls-tree", "-r", "-z", "--full-tree", self._commit)
        blobs: dict[str, str] = {}
        for row in listed.split(b"\0"):
            head, tab, path = row.partition(b"\t")
            if tab:
                mode, _, blob = head.decode("ascii").split(" ")
                if mode in REGULAR:
                    blobs[os.fsdecode(path)] = blob
        return blobs

    def find_renames(self) -> dict[str, str]:
        """The paths that files have now, as far as git knows them, to those in the revision."""
        options = ("--cached", "-M", "--diff-filter=R", "--name-status", "-z", "--no-ext-diff")
        told = self._tell("diff-index", *options, "--ignore-submodules=all", self._commit, "--")
        words = [os.fsdecode(word) for word in told.split(b"\0")]
        return {words[at + 2]: words[at + 1] for at in range(0, len(words) - 2, 3)}

    def read_blobs(self, blobs: list[str]) -> list[bytes]:
        """The contents of files, by their names, as the revision stores them."""
        given = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
        out = self._tell("cat-file", "--batch", given=given)
        contents: list[bytes] = []
        at = 0
        for blob in blobs:
            end = out.index(b"\n", at)
            head = out[at:end].split(b" ")
            if len(head) != 3:
                raise Refused(self._explain_lack(f"{blob} is missing"))
            size = int(head[2])
            contents.append(out[end + 1 : end + 1 + size])
            at = end + size + 2
        return contents

    def _resolve(self) -> str:
        name = self.name
        if not name or name.startswith("-"):
            raise Refused(
                f'"{name}" is no revision; name a branch, a tag or a commit, such as main'
            )
        asked = f"{name}^{{commit}}"
        code, out, _ = self._run(self.root, "rev-parse", "--verify", "--quiet", asked)
        if not code:
            return out.decode("ascii").strip()
        shallow = self._run(self.root, "rev-parse", "--is-shallow-repository")[1].strip() == b"true"
        if shallow:
            raise Refused(
                f'git knows no revision "{name}" here: this clone is shallow; fetch the revision '
                "first, in GitHub Actions with fetch-depth: 0 of actions/checkout"
            )
        if not self._run(self.root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")[0]:
            raise Refused(
                f'git knows no revision "{name}" here; `git branch --all` lists the branches, and '
                "`git fetch` gets those of a remote"
            )
        raise Refused(f'git knows no revision "{name}" here: nothing was committed yet')

    def _explain_no_repository(self, directory: str, complaint: str) -> str:
        way_out = "compare two files instead: camlint compare OLD NEW"
        if "not a git repository" in complaint or not complaint:
            return f"{directory} is in no git repository, so it has no revisions; {way_out}"
        return f"git refused: {complaint}"

    def _explain_lack(self, complaint: str) -> str:
        return (
            f"git can't tell all that {self.name} holds: {complaint}\n"
            "nothing is fetched; if this clone was made with --filter, make one without"
        )

    def _tell(self, *question: str, given: bytes = b"") -> bytes:
        code, out, complaint = self._run(self.root, *question, given=given)
        if code:
            raise Refused(self._explain_lack(complaint))
        return out

    def _run(self, directory: str, *question: str, given: bytes = b"") -> tuple[int, bytes, str]:
        try:
            return _ask(self._git, directory, *question, given=given)
        except NotListed as refusal:
            raise Refused(str(refusal)) from refusal


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


def _ask(git: str, directory: str, *question: str, given: bytes = b"") -> tuple[int, bytes, str]:
    """The exit code, output and first line of complaint of git, run in the directory.

    ``given`` is what it reads. Raises NotListed when it can't be run.
    """
    environ = {key: value for key, value in os.environ.items() if key not in ELSEWHERE}
    environ |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", **OFFLINE}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            [git, *ALONE, *question],
            cwd=directory,
            env=environ,
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise NotListed(f"git can't be run: {error.strerror}", expected=False) from error
    complaint = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
    return done.returncode, done.stdout, complaint
