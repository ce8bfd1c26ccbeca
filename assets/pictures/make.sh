#!/usr/bin/env bash
# Makes README's pictures: the city-level test case with one figure typed wrong, 738 for 783, and the bundled example. Needs
# pngquant.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
gouji=(cargo run --quiet --)
mapfile -t figures < <(grep -v '^#' tests/cases/v1-city-2025.txt | sed 's/^carry_out.nat=783$/carry_out.nat=738/')
"${gouji[@]}" new --agency 某市人民政府 --year 2025 -o "$folder/报告.gouji"
"${gouji[@]}" set "$folder/报告.gouji" "${figures[@]}"
"${gouji[@]}" shot "$folder/报告.gouji" --screen findings --size 1366x860 -o "$folder/table3.png"
pngquant --force --strip 64 --output assets/pictures/table3.png "$folder/table3.png"

for picture in text:1:light review:review:light years:trend:light dark:table3:dark; do
    IFS=: read -r name screen look <<<"$picture"
    "${gouji[@]}" shot assets/examples/resources-bureau-2025.gouji --screen "$screen" --look "$look" --size 1366x860 -o "$folder/$name.png"
    pngquant --force --strip 64 --output "assets/pictures/$name.png" "$folder/$name.png"
done
