"""Writes the tables of every .json in a folder as .docx (python-docx) and .xlsx (openpyxl), with the merges these modules make."""
import json
import pathlib
import sys

import docx
import openpyxl


def placed(table):
    """Row, column, span and words of each cell, as browsers place them."""
    taken = set()
    for row, line in enumerate(table):
        col = 0
        for words, rows, cols in line:
            while (row, col) in taken:
                col += 1
            taken.update((row + down, col + right) for down in range(rows) for right in range(cols))
            yield row, col, rows, cols, words
            col += cols


def write(path):
    report = json.loads(path.read_text(encoding="utf-8"))
    document, workbook = docx.Document(), openpyxl.Workbook()
    document.add_heading(report["title"], 0)
    for number, table in enumerate(report["tables"]):
        cells = list(placed(table))
        height = max(row + rows for row, _, rows, _, _ in cells)
        width = max(col + cols for _, col, _, cols, _ in cells)
        document.add_heading(f"表{number + 1}", 1)
        grid = document.add_table(rows=height, cols=width, style="Table Grid")
        sheet = workbook.active if number == 0 else workbook.create_sheet()
        sheet.title = f"表{number + 1}"
        sheet.cell(1, 1, report["title"])
        slots = [list(row.cells) for row in grid.rows]
        for row, col, rows, cols, words in cells:
            slot = slots[row][col]
            if (rows, cols) != (1, 1):
                slot = slot.merge(slots[row + rows - 1][col + cols - 1])
                sheet.merge_cells(start_row=row + 3, start_column=col + 1, end_row=row + rows + 2, end_column=col + cols)
            slot.text = words
            value = int(words) if words.isdigit() and len(words) < 10 else words
            sheet.cell(row + 3, col + 1, value if words else None)
    document.save(path.with_suffix(".docx"))
    workbook.save(path.with_suffix(".xlsx"))


for json_file in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    write(json_file)
