# Finds a JDK 25 and sets JAVA_HOME, whatever "java" on the path is. Sourced by run, test and .ci/run.

jdk_release() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
    local on_path candidate
    on_path=$(command -v javac 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for candidate in "${JAVA_HOME:-}" "${JDK_25:-}" "${on_path:-}" \
        /usr/lib/jvm/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jdk/*; do
        if [ -n "$candidate" ] && [ "$(jdk_release "$candidate")" = 25 ]; then
            export JAVA_HOME=$candidate
            export PATH="$JAVA_HOME/bin:$PATH"
            return 0
        fi
    done
    echo "Patchbay needs a JDK 25: install one (for example Temurin 25) or set JAVA_HOME to it." >&2
    return 1
}

need() {
    command -v "$1" >/dev/null 2>&1 || {
        echo "Patchbay needs $2 on the path to build: $3." >&2
        return 1
    }
}
