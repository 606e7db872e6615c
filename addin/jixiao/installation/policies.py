"""What an agency's administrators have forbidden, as far as it concerns the add-in."""

from collections.abc import Iterator
from typing import NamedTuple

from jixiao.installation import engines, registry
from jixiao.installation.system import System
from jixiao.wording import doctor as words


class Policy(NamedTuple):
    """A value below an Office version's settings (names as in Microsoft's administrative templates)."""

    key: str
    name: str
    forbids: int
    line: str


OFFICE = (
    Policy("Common", "VBAOff", 1, words.VBA_OFF),
    Policy(r"Excel\Security", "DisableAllAddins", 1, words.ADDINS_OFF),
    Policy(r"Excel\Security\Trusted Locations", "AllLocationsDisabled", 1, words.LOCATIONS_OFF),
    Policy(r"Excel\Security", "RequireAddinSig", 1, words.ADDINS_SIGNED),
    Policy(r"Excel\Security", "VBAWarnings", 3, words.MACROS_SIGNED),
    Policy(r"Excel\Security", "VBAWarnings", 4, words.MACROS_OFF),
    Policy(r"Excel\Security", "BlockContentExecutionFromInternet", 1, words.INTERNET_OFF),
)

_ROOTS = (
    (registry.USER, r"Software\Policies\Microsoft\Office"),
    (registry.MACHINE, r"Software\Policies\Microsoft\Office"),
    (registry.USER, r"Software\Microsoft\Office"),  # what the user has set in the Trust Center
)

DEFENDER = {
    "d4f940ab-401b-4efc-aadc-ad5f3c50688a": words.NO_CHILDREN,  # Office programs create child processes
    "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": words.NO_CALLS,  # macros call the Windows API
}
"""Attack surface reduction rules by their published numbers."""

RULES = r"Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_ENFORCED = {"1", "6"}  # block; warn. 2 only keeps a record


def office_policies(_system: System) -> Iterator[str]:
    """Policies of Office that keep macros or add-ins from running."""
    version = engines.office_version()
    found = [policy.line for policy in OFFICE if _in_force(policy, version)]
    yield from found or [words.NO_POLICIES]


def _in_force(policy: Policy, version: str) -> bool:
    keys = ((hive, rf"{root}\{version}\{policy.key}") for hive, root in _ROOTS)
    return any(registry.read(hive, key, policy.name) == policy.forbids for hive, key in keys)


def defender_rules(_system: System) -> Iterator[str]:
    """Rules of Windows Defender that keep the add-in from starting or reaching Python."""
    modes = {number: str(registry.read(registry.MACHINE, RULES, number)) for number in DEFENDER}
    found = [DEFENDER[number] for number, mode in modes.items() if mode in _ENFORCED]
    yield from found or [words.NO_RULES]
