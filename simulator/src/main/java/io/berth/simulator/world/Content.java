package io.berth.simulator.world;

import io.berth.driver.hypervisor.ImageHeader.Form;
import java.util.Optional;

/** What lies on a stretch of storage. The header tells whether its writer came to the end. */
public record Content(Form form, Optional<Image> image) {
    public static final Content NOTHING = new Content(Form.NONE, Optional.empty());

    public static Content unfinished(Image image) {
        return new Content(Form.PARTIAL, Optional.of(image.torn()));
    }

    public static Content finished(Image image) {
        return new Content(Form.COMPLETE, Optional.of(image));
    }

    /** What is left when everything behind {@code offset} is given back. */
    Content cutAt(long offset) {
        return image.filter(i -> i.length() > offset).isPresent() ? new Content(form, image.map(Image::torn)) : this;
    }
}
