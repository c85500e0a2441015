package io.berth.opennebula.line;

/** Of a log line, in OpenNebula's letters and words. */
public enum Severity {
    ERROR('E', "ERROR"),
    WARNING('W', "WARN"),
    INFO('I', "INFO"),
    DEBUG('D', "DEBUG");

    private final char letter;
    private final String word;

    Severity(char letter, String word) {
        this.letter = letter;
        this.word = word;
    }

    char letter() {
        return letter;
    }

    /** As a script writes it. */
    String word() {
        return word;
    }
}
