"""VBA projects without Office: text in, ``vbaProject.bin`` out, and strictly back.

``project`` writes a project of sources alone (no caches: Excel compiles it when it opens it), ``sources`` reads one back and
raises on any defect. Formats: [MS-OVBA] for what a project holds, [MS-CFB] for the compound file around it.
"""

from jixiao.vba.decoder import DECODER
from jixiao.vba.escaping import SourceError
from jixiao.vba.project import project
from jixiao.vba.reading import sources
from jixiao.vba.source import Kind, Module, module

__all__ = ["DECODER", "Kind", "Module", "SourceError", "module", "project", "sources"]
