package io.berth.bench;

import io.berth.bench.figure.Figure;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.json.JsonFactory;

/** Figures for programs: a list of id, value, unit, limit and better. */
final class FigureFile {
    private FigureFile() {}

    /** @throws tools.jackson.core.JacksonException when it can't be written */
    static void write(Path file, List<Figure> figures) {
        try (var json = new JsonFactory()
                .createGenerator(tools.jackson.core.ObjectWriteContext.empty(), file.toFile(), JsonEncoding.UTF8)) {
            json.writeStartArray();
            for (var figure : figures) {
                var target = figure.target();
                json.writeStartObject();
                json.writeStringProperty("id", target.id());
                json.writeNumberProperty("value", figure.value());
                json.writeStringProperty("unit", target.unit());
                json.writeNumberProperty("limit", target.limit());
                json.writeStringProperty("better", target.better().name().toLowerCase(Locale.ROOT));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
