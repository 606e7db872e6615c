"""The streams of a VBA project: [MS-OVBA] 2.3. Sources alone, no caches, so that every Excel compiles them for itself."""

import re
import struct
import uuid
from collections.abc import Mapping, Sequence

from jixiao.vba import compound
from jixiao.vba.compression import compress
from jixiao.vba.decoder import DECODER
from jixiao.vba.encryption import encrypt
from jixiao.vba.escaping import SourceError, calls_decoder
from jixiao.vba.source import Kind, Module

NO_CACHES = bytes.fromhex("CC61 FFFF 00 0000")
"""The _VBA_PROJECT stream of a project that has to be compiled."""

HOST_EXTENDER = "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
"""A section of the PROJECT stream that every Excel project has."""

UNPROTECTED, NO_PASSWORD, VISIBLE = bytes(4), bytes(1), b"\xff"
"""What CMG, DPB and GC hold, encrypted, of a project that anybody may look at."""

CODE_PAGE = 1252
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
_TAKEN = ("dir", "VBA", "Excel", "Office", "stdole")  # a stream beside the modules, and the libraries of every project
_ENGLISH = 0x409
_WINDOWS_64 = 3
_REFERENCES = (  # what Excel itself enters in a new project; those of VBA and of Excel go without saying
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    (
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL"
        r"#Microsoft Office 16.0 Object Library",
    ),
)


def project(name: str, modules: Sequence[Module]) -> bytes:
    """A vbaProject.bin of these modules, the same bytes for the same texts.

    Raises SourceError for a text or a name VBA would not take.
    """
    _check_names(name, modules)
    texts = {module.name: module.source() for module in modules}
    _check_decoder(modules, texts)
    streams = {module.name: _compressed(module, texts[module.name]) for module in modules}
    vba = {**streams, "_VBA_PROJECT": NO_CACHES, "dir": compress(_dir(name, modules))}
    return compound.write({"VBA": vba, "PROJECT": _project(name, modules), "PROJECTwm": _project_wm(modules)})


def _check_names(name: str, modules: Sequence[Module]) -> None:
    taken = {word.casefold() for word in (name, *_TAKEN)}
    if not _NAME.fullmatch(name):
        raise SourceError(f"{name}: not a name for a project: letters, digits and _, at most 31")
    for module in modules:
        if not _NAME.fullmatch(module.name):
            raise SourceError(f"{module.file}:1: not a name for a module: letters, digits and _, at most 31")
        if module.name.casefold() in taken:
            raise SourceError(f"{module.file}:1: the name is taken by another module, the project or a library")
        taken.add(module.name.casefold())


def _check_decoder(modules: Sequence[Module], texts: Mapping[str, str]) -> None:
    for module in modules:
        if DECODER.name not in texts and calls_decoder(texts[module.name]):
            raise SourceError(f"{module.file}:1: the text needs the module {DECODER.name}")


def _compressed(module: Module, text: str) -> bytes:
    try:
        return compress(text.encode("ascii"))
    except ValueError as error:
        raise SourceError(f"{module.file}:1: {error}") from None


def _dir(name: str, modules: Sequence[Module]) -> bytes:
    """The dir stream, before compression: properties, references, modules."""
    return b"".join(
        (
            _record(0x01, _long(_WINDOWS_64)),
            _record(0x02, _long(_ENGLISH)),
            _record(0x14, _long(_ENGLISH)),
            _record(0x03, _short(CODE_PAGE)),
            _record(0x04, _narrow(name)),
            _record(0x05) + _record(0x40),  # description
            _record(0x06) + _record(0x3D),  # help file
            _record(0x07, _long(0)),  # help context
            _record(0x08, _long(0)),  # library flags
            _short(0x09) + _long(4) + _long(1) + _short(0),  # version 1.0: six bytes, of which only four are told
            _record(0x0C) + _record(0x3C),  # conditional compilation constants
            *(_reference(*reference) for reference in _REFERENCES),
            _record(0x0F, _short(len(modules))),
            _record(0x13, _short(0xFFFF)),  # cookie
            *map(_module, modules),
            _record(0x10),
        )
    )


def _reference(name: str, library: str) -> bytes:
    registered = _long(len(library)) + _narrow(library) + _long(0) + _short(0)
    return _record(0x16, _narrow(name)) + _record(0x3E, _wide(name)) + _record(0x0D, registered)


def _module(module: Module) -> bytes:
    narrow, wide = _narrow(module.name), _wide(module.name)
    private = module.kind is Kind.CLASS and not module.exposed
    return b"".join(
        (
            _record(0x19, narrow) + _record(0x47, wide),
            _record(0x1A, narrow) + _record(0x32, wide),  # the stream
            _record(0x1C) + _record(0x48),  # description
            _record(0x31, _long(0)),  # the source starts the stream: there is no cache before it
            _record(0x1E, _long(0)),  # help context
            _record(0x2C, _short(0xFFFF)),  # cookie
            _record(0x21 if module.kind is Kind.MODULE else 0x22),
            _record(0x28) if private else b"",
            _record(0x2B),
        )
    )


def _record(identifier: int, data: bytes = b"") -> bytes:
    return _short(identifier) + _long(len(data)) + data


def _short(number: int) -> bytes:
    return struct.pack("<H", number)


def _long(number: int) -> bytes:
    return struct.pack("<I", number)


def _narrow(text: str) -> bytes:
    return text.encode("ascii")


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _project(name: str, modules: Sequence[Module]) -> bytes:
    """The PROJECT stream: modules by kind, protection (none), windows of the editor (closed)."""
    guid = uuid.uuid5(uuid.NAMESPACE_URL, f"vba-project:{name}")
    project_id = f"{{{guid}}}".upper()
    lines = (
        f'ID="{project_id}"',
        *map(_declaration, modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{encrypt(project_id, UNPROTECTED, guid.bytes[0])}"',
        f'DPB="{encrypt(project_id, NO_PASSWORD, guid.bytes[1])}"',
        f'GC="{encrypt(project_id, VISIBLE, guid.bytes[2])}"',
        "",
        *HOST_EXTENDER,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    )
    return _narrow("".join(f"{line}\r\n" for line in lines))


def _declaration(module: Module) -> str:
    if module.kind.document:
        return f"Document={module.name}/&H00000000"
    return f"{'Module' if module.kind is Kind.MODULE else 'Class'}={module.name}"


def _project_wm(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream: names in the code page and in UTF-16."""
    names = (_narrow(module.name) + b"\0" + _wide(module.name) + b"\0\0" for module in modules)
    return b"".join(names) + b"\0\0"
