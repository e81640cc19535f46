"""What a repository calls a file: its path from the folder that git keeps its data in."""

import os

from camlint.globs import show_path

MARK = ".git"
"""A folder in a repository, a file in a worktree and in a submodule.

Source: https://git-scm.com/docs/gitrepository-layout
"""


class Repositories:
    """Finds the repositories of files by looking at folders; no process is started."""

    __slots__ = ("_here", "_roots")

    def __init__(self) -> None:
        self._here = os.path.realpath(os.getcwd())
        self._roots: dict[str, str] = {}

    def path_of(self, path: str) -> str:
        """The path of a file from the root of its repository, with ``/``.

        Outside any repository it is seen from the current directory, and absolute where it isn't
        below that. A link is followed: a repository holds the file where the link leads.
        """
        real = os.path.realpath(os.path.join(self._here, path))
        return show_path(real, self._root_of(os.path.dirname(real)))

    def _root_of(self, folder: str) -> str:
        passed = []
        while folder not in self._roots:
            passed.append(folder)
            parent = os.path.dirname(folder)
            if os.path.lexists(os.path.join(folder, MARK)):
                self._roots[folder] = folder
            elif parent == folder:
                self._roots[folder] = self._here
            else:
                folder = parent
        root = self._roots[folder]
        self._roots.update(dict.fromkeys(passed, root))
        return root
