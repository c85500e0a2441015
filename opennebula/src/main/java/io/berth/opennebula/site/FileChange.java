package io.berth.opennebula.site;

/** What would become of a file. Whoever shows it shows what differs, and not the rest: passwords may be in it. */
public final class FileChange implements SiteChange {
    private final SiteFile file;
    private final String after;

    FileChange(SiteFile file, String after) {
        this.file = file;
        this.after = after;
    }

    /** Its path, links resolved. */
    @Override
    public String path() {
        return file.path().toString();
    }

    @Override
    public String before() {
        return file.text();
    }

    @Override
    public String after() {
        return after;
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
