"""Prints the tables of all .docx and .html files of a folder as JSON: {file: [table: [row: [cell]]]}, merges expanded.

With a second argument `cells`, each cell of a row once, however many columns of a Word table it spans.

Python's own zip, XML and HTML parsers and nothing of ours.
"""

import html.parser
import json
import pathlib
import sys
import xml.etree.ElementTree as ET
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(node):
    parts = {W + "t": lambda n: n.text or "", W + "tab": lambda n: "\t", W + "br": lambda n: "\n"}
    return "".join(parts[n.tag](n) for n in node.iter() if n.tag in parts)


def docx(path):
    body = ET.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    tables = []
    for table in body.iter(W + "tbl"):
        rows, of_cells = [], []
        for tr in table.iter(W + "tr"):
            row, cells = [], []
            for tc in tr.iter(W + "tc"):
                properties = tc.find(W + "tcPr")
                span = properties.find(W + "gridSpan")
                merge = properties.find(W + "vMerge")
                continued = merge is not None and merge.get(W + "val", "continue") == "continue"
                text = rows[-1][len(row)] if continued else words(tc)
                cells.append(text)
                row += [text] * (1 if span is None else int(span.get(W + "val")))
            rows.append(row)
            of_cells.append(cells)
        tables.append(of_cells if sys.argv[2:] == ["cells"] else rows)
    return tables


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.cell = [], None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
            self.grid, self.row = {}, -1
        elif tag == "tr":
            self.row += 1
        elif tag in ("td", "th"):
            spans = dict(attrs)
            self.cell = ["", int(spans.get("rowspan", 1)), int(spans.get("colspan", 1))]
        elif tag == "br" and self.cell:
            self.cell[0] += "\n"

    def handle_data(self, data):
        if self.cell:
            self.cell[0] += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            text, rows, cols = self.cell
            col = 0
            while (self.row, col) in self.grid:
                col += 1
            for r in range(rows):
                for c in range(cols):
                    self.grid[self.row + r, col + c] = text
            self.cell = None
        elif tag == "table":
            width = max(c for _, c in self.grid) + 1
            self.tables[-1] = [[self.grid[r, c] for c in range(width)] for r in range(self.row + 1)]


def page(path):
    reader = Page()
    reader.feed(path.read_text("utf-8"))
    return reader.tables


found = {}
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    if path.suffix in (".docx", ".html"):
        found[path.name] = docx(path) if path.suffix == ".docx" else page(path)
json.dump(found, sys.stdout, ensure_ascii=False)
