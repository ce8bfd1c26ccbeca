#!/bin/sh
# 安装勾稽到本用户名下，不需要管理员权限：sh install.sh    卸载：sh install.sh remove（草稿不动）
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
bin=$HOME/.local/bin
entry=$data/applications/cn.gouji.gouji.desktop
type=$data/mime/packages/cn.gouji.gouji.xml
icon=$data/icons/hicolor/scalable/apps/cn.gouji.gouji.svg

# Desktops find both by themselves at the next login where these tools are missing.
refresh() {
    if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime"; fi
    if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications"; fi
}

case "${1-}" in
'')
    mkdir -p "$bin" "$data/applications" "$data/mime/packages" "$data/icons/hicolor/scalable/apps"
    cp "$here/gouji" "$bin/gouji"
    chmod 755 "$bin/gouji"
    sed "s|@EXE@|$bin/gouji|" "$here/gouji.desktop" >"$entry"
    cp "$here/gouji.xml" "$type"
    cp "$here/gouji.svg" "$icon"
    refresh
    echo "装好了：在应用菜单里找“勾稽”，或运行 $bin/gouji"
    ;;
remove)
    rm -f "$bin/gouji" "$entry" "$type" "$icon"
    refresh
    echo "已经移走程序；草稿没有动。"
    ;;
*)
    echo "用法：sh install.sh [remove]" >&2
    exit 2
    ;;
esac
