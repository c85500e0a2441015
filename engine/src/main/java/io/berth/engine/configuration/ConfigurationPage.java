package io.berth.engine.configuration;

import java.util.List;

/** The reference page of the configuration, made of the keys themselves. */
public final class ConfigurationPage {
    private static final String HEAD = """
            # Configuration

            <!-- Made from the code: `bin/mvn -pl engine -am test -Dberth.docs=write` writes it anew. -->

            One file, `berth.yaml`, read at each start. It lies in the folder given with `--home`, else in `$BERTH_HOME`,
            else in `/etc/berth` for root and `~/.config/berth` for others. With `--home` or `$BERTH_HOME` everything else
            is in that folder too: `journal.db`, `log/`, `run/`; without, it is in `/var/lib/berth`, `/var/log/berth` and
            `/run/berth` for root, `~/.local/state/berth` and `$XDG_RUNTIME_DIR/berth` for others.

            Without a file everything has its default, and there is no datastore: only what needs none works. The least
            that makes `berth vm suspend` work:

            ```yaml
            datastores:
              fast:
                driver: loop
                folder: /srv/berth
            ```

            A key that isn't listed here, or a value out of its range, is refused with file and line.
            """;

    private ConfigurationPage() {}

    public static String text() {
        var page = new StringBuilder(HEAD);
        table(page, "At the top", "", Keys.TOP);
        table(page, "`datastores`", "One section for each datastore, under its name.", Keys.ANY_DATASTORE);
        table(page, "`datastores`: driver `loop` or `directory`", "", Keys.FOLDER_DATASTORE);
        table(page, "`datastores`: driver `directory`", "", Keys.DIRECTORY_DATASTORE);
        table(page, "`datastores`: driver `ceph`", "", CephKeys.ALL);
        table(page, "`datastores`: driver `script`", "", ScriptKeys.ALL);
        table(page, "`ssh`", "How other hosts are reached.", Keys.SSH);
        table(page, "`helper`", "The small program on each host that does what needs root.", Keys.HELPER);
        table(page, "`libvirt`", "The hypervisor of all hosts but those under `hypervisors`.", Keys.LIBVIRT);
        table(
                page,
                "`hypervisors`",
                "One section for each hypervisor that your own scripts speak to, under its name.",
                HypervisorKeys.ALL);
        table(
                page,
                "`limits`",
                "How much of what is done with many VMs (`suspend --all`, `resume --all`) is under way at once.",
                Keys.LIMITS);
        table(page, "`daemon`", "`berth serve`.", DaemonKeys.ALL);
        table(page, "`log`", "The file `berth.log` in the log folder.", Keys.LOG);
        return page.toString();
    }

    private static void table(StringBuilder page, String title, String intro, List<Key<?>> keys) {
        page.append("\n## ").append(title).append("\n\n");
        if (!intro.isEmpty()) {
            page.append(intro).append("\n\n");
        }
        page.append("| key | value | default | meaning |\n|---|---|---|---|\n");
        keys.forEach(key -> page.append("| `%s` | %s | %s | %s |%n"
                .formatted(key.name(), key.form().allowed(), key.standardText(), key.meaning())
                .replace(System.lineSeparator(), "\n")));
    }
}
