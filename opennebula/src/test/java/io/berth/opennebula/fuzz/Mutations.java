package io.berth.opennebula.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes inputs at random, with a predilection for what readers stumble over. The same random numbers make the same ones. */
final class Mutations {
    private static final int MOST_CHANGES = 6;
    private static final int LONGEST_PIECE = 64;
    private static final List<byte[]> TROUBLE = List.of(
            bytes("\n"),
            bytes("\r\n"),
            bytes("\t"),
            bytes("  "),
            bytes("\0"),
            bytes("-1"),
            bytes("99999999999"),
            bytes("<"),
            bytes("/>"),
            bytes("</"),
            bytes("<![CDATA["),
            bytes("]]>"),
            bytes("<!--"),
            bytes("-->"),
            bytes("<?xml version='1.1'?>"),
            bytes("<?"),
            bytes("?>"),
            bytes("&lt;"),
            bytes("&#00000000060;"),
            bytes("&#x0d;"),
            bytes("\"'>"),
            bytes("../"),
            bytes("/./"),
            bytes("//"),
            bytes(":"),
            bytes("="),
            bytes("--"),
            bytes("-l"),
            bytes(","),
            bytes("$(id)"),
            bytes("\u0085"),
            bytes("\u2028"),
            bytes("\ufeff"),
            bytes("\ud83d\ude00"),
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc3});

    private final Random random;
    private final List<byte[]> seeds;

    Mutations(Random random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = List.copyOf(seeds);
    }

    /** One of the seeds, changed in some places. */
    byte[] next() {
        var bytes = one(seeds);
        for (var changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        var from = random.nextInt(bytes.length + 1);
        var until = Math.min(bytes.length, from + random.nextInt(LONGEST_PIECE));
        return switch (random.nextInt(6)) {
            case 0 -> spliced(bytes, from, new byte[0], until);
            case 1 -> spliced(bytes, from, new byte[] {(byte) random.nextInt(256)}, Math.min(bytes.length, from + 1));
            case 2 -> spliced(bytes, until, Arrays.copyOfRange(bytes, from, until), until);
            case 3 -> spliced(bytes, from, piece(one(seeds)), from);
            case 4 -> spliced(bytes, from, one(TROUBLE), from);
            default -> spliced(bytes, from, one(TROUBLE), until);
        };
    }

    private byte[] piece(byte[] whole) {
        var from = random.nextInt(whole.length + 1);
        return Arrays.copyOfRange(whole, from, Math.min(whole.length, from + random.nextInt(LONGEST_PIECE)));
    }

    /** What stands before {@code from}, something, and what stands from {@code until} on. */
    private static byte[] spliced(byte[] bytes, int from, byte[] between, int until) {
        var made = new ByteArrayOutputStream();
        made.write(bytes, 0, from);
        made.writeBytes(between);
        made.write(bytes, until, bytes.length - until);
        return made.toByteArray();
    }

    private byte[] one(List<byte[]> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
