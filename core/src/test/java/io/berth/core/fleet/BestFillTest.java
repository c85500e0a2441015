package io.berth.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.DataSize;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BestFillTest {
    /** A little more, since sizes are rounded up. */
    private static DataSize justAbove(int mebibytes) {
        return DataSize.ofMebibytes(mebibytes).plus(DataSize.ofKibibytes(100));
    }

    private static List<DataSize> mebibytes(int... sizes) {
        return Arrays.stream(sizes).mapToObj(DataSize::ofMebibytes).toList();
    }

    @Test
    void allAreChosenWhereAllFit() {
        assertThat(BestFill.of(mebibytes(5, 3, 2), DataSize.ofMebibytes(11)).cardinality())
                .isEqualTo(3);
    }

    @Test
    void twoThatFillTheRoomAreBetterThanALargeOneThatDoesNot() {
        assertThat(BestFill.of(mebibytes(6, 5, 5), justAbove(11))).isEqualTo(BitSet.valueOf(new long[] {0b011}));
        assertThat(BestFill.of(mebibytes(7, 5, 5), justAbove(10))).isEqualTo(BitSet.valueOf(new long[] {0b110}));
    }

    @Test
    void nothingFitsIntoNothing() {
        assertThat(BestFill.of(mebibytes(5), DataSize.ZERO).isEmpty()).isTrue();
        assertThat(BestFill.of(mebibytes(5), DataSize.ofMebibytes(4)).isEmpty()).isTrue();
        assertThat(BestFill.of(List.of(), DataSize.ofMebibytes(4)).isEmpty()).isTrue();
    }

    @Test
    void itIsAsGoodAsTryingEverything() {
        var random = new Random(5);
        for (var round = 0; round < 50; round++) {
            var sizes = random.ints(10, 1, 100).toArray();
            var room = random.nextInt(1, 400);

            var chosen = BestFill.of(mebibytes(sizes), justAbove(room));

            assertThat(chosen.stream().map(index -> sizes[index]).sum()).isEqualTo(best(sizes, room));
        }
    }

    private static int best(int[] sizes, int room) {
        var best = 0;
        for (var mask = 0; mask < 1 << sizes.length; mask++) {
            var sum = 0;
            for (var index = 0; index < sizes.length; index++) {
                sum += (mask >> index & 1) * sizes[index];
            }
            best = sum <= room ? Math.max(best, sum) : best;
        }
        return best;
    }

    @Test
    void largeRoomsAreFilledToWithinAFewPercent() {
        var sizes = new Random(9).ints(1000, 1 << 8, 1 << 15).toArray();

        var chosen = BestFill.of(mebibytes(sizes), DataSize.ofMebibytes(1 << 23));

        var sum = chosen.stream().mapToLong(index -> sizes[index]).sum();
        assertThat(sum).isLessThanOrEqualTo(1 << 23).isGreaterThan((long) ((1 << 23) * 0.98));
    }
}
