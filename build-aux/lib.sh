# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What build-aux/run, build-aux/test and .ci/run share: packages by distribution, and the build. Sourced by bash.
#
# The caller sets $me (its name in messages) and $top (the source tree).
# shellcheck disable=SC2154

say () { printf '%s: %s\n' "$me" "$*" >&2; }
die () { say "$*"; exit 1; }

# ---- packages --------------------------------------------------------------------------------
# Three lists for each family: build, run (besides what building brings along), test (besides both).
# "office" holds what a few tests use where it is there, and is too big to ask of everybody.

family () {
  local ID='' ID_LIKE=''
  [ -r /etc/os-release ] && . /etc/os-release
  local one
  for one in $ID $ID_LIKE; do
    case $one in
      debian | ubuntu) echo debian; return ;;
      fedora | rhel | centos) echo fedora; return ;;
      arch | archlinux) echo arch; return ;;
      suse | opensuse*) echo suse; return ;;
    esac
  done
  echo unknown
}

pkgconfig () { printf 'pkgconfig(%s) ' "$@"; }

modules=(gtk4 libadwaita-1 libsoup-3.0 json-glib-1.0 sqlite3 libsecret-1 xlsxwriter libxml-2.0 uchardet zlib libisal)

packages () {
  case $1-$2 in
    debian-build) echo build-essential pkg-config meson ninja-build gettext desktop-file-utils libglib2.0-dev-bin \
      libgtk-4-bin libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev libsqlite3-dev libsecret-1-dev \
      libxlsxwriter-dev libminizip-dev libxml2-dev libuchardet-dev zlib1g-dev libisal-dev ;;
    debian-run) echo adwaita-icon-theme librsvg2-common shared-mime-info gsettings-desktop-schemas \
      glib-networking ca-certificates fonts-cantarell fonts-droid-fallback ;;
    debian-test) echo appstream libxml2-utils sqlite3 xvfb dbus-daemon at-spi2-core python3-gi gir1.2-atspi-2.0 \
      gir1.2-gtk-4.0 xdotool xclip openbox xcompmgr x11-utils imagemagick python3-openpyxl python3-yaml ;;
    debian-office) echo gnumeric libreoffice-calc-nogui ;;

    fedora-build) echo gcc gcc-c++ pkgconf meson ninja-build gettext desktop-file-utils gtk-update-icon-cache \
      "$(pkgconfig "${modules[@]}")" ;;
    fedora-run) echo gtk4 adwaita-icon-theme librsvg2 shared-mime-info gsettings-desktop-schemas glib-networking \
      abattis-cantarell-fonts ;;
    fedora-test) echo appstream libxml2 sqlite libasan libubsan xorg-x11-server-Xvfb dbus-daemon at-spi2-core \
      python3-gobject xdotool xclip openbox xcompmgr xprop xwininfo ImageMagick python3-openpyxl python3-pyyaml ;;
    fedora-office) echo gnumeric libreoffice-calc ;;

    arch-build) echo base-devel meson ninja gettext desktop-file-utils gtk4 gtk-update-icon-cache libadwaita \
      libsoup3 json-glib sqlite libsecret libxlsxwriter libxml2 uchardet zlib isa-l ;;
    arch-run) echo adwaita-icon-theme librsvg shared-mime-info gsettings-desktop-schemas glib-networking \
      cantarell-fonts ;;
    arch-test) echo appstream xorg-server-xvfb dbus at-spi2-core python-gobject xdotool xclip openbox xcompmgr \
      xorg-xprop xorg-xwininfo imagemagick python-openpyxl python-yaml ;;
    arch-office) echo gnumeric libreoffice-still ;;

    suse-build) echo gcc pkgconf-pkg-config meson ninja gettext-tools desktop-file-utils gtk4-tools \
      "$(pkgconfig "${modules[@]}")" ;;
    suse-run) echo adwaita-icon-theme gdk-pixbuf-loader-rsvg shared-mime-info gsettings-desktop-schemas \
      glib-networking cantarell-fonts ;;
    suse-test) echo AppStream libxml2-tools sqlite3 xorg-x11-server-Xvfb dbus-1-daemon at-spi2-core python3-gobject \
      typelib-1_0-Atspi-2_0 typelib-1_0-Gtk-4_0 xdotool xclip openbox xcompmgr xprop xwininfo ImageMagick \
      python3-openpyxl python3-PyYAML ;;
    suse-office) echo gnumeric libreoffice-calc ;;
  esac
}

# Those of the packages named after the family that are not installed.
missing () {
  local family=$1 one
  shift
  case $family in
    debian)
      for one in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$one" 2>/dev/null)" = installed ] || echo "$one"
      done ;;
    fedora | suse)
      for one in "$@"; do rpm -q --whatprovides "$one" >/dev/null 2>&1 || echo "$one"; done ;;
    arch) pacman -T "$@" ;;
  esac
}

install_line () {
  local family=$1
  shift
  case $family in
    debian) echo "apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $*" ;;
    fedora) printf 'dnf install -y'; printf " '%s'" "$@" ;;
    arch) echo "pacman -S --needed --noconfirm $*" ;;
    suse) printf 'zypper --non-interactive install --no-recommends'; printf " '%s'" "$@" ;;
  esac
}

refresh_line () {
  case $1 in
    debian) echo "apt-get -o DPkg::Lock::Timeout=300 update" ;;
    *) echo true ;;
  esac
}

# need LIST…: installs what is missing of the lists: as root at once, else with sudo after asking, else it says
# the line to use and ends.
need () {
  local family list more wanted=() lacking=() line answer
  family=$(family)
  if [ "$family" = unknown ]; then
    say "this system's package names are not known here; needed are meson, ninja, gettext and: ${modules[*]}"
    return
  fi
  for list in "$@"; do
    read -r -a more <<<"$(packages "$family" "$list" | tr '\n' ' ')"
    wanted+=("${more[@]}")
  done
  mapfile -t lacking < <(missing "$family" "${wanted[@]}")
  [ "${#lacking[@]}" -gt 0 ] || return 0

  line="$(refresh_line "$family") && $(install_line "$family" "${lacking[@]}")"
  line=${line#true && }
  if [ "$(id -u)" = 0 ]; then
    say "installing: ${lacking[*]}"
    DEBIAN_FRONTEND=noninteractive bash -c "$line" </dev/null >&2 || die "could not install; the line was: $line"
  elif command -v sudo >/dev/null && [ -t 0 ] && [ -t 2 ]; then
    say "these packages are missing: ${lacking[*]}"
    read -r -p "Install them with sudo? [y/N] " answer
    case $answer in
      [yY]*) sudo env DEBIAN_FRONTEND=noninteractive bash -c "$line" || die "could not install; the line was: $line" ;;
      *) die "not installed. To do it yourself, as root: $line" ;;
    esac
  else
    die "packages are missing. As root: $line"
  fi
}

# ---- the build -------------------------------------------------------------------------------

# build DIR [MESON-OPTION…]
build () {
  local dir=$1 tool
  shift
  for tool in meson ninja; do
    command -v "$tool" >/dev/null || die "$tool is not installed"
  done
  if [ -f "$dir/build.ninja" ]; then
    [ $# = 0 ] || meson configure "$dir" "$@" >&2 || die "meson does not take: $*"
  else
    meson setup "$dir" "$top" "$@" >&2 || die "the build could not be set up (see $dir/meson-logs/meson-log.txt)"
  fi
  ninja -C "$dir" >&2 || die "the build failed"
}
