#!/bin/sh
# Installs the Debian packages of the groups that are named (build, run, test, bench), when one of
# them is missing. Asks nothing and changes nothing when all are there.
set -eu

packages=
for group in "$@"; do
    case $group in
        build)
            packages="$packages libpq-dev libcmark-dev libgumbo-dev libssl-dev libncurses-dev"
            packages="$packages zlib1g-dev libgd-dev libsqlite3-dev pkg-config"
            ;;
        # The server's package brings pg_dump and pg_restore, which make and read backups; git and unzip
        # read archives of mailing lists.
        run) packages="$packages postgresql libgd3 git unzip" ;;
        # Pages are tried in a browser without scripts and in one of text; the mail programs are those that
        # the tests of the doors of mail and of archives use.
        test)
            packages="$packages tmux python3 python3-venv openssl chromium w3m mandoc"
            packages="$packages postfix swaks msmtp neomutt dovecot-imapd dovecot-pop3d"
            ;;
        # pgbench is part of the package of the server.
        bench)
            packages="$packages nginx-light wrk neomutt python3 postfix"
            packages="$packages gcc libc6-dev libgmime-3.0-dev pkg-config"
            ;;
        *)
            echo "install-packages: no such group: $group" >&2
            exit 64
            ;;
    esac
done

if ! command -v dpkg >/dev/null 2>&1; then
    echo "This is no Debian: make sure that these are installed, by whatever name they have here:" >&2
    echo " $packages" >&2
    exit 0
fi

missing=
for package in $packages; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Debian packages are missing, and there is no sudo to install them. As root:" >&2
        echo "  apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi

echo "Installing:$missing"
DEBIAN_FRONTEND=noninteractive
export DEBIAN_FRONTEND
# shellcheck disable=SC2086 # a list of words is meant
if ! { $as_root apt-get update -qq && $as_root apt-get install -y -qq $missing; }; then
    echo "The packages could not be installed. As root:" >&2
    echo "  apt-get update && apt-get install$missing" >&2
    exit 1
fi
