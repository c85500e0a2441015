package io.berth.transport;

/**
 * The lines of shell with which the helper comes to a host and leaves it. Constant but for {@link HelperPlaces} and a
 * number, and without a single quote in them, so that one pair around them carries them through any login shell.
 */
final class InstallScripts {
    static final int DOES_NOT_RUN = 67;
    static final int NO_COMPILER = 68;
    static final int BAD_SUDOERS = 69;
    static final int CUT_SHORT = 70;
    static final int IN_USE = 71;

    private InstallScripts() {}

    private static String begin(HelperPlaces places) {
        return "set -e; umask 022; H=" + places.helper() + "; S=" + places.state() + "; E=" + places.sudoers() + "; "
                + "D=${H%/*}; T=$H.new.$$; W=; R=; [ \"$(id -u)\" = 0 ] || R=\"sudo -n\"; "
                + "trap \"$R rm -f $T $E.new; [ -z \\\"\\$W\\\" ] || rm -rf \\$W\" EXIT; ";
    }

    /** Installs the program that comes on standard input, {@code length} bytes long; prints its version. */
    static String install(HelperPlaces places, long length) {
        return begin(places) + "N=" + length + "; " + INSTALL;
    }

    /** Compiles the sources that come on standard input as a tar archive, and installs the result. */
    static String compile(HelperPlaces places) {
        return begin(places)
                + "command -v cc > /dev/null || exit " + NO_COMPILER + "; "
                + "W=$(mktemp -d); tar -xf - -C $W; "
                + "cc -std=gnu17 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -O2 -o $W/berth-host $W/src/*.c -pthread -ldl >&2; "
                + "N=$(wc -c < $W/berth-host); exec < $W/berth-host; "
                + INSTALL;
    }

    // The temporary name beside the final one, and a rename: a helper is whole or as it was before, and one that runs
    // goes on running. A connection cut half-way looks like the end of the input, so the length is compared.
    private static final String INSTALL = "$R mkdir -p $D; $R tee $T > /dev/null; "
            + "[ $(wc -c < $T) = $N ] || exit " + CUT_SHORT + "; "
            + "$R chmod 0755 $T; $T version || exit " + DOES_NOT_RUN + "; "
            // By number: a login's name may hold what sudoers would read as something else.
            + "[ -z \"$R\" ] || { { $R cat $E 2> /dev/null || true; "
            + "echo \"#$(id -u) ALL=(root) NOPASSWD: $H serve\"; } | sort -u | $R tee $E.new > /dev/null; "
            + "$R chmod 0440 $E.new; $R visudo -c -q -f $E.new > /dev/null || exit " + BAD_SUDOERS + "; "
            + "$R mv -f $E.new $E; }; "
            + "$R mv -f $T $H; sync -f $D 2> /dev/null || sync";

    /** Removes everything, unless a command runs under the guard. */
    static String remove(HelperPlaces places) {
        return begin(places)
                + "[ ! -x $H ] || { L=$($R env BERTH_STATE=$S $H guard-list); "
                + "if echo \"$L\" | grep -q \"[^-]$\"; then echo \"$L\" >&2; exit " + IN_USE + "; fi; }; "
                + "$R rm -rf $H $S; $R rmdir $D 2> /dev/null || true; $R rm -f $E";
    }
}
