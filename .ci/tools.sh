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

need_redis() {
    command -v redis-server >/dev/null && return
    say "Installing Redis ..."
    install_packages redis-server && command -v redis-server >/dev/null && return
    say "Redis is missing: install it with \`apt-get install redis-server\` as root and start again."
    exit 1
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
