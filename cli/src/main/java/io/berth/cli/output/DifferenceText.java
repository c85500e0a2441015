package io.berth.cli.output;

import io.berth.driver.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is different between two texts, line by line: {@code -} was there, {@code +} is there now. */
public final class DifferenceText {
    /** Beyond this the table of a difference would be too large: only the number of lines is told. */
    private static final int MOST = 3000;

    private DifferenceText() {}

    public static List<String> lines(String before, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        var old = before.lines().toList();
        var now = after.lines().toList();
        if (old.size() > MOST || now.size() > MOST) {
            return List.of(old.size() + " lines became " + now.size());
        }
        return difference(old, now, common(old, now));
    }

    /** Length of the longest common subsequence of what is left of each from each position on. */
    private static int[][] common(List<String> old, List<String> now) {
        var lengths = new int[old.size() + 1][now.size() + 1];
        for (var i = old.size() - 1; i >= 0; i--) {
            for (var j = now.size() - 1; j >= 0; j--) {
                lengths[i][j] = old.get(i).equals(now.get(j))
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    }

    private static List<String> difference(List<String> old, List<String> now, int[][] common) {
        var lines = new ArrayList<String>();
        var i = 0;
        var j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + Printable.line(old.get(i++)));
            } else {
                lines.add("+ " + Printable.line(now.get(j++)));
            }
        }
        return Collections.unmodifiableList(lines);
    }
}
