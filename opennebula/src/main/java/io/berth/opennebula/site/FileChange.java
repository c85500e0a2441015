package io.berth.opennebula.site;

/** What would become of a file. Whoever shows it shows what differs, and not the rest: passwords may be in it. */
public final class FileChange {
    private final SiteFile file;
    private final String after;

    FileChange(SiteFile file, String after) {
        this.file = file;
        this.after = after;
    }

    /** Its path, links resolved. */
    public String path() {
        return file.path().toString();
    }

    public String before() {
        return file.text();
    }

    public String after() {
        return after;
    }

    public boolean isEffective() {
        return !before().equals(after);
    }

    void apply() {
        if (isEffective()) {
            file.replace(after);
        }
    }

    @Override
    public String toString() {
        return path();
    }
}
