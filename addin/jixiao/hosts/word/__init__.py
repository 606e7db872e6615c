"""Word documents: read as grids and paragraphs, written from the document model. The format is known only here."""
