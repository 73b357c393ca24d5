"""Tables within a bound: the parser fills short rows with empty cells, up to 65,000 of them in each table."""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table

from porch.kit.markdown.limits import MOST_CELLS, TablesAreTooLarge


def bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a table, as long as all tables of the text stay within ``MOST_CELLS`` together."""
    if not table(state, start, end, True):
        return False
    if silent:
        return True
    columns = state.src.count("|", state.bMarks[start + 1], state.eMarks[start + 1]) + 1
    cells = state.env.get("cells", 0)
    rows = (MOST_CELLS - cells) // columns + 1  # one more than fits: if there is one, we say no
    table(state, start, min(end, start + 2 + rows), False)
    state.env["cells"] = cells = cells + (state.line - start - 1) * columns
    if cells > MOST_CELLS:
        raise TablesAreTooLarge(most=MOST_CELLS)
    return True
