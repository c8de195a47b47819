#!/bin/sh
# 安装绩效考核台：只装给自己用，不需要管理员权限，不需要联网。
#   sh install.sh              安装或升级
#   sh install.sh --uninstall  卸载；公司文件和设置都保留
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
program="$share/kpidesk-program"
desktop="$share/applications/kpidesk.desktop"
icons="$share/icons/hicolor/scalable"

refresh() {
    command -v update-desktop-database >/dev/null && update-desktop-database "$share/applications" || true
    command -v update-mime-database >/dev/null && update-mime-database "$share/mime" || true
}

if [ "${1:-}" = --uninstall ]; then
    rm -rf "$program"
    rm -f "$desktop" "$share/mime/packages/kpidesk.xml" \
        "$icons/apps/kpidesk.svg" "$icons/mimetypes/application-x-kpidesk.svg"
    refresh
    echo "绩效考核台已卸载。公司文件和设置都还在。"
    exit 0
fi

python=
for one in python3.11 python3.12 python3.13 python3; do
    if command -v "$one" >/dev/null && "$one" -c '
import sys, venv, ensurepip
sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13) and sys.maxsize > 2**32))' 2>/dev/null; then
        python=$one
        break
    fi
done
if [ -z "$python" ]; then
    echo "没有找到合用的 Python：需要 64 位的 Python 3.11 至 3.13，带 venv 和 pip。" >&2
    echo "Debian、UOS、麒麟上请安装：python3 python3-venv（版本不够时请从软件商店装 Python 3.11）。" >&2
    exit 1
fi
if [ "$(uname -m)" != x86_64 ]; then
    echo "这个安装包只适用于 x86_64 的电脑，这台是 $(uname -m)。" >&2
    exit 1
fi

new="$program.new"
rm -rf "$new"
trap 'rm -rf "$new"' EXIT
mkdir -p "$share"
"$python" -m venv "$new/python"
"$new/python/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps \
    --require-hashes --only-binary :all: --find-links "$here/wheels" --requirement "$here/requirements.txt"
cp -R "$here/app" "$new/app"
cp "$here/许可.txt" "$new/"
rm -rf "$program"
mv "$new" "$program"
trap - EXIT
# What was installed under another name still finds itself: only the folder of the app is asked for.
cat >"$program/kpidesk" <<END
#!/bin/sh
exec "$program/python/bin/python" -B "$program/app/main.py" "\$@"
END
chmod +x "$program/kpidesk"
mkdir -p "$share/applications" "$share/mime/packages" "$icons/apps" "$icons/mimetypes"
sed "s|@PROGRAM@|\"$program/kpidesk\"|" "$here/kpidesk.desktop" >"$desktop"
cp "$here/kpidesk.xml" "$share/mime/packages/"
cp "$here/app/resources/program/program.svg" "$icons/apps/kpidesk.svg"
cp "$here/app/resources/program/document.svg" "$icons/mimetypes/application-x-kpidesk.svg"
refresh
echo "绩效考核台已装好：在应用菜单里找“绩效考核台”，或运行 $program/kpidesk"
