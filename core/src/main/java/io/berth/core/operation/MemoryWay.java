package io.berth.core.operation;

import io.berth.core.plan.Ref;
import io.berth.core.plan.Step;
import io.berth.driver.DataSize;
import java.util.List;
import java.util.stream.Stream;

/** How a guest's memory gets onto its volume, up to where it has to be made durable. */
sealed interface MemoryWay {
    /** How large the volume has to be, when that isn't known before the guest is paused. */
    Ref<DataSize> need();

    /** With a volume of a size that is known: the guest is paused when all is ready for its memory. */
    Stream<Step> volumeFirst(List<Step> volume);

    /** With a volume whose size has to be found out. */
    Stream<Step> guestFirst(List<Step> volume);

    /** The writer puts it there. */
    record Straight(Step.PauseGuest pause, Step.MeasureGuest measure, Step.SaveMemory save) implements MemoryWay {
        @Override
        public Ref<DataSize> need() {
            return measure.need();
        }

        @Override
        public Stream<Step> volumeFirst(List<Step> volume) {
            var saving = save.writer().pausesFirst() ? Stream.of(pause, save) : Stream.of(save);
            return Stream.concat(volume.stream(), saving);
        }

        @Override
        public Stream<Step> guestFirst(List<Step> volume) {
            return Stream.of(Stream.of(pause, measure), volume.stream(), Stream.of(save))
                    .flatMap(steps -> steps);
        }
    }

    /** Into a file and from there onto the volume, which may be made when the image is there and its length known. */
    record ThroughFile(
            Step.CreateStagingFile file, Step.PauseGuest pause, Step.SaveMemory save, Step.UploadImage upload)
            implements MemoryWay {
        @Override
        public Ref<DataSize> need() {
            return save.length();
        }

        @Override
        public Stream<Step> volumeFirst(List<Step> volume) {
            return Stream.concat(volume.stream(), Stream.of(file, pause, save, upload));
        }

        @Override
        public Stream<Step> guestFirst(List<Step> volume) {
            return Stream.of(Stream.of(file, pause, save), volume.stream(), Stream.of(upload))
                    .flatMap(steps -> steps);
        }
    }
}
