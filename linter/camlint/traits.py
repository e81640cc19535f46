"""What is known of a value before any rule looks at it, so that most rules needn't."""


class Trait:
    """Bits that a rule may ask for in ``when``; it is then offered only values that have them all.

    They are found while a policy is read, at no cost to speak of. A rule that asks for a trait says
    that without it there is never anything to report.
    """

    BOTH_EFFECTS = 1
    """Policy: it has an allow and a deny."""

    SEVERAL_ALIKE = 2
    """Policy: two of its statements have the same effect."""

    WILDCARD_ACTION = 4
    """Policy, Statement: an action has a wildcard in it."""

    IRREGULAR = 8
    """Policy: not just version 2.0 and a list of statements; Policy, Statement: odd elements."""

    OVERLAPPING_ACTIONS = 16
    """Statement: it has several actions, and a wildcard or a repetition among them."""

    SEVERAL_RESOURCES = 32
    """Statement: it has more than one resource."""

    UNFILLED = 64
    """Policy, Statement, ResourcePattern: some text of it may have to be filled in, or has a variable in it."""

    EVERYTHING = 128
    """Policy, Statement, ResourcePattern: a resource is ``"*"``."""

    LIMITED = 256
    """Policy, Statement: there are resources, and none of a statement's is ``"*"``.

    ResourcePattern: it isn't ``"*"``.
    """

    OPEN = 512
    """Policy, Statement, ResourcePattern: a resource of six segments ends without naming anything."""

    COS = 1024
    """Policy, Statement, ResourcePattern: a resource belongs to COS."""

    STAR = 2048
    """Policy, Statement, ResourcePattern: a resource of six segments has a wildcard in it."""

    REGION = 4096
    """Policy, Statement, ResourcePattern: a resource names a region."""

    PROJECT = 8192
    """Policy, Statement, ResourcePattern: a resource has something in its second segment."""

    CONDITIONAL = 16384
    """Policy, Statement: it has a condition that can be read."""

    LONG = 32768
    """Policy: the text around it is long enough for a limit of CAM to be near."""

    SWEEPING_ACTION = 67108864
    """Policy, Statement: an action may be of any service, as ``*`` and a set of actions may."""

    GRANTING_ACTION = 536870912
    """Policy, Statement: an action may be of a service through which people get rights, as CAM is."""

    DENY = 4194304
    """Policy: it has a deny."""

    DOUBTFUL = 8388608
    """Policy: its allows may all grant nothing, for a deny or for the resources that they name."""

    PRINCIPAL = 16777216
    """Policy, Statement: there is an element for principals, readable or not."""

    STRANGE_RESOURCE = 33554432
    """Policy, Statement: a resource is of a service that no action of its statement is of."""

    MISSING = 65536
    """Malformed: an element isn't there at all."""

    EMPTY = 131072
    """Malformed: there is nothing in it."""

    WRONG_TYPE = 262144
    """Malformed: it is no text, or no list or object where it must be one."""

    UNREADABLE = 524288
    """Malformed: it is text of another form than the grammar asks for."""

    UNCLEAN = 1048576
    """Malformed: it has that form once white space and look-alikes are gone."""

    UNPROVEN = 2097152
    """ResourcePattern: none that differs in its id and account number only is known to be faultless.

    A rule that asks for this says that those make no difference to whether it finds anything.
    """

    READ_ONLY_NAME = 268435456
    """Policy: its name promises that it allows no more than reading."""

    WIDE = 134217728
    """Policy, Statement, ResourcePattern: a resource may be all there is, or all of one type."""

    APPLICATION = 1073741824
    """Policy, Statement, ResourcePattern: a resource is, or should be, named by an SDKAppID."""

    INSTANCE = 2147483648
    """Policy, Statement, ResourcePattern: a resource is of a service whose ids tell what they are of."""
