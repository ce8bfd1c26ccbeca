#!/bin/sh
# Draws gouji.svg, gouji.png, ../windows/gouji.ico and ../windows/finish.bmp: a check mark (勾) over two equal bars (稽, both sides agree).
#
# Needs: apt-get install imagemagick
set -eu
cd "$(dirname "$0")"
large=$(mktemp -d)
trap 'rm -r "$large"' EXIT

# On a grid of 16 by 16, so that at 16 px the bars end where pixels end.
blue='#1456B8'
check='M 2.5,6.5 L 4,5 L 6.5,7.5 L 12,2 L 13.5,3.5 L 6.5,10.5 z'
bars='M 3,12 h 4 v 2 h -4 z M 9,12 h 4 v 2 h -4 z'

cat >gouji.svg <<SVG
<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 16 16">
  <rect width="16" height="16" rx="3" fill="$blue"/>
  <path d="$check $bars" fill="white"/>
</svg>
SVG

# 768 is a multiple of every size below: each pixel is the mean of a whole block.
convert -size 768x768 xc:none -draw "scale 48,48
    fill $blue roundrectangle 0,0 16,16 3,3
    fill white path '$check $bars'" "$large/768.png"
for side in 16 32 48 256; do
    convert "$large/768.png" -filter Box -resize "${side}x$side" -depth 8 -strip \
        -define png:exclude-chunks=date,time "PNG32:$large/$side.png"
done
cp "$large/256.png" gouji.png
convert "$large/16.png" "$large/32.png" "$large/48.png" "$large/256.png" ../windows/gouji.ico

# Beside the last page of the Windows installer.
convert -size 164x314 'xc:#E8EEF8' \( gouji.png -resize 96x96 \) -gravity north -geometry +0+48 -composite -colors 32 -type Palette \
    BMP3:../windows/finish.bmp
