#!/bin/sh
# Makes a folder that holds the program and a Java runtime with just what it needs: it runs where there is no Java.
#
#   build/image.sh FOLDER     then FOLDER/bin/gossip --version
set -u

fail() {
    printf 'image: %s\n' "$*" >&2
    exit 1
}

[ $# -eq 1 ] || fail "expects one folder, which it makes"
output=$1
[ ! -e "$output" ] || fail "there is something at $output already; remove it or choose another folder"
root=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd) || exit 1
# shellcheck source=build/find-jdk.sh
. "$root/build/find-jdk.sh"
find_jdk
[ -n "$jdk" ] || fail "needs a JDK $jdk_wanted or newer; install one or set JAVA_HOME"
[ -d "$jdk/jmods" ] || "$jdk/bin/jlink" --help 2>&1 | grep -q 'run-time image enabled' ||
    fail "$jdk has no jmods to link a runtime from; use another JDK (Debian, Ubuntu: openjdk-$jdk_wanted-jdk)"

# The launcher builds what is not built yet.
"$root/gossip" --version >/dev/null || fail "the build failed"
lib=$root/cli/target/hearsay/lib

# What the classes of all jars name (the program's own jar names the others), and what they reach by other ways: name services, folders in jars.
modules=$("$jdk/bin/jdeps" --multi-release "$jdk_wanted" --ignore-missing-deps --print-module-deps \
    --class-path "$lib/*" "$lib/hearsay-cli.jar") || fail "jdeps failed"
"$jdk/bin/jlink" --add-modules "$modules,java.naming,jdk.zipfs" --strip-java-debug-attributes \
    --no-header-files --no-man-pages --compress zip-6 --output "$output/runtime" || fail "jlink failed"
cp -R "$lib" "$output/lib" || fail "cannot write to $output"
mkdir "$output/bin" || fail "cannot write to $output"
cat >"$output/bin/gossip" <<'LAUNCHER'
#!/bin/sh
# Runs gossip with the Java runtime beside it.
#
#   GOSSIP_JAVA_OPTS   more options for the JVM
script=$(readlink -f -- "$0") || exit 1
home=${script%/bin/gossip}
flags='--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseCompactObjectHeaders -XX:+UseSerialGC'
# Java reads words and names of files in the encoding of the locale.
case $(locale charmap 2>/dev/null) in
    UTF-8) ;;
    *)
        LC_ALL=C.UTF-8
        export LC_ALL
        ;;
esac
set -f
# shellcheck disable=SC2086 # lists of words
exec "$home/runtime/bin/java" $flags -XX:+ExitOnOutOfMemoryError "-Dhearsay.home=$home" "-Dhearsay.node.flags=$flags" \
    ${GOSSIP_JAVA_OPTS:-} -cp "$home/lib/hearsay-cli.jar" dev.hearsay.cli.Main "$@"
LAUNCHER
chmod 755 "$output/bin/gossip" || fail "cannot write to $output"
printf '%s: %s MB\n' "$output" "$(du -sm "$output" | cut -f 1)"
