# shellcheck shell=sh
# Finds a JDK of at least version 25. Sourced by `gossip` and `check`; sets jdk to its home, or to nothing.
# Reads the JDK's `release` file instead of starting it: a start costs more than most of our commands.

jdk_wanted=25

# Sets jdk_version to the major version of the JDK at $1, or to 0 when there is none.
read_jdk_version() {
    jdk_version=0
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            value=${value#\"}
            value=${value%%[!0-9]*}
            jdk_version=${value:-0}
            return 0
        fi
    done <"$1/release"
}

# Sets jdk to the home of the `java` on the path, through whatever links lead there, if it is new enough.
jdk_on_path() {
    java=$(command -v java) || return 0
    hops=0
    # Not `readlink -f`: older macOS has none.
    while [ -L "$java" ] && [ "$hops" -lt 20 ]; do
        target=$(readlink "$java")
        case $target in
            /*) java=$target ;;
            *) java=${java%/*}/$target ;;
        esac
        hops=$((hops + 1))
    done
    java=${java%/*}
    try_jdk "${java%/*}"
}

# Sets jdk to $1 if that is a JDK new enough.
try_jdk() {
    read_jdk_version "$1"
    [ "$jdk_version" -lt "$jdk_wanted" ] || jdk=$1
}

# Sets jdk to the best of the homes given: the wanted version if it is there, as that is the one tested, else a newer one.
best_jdk() {
    for home in "$@"; do
        read_jdk_version "$home"
        if [ "$jdk_version" -eq "$jdk_wanted" ]; then
            jdk=$home
            return 0
        fi
        [ -n "$jdk" ] || [ "$jdk_version" -lt "$jdk_wanted" ] || jdk=$home
    done
}

find_jdk() {
    jdk=
    [ -z "${JAVA_HOME:-}" ] || try_jdk "${JAVA_HOME%/}"
    [ -n "$jdk" ] || jdk_on_path
    [ -n "$jdk" ] || best_jdk \
        /usr/lib/jvm/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "${HOME:-/}"/.sdkman/candidates/java/* \
        "${HOME:-/}"/.jdks/* \
        /opt/* \
        /opt/java/*
}
