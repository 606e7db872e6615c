"""The name spaces and part types of the package, each once."""

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_RELATION = f"{PACKAGE}/relationships/metadata/core-properties"
