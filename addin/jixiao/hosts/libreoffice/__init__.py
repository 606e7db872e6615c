"""LibreOffice as a host: a running one is spoken to over UNO, a private one converts files."""
