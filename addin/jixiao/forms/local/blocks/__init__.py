"""From lines to blocks: which rows head a table, which column is which field, and what the cells below say.

The columns of a block are decided once, from its heading rows (``heads``, ``kinds``, ``columns``, ``levels``); a row of the
block only looks up what stands under them (``rows``, ``funds``). What is no table is labels with values (``pairs``). How sure
each cell is follows from the words of its heading and from what stands in its column (``evidence``).
"""
