"""LibreOffice as a host: found, started privately, spoken to over UNO."""
