"""A resource template: the six-segment form in which a service's documents describe a resource."""

from functools import lru_cache

from camlint.patterns import split_resource


class ResourceTemplate:
    """One template, such as ``qcs::cdb:${region}:uin/${uin}:instanceId/${instanceId}``.

    ``${…}`` and ``*`` stand for what a policy fills in. ``service`` may be another than that of the
    action it is documented for. ``type`` is what stands before the first ``/`` of the last segment,
    empty where that is no fixed word (COS: ``${bucket-appid}/*``). ``regional`` says whether the
    region segment is filled in, ``account_form`` is ``"uin"``, ``"uid"`` or ``""`` (left empty).
    """

    __slots__ = ("account_form", "every", "region", "regional", "service", "tail", "text", "type")

    def __init__(self, text: str) -> None:
        six = split_resource(text)
        if six is None:
            raise ValueError(f'"{text}" is no resource in six segments')
        self.text = text
        self.service = six.service.text
        self.region = six.region.text
        self.regional = bool(self.region)
        self.account_form = six.account.text.partition("/")[0]
        self.tail = six.tail.text
        head = six.resource_type.text
        self.type = "" if "$" in head or "*" in head else head
        self.every = self.tail == f"{self.type}/*"

    def __repr__(self) -> str:
        return f"ResourceTemplate({self.text!r})"

    def names_type(self, spelling: str) -> bool:
        """Whether a resource type is this template's; templates agree on spelling, not on case."""
        return bool(self.type) and self.type.lower() == spelling.lower()

    @property
    def pattern(self) -> str:
        """The template as a glob: each ``${…}`` is ``*``."""
        return _glob(self.text)


@lru_cache(maxsize=1024)
def read_template(text: str) -> ResourceTemplate:
    """The template with this text."""
    return ResourceTemplate(text)


def _glob(text: str) -> str:
    head, *rest = text.split("${")
    return head + "".join("*" + part.partition("}")[2] for part in rest)
