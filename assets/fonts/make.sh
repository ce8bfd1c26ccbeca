#!/bin/sh
# Remakes the two fonts and OFL.txt beside this script from Debian packages, byte for byte.
#
# Needs: apt-get install fonts-noto-cjk unicode-data python3; pip install fonttools==4.68.0
# Made with fonts-noto-cjk 1:20220127+repack1-1 and unicode-data 15.0.0-1 (Debian 12).
# CFF hints stay in (13 to 16 px text needs them); layout tables go (egui lays out plain runs).
set -eu
cd "$(dirname "$0")"
noto=/usr/share/fonts/opentype/noto
charset=$(mktemp)
trap 'rm -f "$charset"' EXIT

python3 - >"$charset" <<'PYTHON'
"""Prints the characters to keep, one U+XXXX a line; those the font lacks are skipped later."""
import bz2
import re

BLOCKS = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currency
    (0x2100, 0x218F),  # letterlike symbols, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2300, 0x23FF),  # technical symbols
    (0x2460, 0x24FF),  # circled and parenthesised numbers
    (0x2500, 0x25FF),  # box drawing, blocks, geometric shapes
    (0x2600, 0x27BF),  # miscellaneous symbols, dingbats
    (0x3000, 0x303F),  # CJK symbols and punctuation
    (0x3220, 0x3243),  # parenthesised hanzi
    (0x3251, 0x325F),  # circled numbers 21 to 35
    (0x3280, 0x32BF),  # circled hanzi, circled numbers 36 to 50
    (0x3380, 0x33DF),  # square units such as ㎡
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE6F),  # compatibility and small forms
    (0xFF01, 0xFF5E),  # fullwidth ASCII
    (0xFFE0, 0xFFE6),  # fullwidth currency and bar
]


def table_of_general_characters():
    """通用规范汉字表 (2013), the Unihan property kTGH: 8105 hanzi."""
    with bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt") as lines:
        found = (re.match(r"U\+([0-9A-F]+)\tkTGH\t", line) for line in lines)
        return {int(match[1], 16) for match in found if match}


def gb2312():
    """Every character of GB/T 2312-1980: 6763 hanzi and 682 signs."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(pair.decode("gb2312")) for pair in pairs if pair.decode("gb2312", "ignore")}


kept = table_of_general_characters() | gb2312()
for first, last in BLOCKS:
    kept.update(range(first, last + 1))
for code in sorted(kept):
    print(f"U+{code:04X}")
PYTHON

for weight in Regular Bold; do # font 2 of each collection is Simplified Chinese
    python3 -m fontTools.subset "$noto/NotoSansCJK-$weight.ttc" --font-number=2 \
        --unicodes-file="$charset" --layout-features='' --name-IDs=0,1,2,3,4,5,6,13,14 \
        --drop-tables+=vhea,vmtx,VORG,BASE,GPOS,GSUB,GDEF,DSIG \
        --output-file="NotoSansSC-core-$weight.otf"
done

{ # The licence as Debian ships it, under the copyright line in the fonts' own name table.
    python3 -c 'import sys; from fontTools.ttLib import TTFont
print(TTFont(sys.argv[1])["name"].getDebugName(0))' NotoSansSC-core-Regular.otf
    printf '\nThis Font Software is licensed under the SIL Open Font License, Version 1.1.\n\n'
    sed -n '/^ -----/,/OTHER DEALINGS/p' /usr/share/doc/fonts-noto-cjk/copyright |
        sed -e 's/^ \.$//' -e 's/^ //'
} >OFL.txt
