"""Private LibreOffice: where it is installed, and starting one that ends with us."""
