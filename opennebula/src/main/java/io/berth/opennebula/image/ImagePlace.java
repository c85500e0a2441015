package io.berth.opennebula.image;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image's file, as commands name their source: {@code FRONT-END:LOCATION/DATASTORE/NAME}.
 *
 * @param host the front-end, as the core calls it
 * @param location of all datastores there
 * @param name of the file in the datastore
 */
record ImagePlace(String host, String location, int datastore, String name) {
    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9_][A-Za-z0-9_.@-]*):((?:/+[A-Za-z0-9_.,+@=-]+)+)/+(\\d{1,9})/+([A-Za-z0-9_][A-Za-z0-9_.+@=-]*)");

    /** @return empty for whatever else */
    static Optional<ImagePlace> parse(String word) {
        var match = FORM.matcher(word);
        return match.matches()
                ? Optional.of(new ImagePlace(
                        match.group(1), match.group(2), Integer.parseInt(match.group(3)), match.group(4)))
                : Optional.empty();
    }

    /** On the front-end. */
    String path() {
        return under(location.replaceAll("/{2,}", "/"));
    }

    /** On a host that has all datastores in one folder. */
    String under(String location) {
        return location + "/" + datastore + "/" + name;
    }
}
