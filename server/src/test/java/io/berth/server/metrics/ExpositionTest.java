package io.berth.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    @Test
    void metricsAreWrittenAsPrometheusReadsThem() {
        var counters = new Counters("berth_things_total", "Things.\nAll of them: \\.");
        counters.add(new TreeMap<>(Map.of("kind", "b", "state", "done")), 1);
        counters.add(new TreeMap<>(Map.of("kind", "a", "state", "say \"x\"\n")), 0.25);
        counters.add(new TreeMap<>(Map.of("kind", "b", "state", "done")), 1);

        assertThat(Exposition.text(List.of(counters.metric(), Metric.gauge("berth_now", "Now.", 1.5e15))))
                .isEqualTo("""
                    # HELP berth_things_total Things.\\nAll of them: \\\\.
                    # TYPE berth_things_total counter
                    berth_things_total{kind="a",state="say \\"x\\"\\n"} 0.25
                    berth_things_total{kind="b",state="done"} 2
                    # HELP berth_now Now.
                    # TYPE berth_now gauge
                    berth_now 1500000000000000
                    """);
    }

    @Test
    void whatNeverHappenedHasNoSample() {
        assertThat(Exposition.text(List.of(new Counters("berth_none_total", "None.").metric())))
                .isEqualTo("# HELP berth_none_total None.\n# TYPE berth_none_total counter\n");
    }
}
