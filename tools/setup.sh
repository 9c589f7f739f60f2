#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what building awsxx needs and is missing, through the system's package manager.
#
#   sh tools/setup.sh          what the `demo` and `test` presets need
#   sh tools/setup.sh --all    also what the other presets and .ci/run use (apt only in full)
#   sh tools/setup.sh --full   also what .ci/run --full uses: newer compilers, and one for Windows
set -eu

all='' full=''
case ${1-} in
  '') ;;
  --all) all=yes ;;
  --full) all=yes full=yes ;;
  *) echo "usage: sh tools/setup.sh [--all|--full]" >&2; exit 2 ;;
esac

say() { printf '%s\n' "setup: $*"; }
has() { command -v "$1" >/dev/null 2>&1; }

# One line a need: NAME  APT  DNF  PACMAN  BREW ('-' where the system or another line brings it).
# NAME is a program, or a header as the compiler finds it, or package:NAME as apt calls it.
needs() {
  cat <<'NEEDS'
g++                   g++                    gcc-c++            gcc            -
cmake                 cmake                  cmake              cmake          cmake
ninja                 ninja-build            ninja-build        ninja          ninja
pkg-config            pkg-config             pkgconf-pkg-config pkgconf        pkgconf
<curl/curl.h>         libcurl4-openssl-dev   libcurl-devel      curl           curl
<openssl/evp.h>       libssl-dev             openssl-devel      openssl        openssl@3
<nlohmann/json.hpp>   nlohmann-json3-dev     json-devel         nlohmann-json  nlohmann-json
<pugixml.hpp>         libpugixml-dev         pugixml-devel      pugixml        pugixml
<catch2>              catch2                 catch-devel        catch2         catch2
<CLI/CLI.hpp>         libcli11-dev           cli11-devel        cli11          cli11
<asio.hpp>            libasio-dev            asio-devel         asio           asio
ca-certificates       ca-certificates        ca-certificates    ca-certificates -
NEEDS
  [ -z "$all" ] || cat <<'NEEDS'
bash                  bash                   bash               bash           bash
git                   git                    git                git            git
ccache                ccache                 ccache             ccache         ccache
python3               python3                python3            python         python
clang++               clang                  clang              clang          -
clang-format          clang-format           clang-tools-extra  clang          clang-format
clang-tidy            clang-tidy             clang-tools-extra  clang          llvm
package:libclang-rt   libclang-rt-dev        compiler-rt        compiler-rt    -
doxygen               doxygen                doxygen            doxygen        doxygen
strace                strace                 strace             strace         -
valgrind              valgrind               valgrind           valgrind       -
curl                  curl                   curl               curl           curl
openssl               openssl                openssl            openssl        openssl@3
softhsm2-util         softhsm2               softhsm            softhsm        -
package:libengine-pkcs11-openssl libengine-pkcs11-openssl openssl-pkcs11 libp11 -
pkcs11-tool           opensc                 opensc             opensc         -
nginx                 nginx-light            nginx              nginx          nginx
tinyproxy             tinyproxy              tinyproxy          tinyproxy      tinyproxy
nghttpx               nghttp2-proxy          nghttp2            nghttp2        nghttp2
node                  nodejs                 nodejs             nodejs         node
npm                   npm                    npm                npm            -
radosgw               radosgw                -                  -              -
ceph                  ceph-common            -                  -              -
ceph-mon              ceph-mon               -                  -              -
ceph-osd              ceph-osd               -                  -              -
package:awscli        awscli                 awscli2            -              -
package:python3-botocore python3-botocore    python3-botocore   python-botocore -
NEEDS
  [ -z "$full" ] || cat <<'NEEDS'
clang++-19            clang-19               -                  -              -
x86_64-w64-mingw32-g++-posix g++-mingw-w64-x86-64-posix -        -              -
NEEDS
}

# Is the header there? Asks the compiler if there is one; otherwise it is worth no look.
has_header() {
  for compiler in c++ g++ clang++; do
    has "$compiler" || continue
    extra=''
    if has brew; then extra="-I$(brew --prefix)/include -I$(brew --prefix)/opt/openssl@3/include"; fi
    # shellcheck disable=SC2086
    printf '#include <%s>\n' "$1" | "$compiler" -std=c++20 $extra -E -x c++ - >/dev/null 2>&1
    return
  done
  return 1
}

satisfied() {
  case $1 in
    g++) has g++ || has c++ ;;
    pkg-config) has pkg-config || has pkgconf ;;
    ca-certificates)
      [ -e /etc/ssl/certs/ca-certificates.crt ] || [ -e /etc/pki/tls/certs/ca-bundle.crt ] ||
        [ -e /etc/ssl/cert.pem ] ;;
    '<catch2>') has_header catch2/catch.hpp || has_header catch2/catch_all.hpp ;;
    '<'*) name=${1#<}; has_header "${name%>}" ;;
    package:*)
      if has dpkg-query; then
        dpkg-query -W -f '${Status}\n' "${1#package:}" "${1#package:}-*dev" 2>/dev/null | grep -q 'ok installed'
      else
        false
      fi ;;
    *) has "$1" ;;
  esac
}

manager=''
for candidate in apt-get dnf pacman brew; do
  if has "$candidate"; then manager=$candidate; break; fi
done
case $manager in
  dnf) column=3 ;;
  pacman) column=4 ;;
  brew) column=5 ;;
  *) column=2 ;;
esac

missing='' packages=''
while read -r line; do
  # shellcheck disable=SC2086
  set -- $line
  satisfied "$1" && continue
  eval "package=\$$column"
  # shellcheck disable=SC2154
  [ "$package" != - ] || continue
  missing="$missing $1"
  case " $packages " in *" $package "*) ;; *) packages="$packages $package" ;; esac
done <<LIST
$(needs)
LIST

if [ -z "$missing" ]; then
  say "nothing is missing"
  exit 0
fi
say "missing:$missing"

if [ -z "$manager" ]; then
  say "no package manager that is known here (apt-get, dnf, pacman, brew); please install"
  say "(by Debian's names):$packages"
  exit 1
fi

root=''
if [ "$manager" != brew ] && [ "$(id -u)" != 0 ]; then
  if ! has sudo; then
    say "this needs root, and there is no sudo; as root:"
    say "$manager install$packages"
    exit 1
  fi
  root=sudo
fi

run() { say "running: $*"; "$@"; }

# shellcheck disable=SC2086
case $manager in
  apt-get)
    # env passes the variable through sudo too.
    run $root apt-get update -q
    run $root env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
      apt-get install -q -y --no-install-recommends $packages ;;
  dnf) run $root dnf install -y $packages ;;
  pacman) run $root pacman -Sy --needed --noconfirm $packages ;;
  brew) run brew install $packages ;;
esac
say "done"
