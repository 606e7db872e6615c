#!/bin/sh
# The newer office, before a release: Debian 13 with LibreOffice 25.2 and Python 3.13 in a folder of its own, and in it the
# tests that need an office. As root: sh bench/newer_office.sh [FOLDER [TEST …]]. The folder is built once (1 GB, minutes).
# Nothing is installed on this machine but debootstrap, and what is mounted is gone when the tests end.
set -eu
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "a folder with a system of its own needs root: sudo sh $0" >&2; exit 2; }
folder=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/jixiao/debian-13}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- tests/libreoffice tests/live tests/addins/calc tests/relations/test_native.py tests/actions/test_summary.py

suite=trixie
packages="libreoffice-calc-nogui libreoffice-writer-nogui python3-uno python3-venv fonts-noto-cjk poppler-utils ca-certificates"

build() {
    command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap >/dev/null
    # This machine's own mirror: the first archive in its list that is no archive of updates.
    mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' | awk '$1 !~ /-/ { print $2; exit }')
    mkdir -p "$folder"
    debootstrap --variant=minbase $suite "$folder" "$mirror"
    cp -L /etc/resolv.conf "$folder/etc/"
    DEBIAN_FRONTEND=noninteractive chroot "$folder" apt-get install -y -qq --no-install-recommends $packages
    # Whom this machine trusts and how its pip is set up.
    cp -L /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/certs/"
    if [ -f /etc/pip.conf ]; then cp -L /etc/pip.conf "$folder/etc/"; fi
}

[ -x "$folder/usr/bin/soffice" ] || build
mkdir -p "$folder/jixiao"
# Mounts of a namespace of our own end with it. The repository is mounted read-only: what the tests write goes into the folder.
exec unshare --mount sh -c '
    folder=$1; shift
    mount --bind /dev "$folder/dev"
    mount -t proc proc "$folder/proc"
    mount --bind . "$folder/jixiao"
    mount -o remount,bind,ro "$folder/jixiao"
    exec chroot "$folder" env CI=true HOME=/root PIP_DISABLE_PIP_VERSION_CHECK=1 LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1 HYPOTHESIS_STORAGE_DIRECTORY=/tmp/hypothesis \
        sh -euc "
            cd /jixiao
            soffice --version
            [ -d /venv ] || python3 -m venv /venv
            /venv/bin/python -m pip install --quiet -c constraints.txt -e \".[dev]\"
            exec /venv/bin/python -m pytest -p no:cacheprovider \"\$@\"
        " tests "$@"
' mounts "$folder" "$@"
