package io.berth.driver;

import java.util.Locale;

/** A number of bytes, from 0 to 2^63-1. */
public record DataSize(long bytes) implements Comparable<DataSize> {
    public static final DataSize ZERO = new DataSize(0);
    private static final long KIB = 1024;

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size can't be negative: " + bytes);
        }
    }

    public static DataSize ofKibibytes(long kibibytes) {
        return new DataSize(Math.multiplyExact(kibibytes, KIB));
    }

    public static DataSize ofMebibytes(long mebibytes) {
        return new DataSize(Math.multiplyExact(mebibytes, KIB * KIB));
    }

    public DataSize plus(DataSize other) {
        return new DataSize(Math.addExact(bytes, other.bytes));
    }

    /** The next multiple of {@code unit}, or this size when it is one already. */
    public DataSize roundUpTo(DataSize unit) {
        return new DataSize(Math.multiplyExact(Math.ceilDiv(bytes, unit.bytes), unit.bytes));
    }

    public boolean exceeds(DataSize other) {
        return bytes > other.bytes;
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Binary units, one decimal: {@code 104.7M}. */
    @Override
    public String toString() {
        if (bytes < KIB) {
            return bytes + "B";
        }
        var value = (double) bytes;
        var unit = "";
        for (var candidate : new String[] {"K", "M", "G", "T", "P", "E"}) {
            if (value < KIB) {
                break;
            }
            value /= KIB;
            unit = candidate;
        }
        return String.format(Locale.ROOT, "%.1f%s", value, unit);
    }
}
