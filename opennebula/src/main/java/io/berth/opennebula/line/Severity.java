package io.berth.opennebula.line;

/** Of a log line, in OpenNebula's letters. */
public enum Severity {
    ERROR('E'),
    WARNING('W'),
    INFO('I'),
    DEBUG('D');

    private final char letter;

    Severity(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }
}
