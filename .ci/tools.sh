# What ./run and ./test share: how to get a missing program, and which .NET builds this.

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# install PACKAGE...: Debian packages; their daemons stay off, because ours run in folders of their own.
install_packages() {
    command -v apt-get >/dev/null || return 1
    as_root env DEBIAN_FRONTEND=noninteractive sh -c '
        policy=/usr/sbin/policy-rc.d
        if [ ! -e "$policy" ]; then
            printf "#!/bin/sh\nexit 101\n" >"$policy" && chmod 755 "$policy" && trap "rm -f $policy" EXIT
        fi
        apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
            { apt-get update >/dev/null 2>&1 && apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1; }
    ' sh "$@"
}

has_postgres() {
    local initdb
    for initdb in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$initdb" ] && return 0
    done
    command -v initdb >/dev/null
}

need_postgres() {
    has_postgres && return
    say "Installing PostgreSQL ..."
    install_packages postgresql && has_postgres && return
    say "PostgreSQL is missing: install it with \`apt-get install postgresql\` as root and start again."
    exit 1
}

has_node() {
    local version
    version=$(node --version 2>/dev/null) && version=${version#v} && [ "${version%%.*}" -ge 20 ] && command -v npm >/dev/null
}

has_chromium() { [ -x "${P2P_CHROMIUM:-/usr/bin/chromium}" ]; }

# What the TypeScript client is tested with; the server needs none of it.
need_node() {
    local missing=()
    has_node || missing+=(nodejs npm)
    has_chromium || missing+=(chromium)
    [ ${#missing[@]} = 0 ] && return
    say "Installing ${missing[*]} ..."
    install_packages "${missing[@]}" && has_node && has_chromium && return
    say "Node 20 or later with npm, or Chromium, is missing: the tests of the TypeScript client need them, ./run does not." \
        "Install Node from https://nodejs.org and Chromium with \`apt-get install chromium\` as root, and start again."
    exit 1
}

# The packages of the TypeScript client: installed anew only when they are missing or the lock file is another.
need_web_packages() {
    local folder=web/client
    local stamp=$folder/node_modules/.p2p-lock
    cmp -s "$folder/package-lock.json" "$stamp" && return
    npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund && cp "$folder/package-lock.json" "$stamp"
}

need_redis() {
    command -v redis-server >/dev/null && return
    say "Installing Redis ..."
    install_packages redis-server && command -v redis-server >/dev/null && return
    say "Redis is missing: install it with \`apt-get install redis-server\` as root and start again."
    exit 1
}

# The relay whose shipped settings are tested; the server needs none.
need_coturn() {
    command -v turnserver >/dev/null && return
    say "Installing coturn ..."
    install_packages coturn && command -v turnserver >/dev/null && return
    say "coturn is missing: install it with \`apt-get install coturn\` as root and start again."
    exit 1
}

# What the tests of bad networks and of clocks that jump take: without them those parts are left out, and say so.
want_faults() {
    command -v nft >/dev/null && command -v ip >/dev/null && [ -n "$(find /usr/lib -name libfaketimeMT.so.1 -print -quit)" ] && return
    say "Installing nftables, iproute2 and libfaketime ..."
    install_packages nftables iproute2 libfaketime || say "They could not be installed: tests of networks and clocks are left out."
}

need_dotnet() {
    local candidate
    if ! command -v dotnet >/dev/null; then
        for candidate in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
            [ -n "$candidate" ] && [ -x "$candidate/dotnet" ] && PATH="$candidate:$PATH" && break
        done
    fi
    # In the repository global.json decides: the command fails when no installed SDK fits.
    if ! dotnet --version 2>/dev/null | grep -q '^10\.'; then
        say "The .NET 10 SDK is missing: install it from https://dot.net/download and start again."
        exit 1
    fi
}

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# A build server that stays behind would hold files and memory long after the command.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
