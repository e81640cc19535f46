"""``camlint summarize --risk``: what the holder of policies can do that a reviewer should know of."""

import os
from collections.abc import Sequence

from camlint.bundle_files import BundleError, FoundBundle, find_bundles
from camlint.bundle_run import Hosted, read_bundle
from camlint.catalog.catalog import Catalog
from camlint.cli.configured import config_of, find_configs
from camlint.cli.failure import Failure
from camlint.cli.policies import FoundPolicy, Policies
from camlint.config import Config, Configs
from camlint.hosts.search import HostedPolicy, find_policies
from camlint.policy.policy import Policy
from camlint.policy.read import read_policy
from camlint.registry import load_registry
from camlint.report.report import Write
from camlint.report.risk import show_risk, show_sum
from camlint.report.risk_json import dump_risks
from camlint.report.risk_markdown import show_risk_markdown
from camlint.report.terminal import Paint
from camlint.selection import Selection
from camlint.settings import Settings
from camlint.source import read_source
from camlint.syntax.document import read_document
from camlint.tasks.assess_risk import HeldDocument, assess
from camlint.tasks.risk import Risk


def summarize_risk(
    policies: Policies, config: str | None, form: str, write: Write, paint: Paint
) -> None:
    """Write the risk of each policy, and of the bundles that any of them is in, the worst first.

    Raises Failure where a configuration, or a bundle in it, can't be used.
    """
    risks = _Assessments(find_configs(config, load_registry())).assess(policies)
    if form == "json":
        left_out = ((one.path, one.address, one.reason) for one in policies.left_out)
        write(dump_risks(risks, left_out))
    elif form == "markdown":
        if risks:
            write("".join(f"{line}\n" for line in show_risk_markdown(risks)))
    elif risks:
        for risk in risks:
            write("".join(f"{line}\n" for line in show_risk(risk, paint)) + "\n")
        write(show_sum(risks) + "\n")


class _Assessments:
    """Assesses policies under the configuration of each file, and the bundles of those."""

    __slots__ = ("_bundled", "_catalogs", "_configs", "_given")

    def __init__(self, configs: Configs) -> None:
        self._configs = configs
        self._catalogs: dict[Settings, Catalog] = {}
        self._bundled: dict[str, Config] = {}
        self._given: dict[str, list[HostedPolicy]] = {}

    def assess(self, policies: Policies) -> list[Risk]:
        """The risks of all policies and then of bundles, each sorted, the worst first."""
        alone = [self._assess_alone(one) for one in policies]
        together = [
            self._assess_bundle(found)
            for _, config in sorted(self._bundled.items())
            for found in _find(config)
            if not found.paths.isdisjoint(self._given)
        ]
        return [
            *sorted(alone, key=lambda one: one.order),
            *sorted(together, key=lambda one: one.order),
        ]

    def _assess_alone(self, found: FoundPolicy) -> Risk:
        settings, catalog = self._known(found.path)
        self._given.setdefault(found.path, []).append(found.hosted)
        document = HeldDocument(found.path, found.address, found.policy)
        return assess(found.title, (document,), settings, catalog)

    def _assess_bundle(self, found: FoundBundle) -> Risk:
        settings, catalog = self._known(found.files[0].path)
        try:
            read = read_bundle(found, self._open, _read)
        except BundleError as error:
            raise Failure(str(error)) from error
        members = read.bundle.members
        documents = tuple(
            HeldDocument(one.signature.path, one.signature.address, one.policy) for one in members
        )
        return assess(found.name, documents, settings, catalog, bundle=True, unread=read.unread)

    def _open(self, path: str) -> Hosted | None:
        """A file with its policies; what was given on standard input is no file."""
        try:
            source = read_source(path)
        except OSError:
            return None
        hosted = find_policies(read_document(source))
        return (source, hosted) if hosted else None

    def _known(self, path: str) -> tuple[Settings, Catalog]:
        """What the configuration for a file states, with a catalogue that knows of it."""
        absolute = os.path.abspath(path)
        config = config_of(absolute, self._configs)
        if config.bundles:
            self._bundled[config.path] = config
        settings = config.resolve(config.matching(absolute), Selection())[1]
        if settings not in self._catalogs:
            self._catalogs[settings] = Catalog(settings.additions)
        return settings, self._catalogs[settings]


def _find(config: Config) -> Sequence[FoundBundle]:
    try:
        return find_bundles(config)
    except BundleError as error:
        raise Failure(str(error)) from error


def _read(path: str, host: HostedPolicy) -> Policy:
    """A policy as other policies of the command are read."""
    del path
    if host.value is None:
        raise ValueError("there is nothing to read")
    return read_policy(host.value, host.kind, kind_known=host.kind_known, bare=host.bare)
