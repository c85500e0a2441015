package io.berth.core.fleet;

import io.berth.driver.DataSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Chooses of things with a size those that together fill a room best. Sizes are rounded up: the room is never too small for
 * what was chosen, and what would fill it to the last bytes may be passed over.
 */
final class BestFill {
    /** Into how many parts the room is divided. */
    private static final int PARTS = 1 << 16;

    private static final int UNREACHED = -1;

    private BestFill() {}

    /** Which of them, by their place in the list. */
    static BitSet of(List<DataSize> sizes, DataSize room) {
        var unit = Math.max(1, Math.ceilDiv(room.bytes(), PARTS));
        var parts = Math.toIntExact(room.bytes() / unit);
        var needs = new ArrayList<Long>();
        sizes.forEach(size -> needs.add(Math.max(1, Math.ceilDiv(size.bytes(), unit))));
        // For each fill that can be reached: the thing that was added last when it first was.
        var last = new int[parts + 1];
        Arrays.fill(last, UNREACHED);
        var reached = new BitSet();
        reached.set(0);
        for (var index = 0; index < needs.size(); index++) {
            if (needs.get(index) > parts) {
                continue;
            }
            var need = Math.toIntExact(needs.get(index));
            for (var fill = reached.previousSetBit(parts - need); fill >= 0; fill = reached.previousSetBit(fill - 1)) {
                if (!reached.get(fill + need)) {
                    reached.set(fill + need);
                    last[fill + need] = index;
                }
            }
        }
        var chosen = new BitSet();
        for (var fill = reached.length() - 1; fill > 0; ) {
            chosen.set(last[fill]);
            fill -= Math.toIntExact(needs.get(last[fill]));
        }
        return chosen;
    }
}
