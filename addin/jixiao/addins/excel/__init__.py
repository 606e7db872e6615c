"""What the Excel add-in is made of: wrappers of the cell functions, the ribbon, xlwings' VBA module in our terms."""
