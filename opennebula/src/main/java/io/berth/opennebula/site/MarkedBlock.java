package io.berth.opennebula.site;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;

/**
 * A piece of a text that is Berth's, between two lines that say so. The rest of the text is its owner's and is never
 * touched: adding and removing leave it as it was, byte for byte.
 */
final class MarkedBlock {
    static final String BEGIN = "# BEGIN berth: made by 'berth opennebula install', taken away by 'uninstall'\n";
    static final String END = "# END berth\n";

    private MarkedBlock() {}

    /**
     * The text with this in the block, which is added at the end if there is none yet.
     *
     * @param content whole lines
     * @throws Failure {@code install.damaged} (CONFLICT)
     */
    static String put(String text, String content) {
        var block = BEGIN + content + END;
        if (!isIn(text)) {
            // The line feed before it ends a last line that lacks its own; it goes with the block.
            return text + "\n" + block;
        }
        return text.substring(0, text.indexOf(BEGIN)) + block + text.substring(end(text));
    }

    /** @throws Failure {@code install.damaged} (CONFLICT) */
    static String without(String text) {
        if (!isIn(text)) {
            return text;
        }
        var begin = text.indexOf(BEGIN);
        return text.substring(0, Math.max(0, begin - 1)) + text.substring(end(text));
    }

    /** @throws Failure {@code install.damaged} (CONFLICT) when the two lines aren't there once each, in order */
    static boolean isIn(String text) {
        var begins = count(text, "# BEGIN berth");
        var ends = count(text, "# END berth");
        var inOrder = begins == 1
                && ends == 1
                && text.indexOf("\n" + END) > text.indexOf("\n" + BEGIN)
                && text.indexOf("\n" + BEGIN) >= 0;
        if (begins + ends > 0 && !inOrder) {
            throw Failure.of(FailureKind.CONFLICT, "install.damaged", "Berth's lines in the file have been changed")
                    .why("the lines '# BEGIN berth...' and '# END berth' aren't there once each, as they were written")
                    .next("take them and what is between them out by hand, then begin again")
                    .build();
        }
        return inOrder;
    }

    private static int end(String text) {
        return text.indexOf(END, text.indexOf(BEGIN)) + END.length();
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
