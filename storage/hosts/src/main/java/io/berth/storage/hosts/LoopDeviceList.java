package io.berth.storage.hosts;

import io.berth.driver.DevicePath;
import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads {@code losetup --list --raw --noheadings --output NAME,AUTOCLEAR,BACK-FILE}: columns divided by one blank,
 * blanks, backslashes and what isn't ASCII within a column as {@code \xHH} (libsmartcols' raw output, losetup(8)).
 */
public final class LoopDeviceList {
    private static final Pattern LINE = Pattern.compile("(/\\S+) ([01])(?: (\\S*))?");
    private static final String DELETED = " (deleted)";
    private static final int HEXADECIMAL = 16;

    private LoopDeviceList() {}

    /** @throws Failure {@code losetup.unreadable}: a device overlooked would look detached */
    public static List<LoopDevice> parse(String output) {
        return output.lines()
                .filter(line -> !line.isBlank())
                .map(LoopDeviceList::device)
                .toList();
    }

    private static LoopDevice device(String line) {
        var matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw Failure.of(
                            FailureKind.ENVIRONMENT,
                            "losetup.unreadable",
                            "losetup's list has a line that makes no sense: " + Printable.line(line))
                    .why("this losetup answers in a form that isn't known")
                    .next("use the losetup of util-linux 2.32 or later on that host")
                    .build();
        }
        var column = matcher.group(3);
        var file = column == null ? "" : unescape(column);
        var deleted = file.endsWith(DELETED);
        return new LoopDevice(
                new DevicePath(matcher.group(1)),
                deleted ? file.substring(0, file.length() - DELETED.length()) : file,
                deleted,
                matcher.group(2).equals("1"));
    }

    private static String unescape(String column) {
        var bytes = column.getBytes(StandardCharsets.UTF_8);
        var plain = new ByteArrayOutputStream();
        for (var i = 0; i < bytes.length; i++) {
            var value = isEscape(bytes, i) ? hexadecimal(bytes[i + 2]) * HEXADECIMAL + hexadecimal(bytes[i + 3]) : -1;
            if (value >= 0) {
                plain.write(value);
                i += 3;
            } else {
                plain.write(bytes[i]);
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static boolean isEscape(byte[] bytes, int at) {
        return bytes[at] == '\\'
                && at + 3 < bytes.length
                && bytes[at + 1] == 'x'
                && hexadecimal(bytes[at + 2]) >= 0
                && hexadecimal(bytes[at + 3]) >= 0;
    }

    private static int hexadecimal(byte digit) {
        return Character.digit(digit, HEXADECIMAL);
    }
}
