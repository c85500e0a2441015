package io.berth.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How things of one kind are listed.
 *
 * @param columns all there are, the usual ones first
 * @param usual how many of them are shown without {@code -l}
 * @param fields of the JSON object
 */
public record Listing<T>(List<Column<T>> columns, int usual, List<JsonField<T>> fields) {
    public Listing {
        columns = List.copyOf(columns);
        fields = List.copyOf(fields);
    }

    public Map<String, @Nullable Object> json(T item) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach(field -> object.put(field.name(), field.value().apply(item)));
        return object;
    }
}
