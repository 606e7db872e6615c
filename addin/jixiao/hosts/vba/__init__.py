"""VBA projects without Office: text in, ``vbaProject.bin`` out, and strictly back.

``project`` writes a project of sources alone (no caches: Excel compiles it when it opens it), ``sources`` reads one back and
raises on any defect. Formats: [MS-OVBA] for what a project holds, [MS-CFB] for the compound file around it.
"""

from jixiao.hosts.vba.decoder import DECODER
from jixiao.hosts.vba.escaping import SourceError
from jixiao.hosts.vba.project import project
from jixiao.hosts.vba.reading import sources
from jixiao.hosts.vba.source import Kind, Module, module

__all__ = ["DECODER", "Kind", "Module", "SourceError", "module", "project", "sources"]
