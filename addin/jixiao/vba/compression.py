"""The compression of sources and of the dir stream: [MS-OVBA] 2.4.1.

A container is a signature byte and chunks; a chunk holds 4096 bytes of text (the last one may hold less) as literals and copies.
"""

import struct
from collections.abc import Iterator

_SIGNATURE = 0x01
_CHUNK = 4096
_COMPRESSED, _RAW = 0xB000, 0x3000  # the upper four bits of a chunk's header
_SHORTEST_COPY = 3


def compress(data: bytes) -> bytes:
    """The container of some bytes.

    A chunk that would not become smaller is refused with a ValueError: the format has raw chunks for it, but Excel is reported
    to drop such modules without a word, and no VBA text needs them.
    """
    return bytes([_SIGNATURE]) + b"".join(_chunk(data[i : i + _CHUNK]) for i in range(0, len(data), _CHUNK))


def _chunk(data: bytes) -> bytes:
    tokens = b"".join(_sequences(data))
    if len(tokens) > _CHUNK:
        raise ValueError("this text repeats nothing and cannot be compressed")
    return struct.pack("<H", _COMPRESSED | (len(tokens) - 1)) + tokens


def _sequences(data: bytes) -> Iterator[bytes]:
    """Up to eight tokens each, behind a byte whose bits tell the copies."""
    tokens = list(_tokens(data))
    for i in range(0, len(tokens), 8):
        group = tokens[i : i + 8]
        flags = sum(1 << bit for bit, token in enumerate(group) if len(token) == 2)
        yield bytes([flags]) + b"".join(group)


def _tokens(data: bytes) -> Iterator[bytes]:
    """Literals, one byte each, and copies, two bytes each."""
    position = 0
    while position < len(data):
        bits = _length_bits(position)
        longest = min((1 << bits) - 1 + _SHORTEST_COPY, len(data) - position)
        offset, length = _match(data, position, longest)
        if length >= _SHORTEST_COPY:
            yield struct.pack("<H", (offset - 1) << bits | (length - _SHORTEST_COPY))
        else:
            length = 1
            yield data[position : position + 1]
        position += length


def _length_bits(position: int) -> int:
    """Of the 16 bits of a copy, how many tell the length: the others reach back to the start of the chunk."""
    return 16 - max(4, (position - 1).bit_length())


def _match(data: bytes, position: int, longest: int) -> tuple[int, int]:
    """Offset and length of the longest earlier copy of what follows; the copy may run into itself."""
    offset, length = 0, _SHORTEST_COPY - 1
    while length < longest:
        start = data.rfind(data[position : position + length + 1], 0, position + length)
        if start < 0:
            break
        offset, length = position - start, length + 1
        while length < longest and data[start + length] == data[position + length]:
            length += 1
    return offset, length


def decompress(container: bytes) -> bytes:
    """What a container holds; a ValueError tells its first defect."""
    if container[:1] != bytes([_SIGNATURE]):
        raise ValueError("compressed data do not start with 01")
    text, position = bytearray(), 1
    while position < len(container):
        if len(text) % _CHUNK:
            raise ValueError("only the last chunk of compressed data may be short")
        (header,) = struct.unpack("<H", _slice(container, position, 2))
        body = _slice(container, position + 2, (header & 0x0FFF) + 1)
        text += _expanded(header, body)
        position += 2 + len(body)
    return bytes(text)


def _slice(data: bytes, start: int, size: int) -> bytes:
    if start + size > len(data):
        raise ValueError("compressed data end in the middle")
    return data[start : start + size]


def _expanded(header: int, body: bytes) -> bytes:
    match header & 0xF000:
        case 0xB000:
            return _expanded_tokens(body)
        case 0x3000 if len(body) == _CHUNK:
            return body
    raise ValueError(f"a chunk of compressed data has the header {header:04X}")


def _expanded_tokens(body: bytes) -> bytes:
    text, position = bytearray(), 0
    while position < len(body):
        flags = body[position]
        position += 1
        for bit in range(8):
            if position == len(body):
                break
            if flags >> bit & 1:
                _copy(text, *struct.unpack("<H", _slice(body, position, 2)))
                position += 2
            else:
                text.append(body[position])
                position += 1
    if len(text) > _CHUNK:
        raise ValueError("a chunk of compressed data holds more than 4096 bytes")
    return bytes(text)


def _copy(text: bytearray, token: int) -> None:
    bits = _length_bits(len(text))
    offset, length = (token >> bits) + 1, (token & (1 << bits) - 1) + _SHORTEST_COPY
    if offset > len(text):
        raise ValueError("a copy in compressed data starts before its chunk")
    for _ in range(length):  # byte by byte: the copy may run into itself
        text.append(text[-offset])
