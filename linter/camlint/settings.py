"""What rules may see of a configuration: facts about the user's own cloud."""


class Settings:
    """Facts that a user stated; an empty tuple means that nothing was said.

    ``accounts`` are the user's own root account UINs (digits), ``sdkappids`` the SDKAppIDs that
    exist (digits).
    """

    __slots__ = ("accounts", "sdkappids")

    def __init__(self, accounts: tuple[str, ...] = (), sdkappids: tuple[str, ...] = ()) -> None:
        self.accounts = accounts
        self.sdkappids = sdkappids

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and (self.accounts, self.sdkappids) == (
            other.accounts,
            other.sdkappids,
        )

    def __hash__(self) -> int:
        return hash((self.accounts, self.sdkappids))


NOTHING_STATED = Settings()
