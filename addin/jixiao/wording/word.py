"""Sentences about Word documents that cannot be read."""

NOT_A_DOCUMENT = "{name}：不是 Word 文档，请提供 .docx 文件。"
