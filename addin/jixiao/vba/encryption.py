"""The obfuscation of the protection state, the password and the visibility in the PROJECT stream: [MS-OVBA] 2.4.3."""

import re
import struct
from collections.abc import Iterator

_VERSION = 2
_FILLER = 0x07
_HEXADECIMAL = re.compile("(?:[0-9A-F]{2}){3,}")


def encrypt(project_id: str, data: bytes, seed: int) -> str:
    """Data encrypted for the project with this ID, as the hexadecimal text of CMG, DPB and GC. The seed is any byte."""
    key = _key(project_id)
    head = bytes([seed, seed ^ _VERSION, seed ^ key])
    plain = bytes([_FILLER]) * _fillers(seed) + struct.pack("<I", len(data)) + data
    encrypted = bytearray(head)
    before = key
    for byte in plain:
        encrypted.append(byte ^ (encrypted[-2] + before & 0xFF))
        before = byte
    return encrypted.hex().upper()


def decrypt(project_id: str, text: str) -> bytes:
    """What ``encrypt`` was given; raises ValueError if the text is not that of a project with this ID."""
    encrypted = bytes.fromhex(text) if _HEXADECIMAL.fullmatch(text) else bytes(3)
    if encrypted[1:3] != bytes([encrypted[0] ^ _VERSION, encrypted[0] ^ _key(project_id)]):
        raise ValueError(f"{text!r} is not encrypted for the project {project_id}")
    plain = bytes(_decrypted(encrypted, _key(project_id)))[_fillers(encrypted[0]) :]
    if plain[:4] != struct.pack("<I", len(plain[4:])):
        raise ValueError(f"{text!r} is not as long as it says")
    return plain[4:]


def _decrypted(encrypted: bytes, key: int) -> Iterator[int]:
    before = key
    for i in range(3, len(encrypted)):
        before = encrypted[i] ^ (encrypted[i - 2] + before & 0xFF)
        yield before


def _key(project_id: str) -> int:
    return sum(project_id.encode("ascii")) & 0xFF


def _fillers(seed: int) -> int:
    return (seed & 6) // 2
