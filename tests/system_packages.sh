#!/usr/bin/env bash
# 系统包: what pip cannot bring. «run» is what the window needs, «test» also what the tests look with.
# Never stops the caller: what is missing is said in one sentence, and the tests that need it say so again.
set -euo pipefail

qt=(
  libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libxcb-cursor0 libxcb-icccm4 libxcb-image0
  libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 libfontconfig1
  libglib2.0-0
)
# A printer at a USB port that no system queue holds.
usb=(libusb-1.0-0)
# Plays the calls where Qt has no sound part of its own.
sound=(alsa-utils)
looks=(
  xvfb xauth postgresql zbar-tools poppler-utils qpdf gnome-keyring dbus-daemon chromium openssl
  patroni python3-etcd python3-psycopg2 etcd-server sane-utils
  softhsm2 mupdf-tools libnss3-tools xdotool openbox
)

case "${1:-}" in
  run) wanted=("${qt[@]}" "${usb[@]}" "${sound[@]}") ;;
  test) wanted=("${qt[@]}" "${usb[@]}" "${sound[@]}" "${looks[@]}") ;;
  *)
    echo "用法：tests/system_packages.sh run|test" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  if [ "$(uname -s)" = Linux ] && [ "$1" = test ]; then
    for program in Xvfb psql zbarimg pdfsig qpdf chromium openssl patroni etcd scanimage softhsm2-util mutool certutil xdotool openbox; do
      command -v "$program" >/dev/null || echo "这台机器不是 Debian 系，程序 $program 要自己装，没有它的测试会跳过。" >&2
    done
  fi
  exit 0
fi

# The stock python3 of Debian cannot make a virtual environment without it.
if ! command -v uv >/dev/null && [ "$(command -v python3)" = /usr/bin/python3 ]; then
  wanted+=(python3-venv)
fi

# One question for all names; since 2024 some libraries carry «t64» behind their name.
installed=" $(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii *//p' | tr '\n' ' ') "
missing=()
for package in "${wanted[@]}"; do
  case "$installed" in
    *" $package "* | *" ${package}t64 "*) ;;
    *) missing+=("$package") ;;
  esac
done
[ "${#missing[@]}" -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "缺系统包 ${missing[*]}，先接着往下做；要装上就用 root 运行：apt-get install ${missing[*]}" >&2
  exit 0
fi

echo "正在装系统包 ${missing[*]} ……" >&2
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null; then
  echo "系统包没有装全（${missing[*]}），先接着往下做；网络通了再运行一次就行。" >&2
fi
