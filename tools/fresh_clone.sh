#!/bin/sh
# Both set-up commands as a newcomer runs them: a fresh clone, an empty home, a bare PATH, nobody's rights; with pip and
# with uv, without Node and with it. Prints how long each start took beside the limit. Not part of the ordinary suite, since
# it fetches everything anew; tests/cli/test_script.py tries what can go wrong with small stand-ins.
#
#   tools/fresh_clone.sh            the demo: first start with pip and without Node, with uv where there is one, later
#                                   starts without a network, starting over
#   tools/fresh_clone.sh --test     and the whole test suite of the clone
#   tools/fresh_clone.sh --debian   in a Debian made by debootstrap (as root), with nothing but python3 and python3-venv
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
place=$(mktemp -d /tmp/inward-fresh.XXXXXX)
with_tests="" with_debian="" offline=""
for word in "$@"; do
    case $word in
        --test) with_tests=yes ;;
        --debian) with_debian=yes ;;
        *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done

say() { printf '%s\n' "$*"; }
end() {
    [ ! -d "$place/debian/proc/1" ] || umount "$place/debian/proc"
    rm -rf "$place"
}
trap end EXIT
trap 'exit 130' INT TERM

# What tells tools where the package indexes are, and nothing else of the environment.
env | grep -E '^(PIP_|UV_|NPM_CONFIG_|npm_config_|NODE_EXTRA_CA_CERTS|SSL_CERT_|(HTTP|HTTPS|NO|ALL)_PROXY=|(http|https|no|all)_proxy=)' \
    >"$place/indexes" || true

tools_without() { # tools_without FOLDER NAME…: a folder of links to every command of the machine but these
    folder=$1
    shift
    mkdir -p "$folder"
    for where in /usr/local/bin /usr/bin /bin; do
        for tool in "$where"/*; do
            name=${tool##*/}
            for without in "$@"; do [ "$name" != "$without" ] || continue 2; done
            [ -e "$folder/$name" ] || ln -s "$tool" "$folder/$name"
        done
    done
}

as_nobody() { # as_nobody CLONE TOOLS COMMAND…
    clone=$1 tools=$2
    shift 2
    set -- env -i HOME="$clone.home" PATH="$tools" LANG=C.UTF-8 $(cat "$place/indexes") "$@"
    if [ "$(id -u)" = 0 ]; then
        set -- setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
        [ -z "$offline" ] || set -- unshare -n "$@"
    fi
    "$@"
}

timed() { # timed WORDS LIMIT COMMAND…
    words=$1 limit=$2
    shift 2
    began=$(date +%s.%N)
    "$@" >"$place/out" 2>&1 || { cat "$place/out"; say "FAILED  $words"; exit 1; }
    took=$(echo "$(date +%s.%N) $began" | { read -r to from; echo "$to - $from" | bc 2>/dev/null || echo "$to $from" | awk '{printf "%.1f", $1 - $2}'; })
    printf '%-58s %6.1f s   (limit %s s)\n' "$words" "$took" "$limit"
}

fresh() { # fresh NAME: a clone and an empty home that nobody owns; sets clone
    clone=$place/$1
    git clone --quiet --no-local "$root" "$clone"
    mkdir "$clone.home"
    [ "$(id -u)" != 0 ] || chown -R 65534:65534 "$clone" "$clone.home"
    chmod 755 "$place"
}

starts() { # starts WORDS LIMIT TOOLS: the first start, later ones without a network, starting over
    offline=""
    timed "first start, $1" "$2" as_nobody "$clone" "$3" "$clone/inward" demo --no-serve
    ! { [ "$(id -u)" = 0 ] && unshare -n true 2>/dev/null; } || offline=yes
    timed "later start${offline:+, without a network}" 5 as_nobody "$clone" "$3" "$clone/inward" demo --no-serve
    offline=""
    timed "later start, until it tells its address" 5 until_told "$clone" "$3"
    kill "$(cat "$clone.home/pid")"
    timed "starting over" 5 as_nobody "$clone" "$3" "$clone/inward" demo --no-serve --reset
}

until_told() { # until_told CLONE TOOLS: the demo goes on by itself; its process is in the home's file pid
    # shellcheck disable=SC2016 # the inner shell fills in
    as_nobody "$1" "$2" sh -c '"$1" demo >"$HOME/told" 2>&1 & echo $! >"$HOME/pid"
        until grep -q http:// "$HOME/told"; do kill -0 $! || exit 1; sleep 0.05; done' sh "$1/inward"
}

in_debian() {
    say "a plain Debian with python3 and python3-venv"
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$place/debian" >"$place/out" 2>&1 ||
        { tail -n 5 "$place/out"; exit 1; }
    cp /etc/resolv.conf "$place/debian/etc/resolv.conf"
    cp /etc/ssl/certs/ca-certificates.crt "$place/debian/etc/ssl/certs/ca-certificates.crt"
    for file in /etc/pip.conf /etc/npmrc; do [ ! -e "$file" ] || cp "$file" "$place/debian$file"; done
    git clone --quiet --no-local "$root" "$place/debian/srv/inward"
    mount -t proc proc "$place/debian/proc"
    for words in "first start, with pip and without Node:90" "later start:5" "starting over:5"; do
        more=""
        [ "$words" != "starting over:5" ] || more=--reset
        # shellcheck disable=SC2046,SC2086 # indexes are words; --reset is there or not
        timed "${words%:*}" "${words##*:}" chroot "$place/debian" env -i HOME=/root LANG=C.UTF-8 \
            PATH=/usr/sbin:/usr/bin:/sbin:/bin $(cat "$place/indexes") /srv/inward/inward demo --no-serve $more
    done
    umount "$place/debian/proc"
}

if [ -n "$with_debian" ]; then
    in_debian
    exit 0
fi
tools_without "$place/bare" node npm npx uv
say "as nobody with an empty home, on $(nproc) cores, Python $(PATH=$place/bare python3 -c 'import sys; print(*sys.version_info[:3], sep=".")')"
fresh pip
starts "with pip and without Node" 90 "$place/bare"
if [ -n "$with_tests" ]; then
    timed "the whole test suite" 1800 as_nobody "$clone" "$place/bare" "$clone/inward" test
    tail -n 1 "$place/out"
fi
if uv=$(command -v uv); then
    tools_without "$place/with-uv" uv
    ln -s "$uv" "$place/with-uv/uv"
    fresh uv
    starts "with uv and what else the machine has" 60 "$place/with-uv"
else
    say "no uv on this machine: its start was not tried"
fi
