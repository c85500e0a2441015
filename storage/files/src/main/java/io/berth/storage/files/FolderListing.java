package io.berth.storage.files;

import io.berth.driver.DataSize;
import io.berth.driver.storage.VolumeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Collects the lines of the helper's {@code list}: {@code NAME SIZE ALLOCATED}, sizes in bytes. Files that aren't
 * Berth's are passed over, whatever their names are.
 */
final class FolderListing implements Consumer<String> {
    private static final Pattern LINE = Pattern.compile("(\\S+) ([0-9]{1,19}) ([0-9]{1,19})");

    private final VolumeFiles files;
    private final List<Item> items = new ArrayList<>();

    FolderListing(VolumeFiles files) {
        this.files = files;
    }

    record Item(VolumeFiles.Owned file, DataSize size, DataSize allocated) {
        /** A file's last block may reach beyond its end: no volume takes more than it has. */
        VolumeInfo volumeInfo() {
            return new VolumeInfo(file.volume(), size, allocated.exceeds(size) ? size : allocated);
        }
    }

    @Override
    public void accept(String line) {
        var matcher = LINE.matcher(line);
        if (matcher.matches()) {
            files.parse(matcher.group(1))
                    .ifPresent(file -> items.add(new Item(file, size(matcher.group(2)), size(matcher.group(3)))));
        }
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    private static DataSize size(String digits) {
        return new DataSize(Long.parseLong(digits));
    }
}
