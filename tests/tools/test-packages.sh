#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# build-aux/lib.sh: what it says and does where packages are missing, for each family of distributions.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
. "$top/build-aux/lib.sh"

# At a terminal, with sudo: the question, answered from standard input.
if [ "${1-}" = --ask ]; then
  me=test
  family () { echo debian; }
  missing () { echo one; }
  id () { echo 1000; }
  sudo () { echo "sudo was used"; }
  need build
  exit 0
fi

n=0
check () {
  n=$((n + 1))
  if [[ $2 == *"$3"* ]]; then echo "ok $n $1"; else echo "not ok $n $1"; echo "# got: $2"; fi
}

# As somebody without a terminal, on a bare system of family $1.
bare () {
  local kind=$1
  (
    me=test
    family () { echo "$kind"; }
    missing () { shift; printf '%s\n' "$@"; }
    id () { echo 1000; }
    need build run test </dev/null
  ) 2>&1
  echo "status $?"
}

for line in 'debian apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends build-essential' \
  "fedora dnf install -y 'gcc'" 'arch pacman -S --needed --noconfirm base-devel' \
  "suse zypper --non-interactive install --no-recommends 'gcc'"; do
  said=$(bare "${line%% *}")
  check "/packages/${line%% *}/exact-line" "$said" "As root: "
  check "/packages/${line%% *}/installer" "$said" "${line#* }"
  check "/packages/${line%% *}/ends" "$said" "status 1"
done

check /packages/debian/refreshes "$(bare debian)" 'update && '
check /packages/fedora/by-module "$(bare fedora)" "'pkgconfig(libadwaita-1)'"
check /packages/suse/by-module "$(bare suse)" "'pkgconfig(gtk4)'"
said=$(bare unknown)
check /packages/unknown/names-what-it-needs "$said" libsoup-3.0
check /packages/unknown/goes-on "$said" 'status 0'
said=$(me=test; family () { echo debian; }; missing () { :; }; need build run test 2>&1; echo "status $?")
check /packages/complete/silent "$said" 'status 0'
said=$(me=test; family () { echo debian; }; missing () { echo one; }; id () { echo 0; }
       refresh_line () { echo true; }; install_line () { shift; echo "echo installed $*"; }
       need build 2>&1; echo "status $?")
check /packages/root/installs-at-once "$said" 'installed one'
said=$(me=test; family () { echo debian; }; missing () { echo one; }; id () { echo 0; }
       refresh_line () { echo true; }; install_line () { echo false; }
       need build 2>&1)
check /packages/root/says-the-line-that-failed "$said" 'the line was: false'
ask () { printf '%s\n' "$1" | script -qec "$top/tests/tools/test-packages.sh --ask" /dev/null; echo "status $?"; }
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
  said=$(ask n)
  check /packages/ask/asks "$said" 'Install them with sudo? [y/N]'
  check /packages/ask/no-leaves-it "$said" 'To do it yourself, as root: apt-get'
  check /packages/ask/no-is-a-failure "$said" 'status 1'
  check /packages/ask/yes-does-it "$(ask y)" 'sudo was used'
else
  echo "ok $((n += 1)) /packages/ask # SKIP script (util-linux) can make no terminal here"
fi
echo "1..$n"
