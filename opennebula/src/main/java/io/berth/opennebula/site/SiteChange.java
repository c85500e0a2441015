package io.berth.opennebula.site;

/** What would become of something in the front-end's folders. */
public sealed interface SiteChange permits FileChange, LinkChange, ScriptReplacement {
    /** Where it is. */
    String path();

    /** What is there, in lines; empty: nothing. */
    String before();

    /** What would be there. */
    String after();

    default boolean isEffective() {
        return !before().equals(after());
    }
}
