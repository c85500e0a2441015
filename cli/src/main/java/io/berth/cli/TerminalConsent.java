package io.berth.cli;

import io.berth.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** Asks on standard error and reads the answer from standard input, when both are a terminal. */
final class TerminalConsent implements Consent {
    private final PrintStream errors;

    TerminalConsent(PrintStream errors) {
        this.errors = errors;
    }

    @Override
    public boolean canBeAsked() {
        return Terminal.isTerminal(Terminal.INPUT) && Terminal.isTerminal(Terminal.ERRORS);
    }

    @Override
    public boolean isGiven(String question) {
        errors.print(question + " (yes/no) ");
        errors.flush();
        try {
            // Not closed: standard input is the process's, not this question's.
            var answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return answer != null && answer.strip().equals("yes");
        } catch (IOException hungUp) {
            return false;
        }
    }
}
