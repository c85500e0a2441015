package io.berth.simulator.world;

import io.berth.driver.hypervisor.ImageHeader.Form;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What lies on a stretch of storage. The header tells whether its writer came to the end.
 *
 * @param samples bytes that were written by themselves, by their offset, each a character
 */
public record Content(Form form, Optional<Image> image, Map<Long, String> samples) {
    public static final Content NOTHING = new Content(Form.NONE, Optional.empty(), Map.of());

    public Content {
        samples = Map.copyOf(samples);
    }

    public static Content unfinished(Image image) {
        return new Content(Form.PARTIAL, Optional.of(image.torn()), Map.of());
    }

    public static Content finished(Image image) {
        return new Content(Form.COMPLETE, Optional.of(image), Map.of());
    }

    /** With bytes written over it: they leave nothing of an image. */
    public Content sampled(long offset, byte[] bytes) {
        var all = new HashMap<>(samples);
        all.put(offset, new String(bytes, StandardCharsets.ISO_8859_1));
        return new Content(Form.NONE, Optional.empty(), all);
    }

    /** What was written at that very place; zeroes where nothing was. */
    public byte[] sample(long offset, int length) {
        var bytes = samples.getOrDefault(offset, "").getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length == length ? bytes : new byte[length];
    }

    /** What is left when everything behind {@code offset} is given back. */
    Content cutAt(long offset) {
        return image.filter(i -> i.length() > offset).isPresent()
                ? new Content(form, image.map(Image::torn), samples)
                : this;
    }
}
