"""Prints what stands in the .ofd files of a folder as JSON: {file: {"cells": [words of each frame], "text": [lines outside]}}.

    ofd.py FOLDER        Python's own zip and XML parser
    ofd.py FOLDER kit    words and their places by ofdkit, another reader; the frames still by the former

Knows nothing of ours but what GB/T 33190 says.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as ET
import zipfile

N = "{http://www.ofdspec.org/2016}"


def numbers(text):
    return [float(word) for word in text.split() if word not in "MLC"]


def layers(archive):
    root = ET.fromstring(archive.read("OFD.xml")).find(f"{N}DocBody/{N}DocRoot").text
    folder = root.rsplit("/", 1)[0]
    for page in ET.fromstring(archive.read(root)).iter(N + "Page"):
        content = ET.fromstring(archive.read(f"{folder}/{page.get('BaseLoc')}"))
        yield [layer for layer in content.iter(N + "Layer") if layer.get("Type") == "Body"]


def texts_by_python(body):
    for layer in body:
        for text in layer.iter(N + "TextObject"):
            left, top = numbers(text.get("Boundary"))[:2]
            code = text.find(N + "TextCode")
            yield left + float(code.get("X")), top + float(code.get("Y")), code.text


def texts_by_kit(body, page):
    ids = {text.get("ID") for layer in body for text in layer.iter(N + "TextObject")}
    return [(run.x, run.y, run.text) for run in page.runs if run.object_id in ids]


def frames(body):
    for layer in body:
        for path in layer.iter(N + "PathObject"):
            left, top = numbers(path.get("Boundary"))[:2]
            points = numbers(path.find(N + "AbbreviatedData").text)
            xs, ys = [left + x for x in points[::2]], [top + y for y in points[1::2]]
            yield min(xs), min(ys), max(xs), max(ys)


def read(path, has_kit):
    archive = zipfile.ZipFile(path)
    cells, lines = [], []
    kit = ofdkit.open(path) if has_kit else None
    for number, body in enumerate(layers(archive)):
        here = [[frame, ""] for frame in frames(body)]
        for x, y, words in texts_by_kit(body, kit.pages[number]) if kit else texts_by_python(body):
            cell = next((cell for cell in here if cell[0][0] <= x < cell[0][2] and cell[0][1] <= y < cell[0][3]), None)
            if cell:
                cell[1] += words
            else:
                lines.append(words)
        cells += [words for _, words in here]
    return {"cells": cells, "text": lines}


has_kit = sys.argv[2:] == ["kit"]
if has_kit:
    import ofdkit
files = sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.suffix == ".ofd")
json.dump({path.name: read(path, has_kit) for path in files}, sys.stdout, ensure_ascii=False)
