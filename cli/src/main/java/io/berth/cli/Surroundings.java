package io.berth.cli;

import io.berth.cli.output.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command line runs in.
 *
 * @param input read by commands that are spoken to
 * @param environment variables of the process
 * @param isRoot decides where files lie when nobody says
 * @param engines opens the engine when a command needs it
 * @param interrupts hears Ctrl-C and SIGTERM
 * @param consent asks before something that can't be taken back
 */
record Surroundings(
        InputStream input,
        PrintStream output,
        PrintStream errors,
        Terminal terminal,
        Map<String, String> environment,
        boolean isRoot,
        InstantSource clock,
        EngineOpener engines,
        Interrupts interrupts,
        Consent consent) {}
