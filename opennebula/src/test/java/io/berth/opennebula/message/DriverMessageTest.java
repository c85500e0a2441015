package io.berth.opennebula.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.standin.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverMessageTest {
    private static final String MESSAGE = """
            <VMM_DRIVER_ACTION_DATA><HOST>node1</HOST><MIGR_HOST></MIGR_HOST><DEPLOY_ID>one-5</DEPLOY_ID>\
            <CHECKPOINT_FILE>/var/lib/one//datastores/100/5/checkpoint</CHECKPOINT_FILE>\
            <TM_COMMAND><![CDATA[CONTEXT shared front:/x.iso node1:/y 5 100
            ]]></TM_COMMAND>\
            <VM><ID>5</ID><TEMPLATE><NAME><![CDATA[a <b> & "c"]]></NAME><NOTE>1 &lt; 2 &#38; 3</NOTE></TEMPLATE></VM>\
            <DATASTORE><ID>100</ID><TM_MAD>shared</TM_MAD></DATASTORE></VMM_DRIVER_ACTION_DATA>""";

    @Test
    void theHeadIsReadAndWhatIsEmptyIsEmpty() {
        var message = message(MESSAGE);

        assertThat(message.host()).isEqualTo("node1");
        assertThat(message.destination()).isEmpty();
        assertThat(message.deployId()).isEqualTo("one-5");
        assertThat(message.diskTargetPath()).isEmpty();
        assertThat(message.checkpointFile()).endsWith("/5/checkpoint");
        assertThat(message.transferCommands())
                .containsExactly(
                        new TransferCommand("CONTEXT", "shared", List.of("front:/x.iso", "node1:/y", "5", "100")));
        assertThat(message.text(ElementPath.of("VM/TEMPLATE/NAME"))).contains("a <b> & \"c\"");
        assertThat(message.text(ElementPath.of("VM/TEMPLATE/NOTE"))).contains("1 < 2 & 3");
        assertThat(message.text(ElementPath.of("DATASTORE/TM_MAD"))).contains("shared");
    }

    @Test
    void partsOfItKeepTheirSpelling() {
        assertThat(message(MESSAGE).vm().source())
                .isEqualTo("<VM><ID>5</ID><TEMPLATE><NAME><![CDATA[a <b> & \"c\"]]></NAME>"
                        + "<NOTE>1 &lt; 2 &#38; 3</NOTE></TEMPLATE></VM>");
    }

    @Test
    void aMessageMayLackItsDatastore() {
        assertThat(message("<VMM_DRIVER_ACTION_DATA><VM/></VMM_DRIVER_ACTION_DATA>")
                        .datastore())
                .isEmpty();
    }

    @Test
    void nothingOfItIsShownByAccident() {
        assertThat(message(MESSAGE)).hasToString("message about a VM at node1");
        assertThat(message(MESSAGE).root()).hasToString("<VMM_DRIVER_ACTION_DATA>");
    }

    @ParameterizedTest
    @CsvSource({
        "'not base64!', message.not-base64",
        "'PFZN', xml.malformed",
        "'/////w==', message.not-utf8",
        "'', xml.malformed",
    })
    void whatCannotBeAMessageIsRefused(String payload, String code) {
        assertRefused(payload, code);
    }

    @Test
    void messagesOfHostileContentAreRefused() {
        assertRefused(Payload.encode("<VM/>"), "message.no-vm");
        assertRefused(
                Payload.encode("<VMM_DRIVER_ACTION_DATA><HOST>h</HOST></VMM_DRIVER_ACTION_DATA>"), "message.no-vm");
        assertRefused(
                Payload.encode("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><VMM_DRIVER_ACTION_DATA>"
                        + "<VM>&e;</VM></VMM_DRIVER_ACTION_DATA>"),
                "xml.malformed");
        assertRefused(
                Payload.encode("<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><VMM_DRIVER_ACTION_DATA>"
                        + "<VM>&b;</VM></VMM_DRIVER_ACTION_DATA>"),
                "xml.malformed");
        assertRefused(Payload.encode("<A>".repeat(100_000) + "</A>".repeat(100_000)), "xml.too-large");
        assertRefused(
                Payload.encode(
                        "<VMM_DRIVER_ACTION_DATA><VM>" + "x".repeat(10 << 20) + "</VM></VMM_DRIVER_ACTION_DATA>"),
                "xml.too-large");
    }

    @Test
    void everyRecordedMessageIsReadAsTheJdksReaderReadsIt() throws IOException {
        var seen = 0;
        for (var recording : recordings()) {
            for (var exchange : recording.exchanges()) {
                var xml = Payload.decode(exchange.request().split(" +")[2]);
                TwoReaders.assertAgree(ElementReader.read(xml), xml);
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(100);
    }

    @Test
    void madeUpXmlIsReadAsTheJdksReaderReadsIt() {
        for (var seed = 0; seed < 600; seed++) {
            var xml = new Scribbler(new Random(seed)).element(0);
            TwoReaders.assertAgree(ElementReader.read(xml), xml);
        }
    }

    @Test
    void recordedMessagesWithBytesChangedAreReadOrRefusedAndNothingElse() throws IOException {
        var samples = recordings().stream()
                .map(it -> it.exchanges().getFirst().request().split(" +")[2])
                .toList();
        for (var seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var bytes = Base64.getDecoder().decode(samples.get(random.nextInt(samples.size())));
            for (var changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) "<>&;/'\"[]!- \u0000\u00ffx".charAt(random.nextInt(15));
            }
            try {
                var message = DriverMessage.parse(Base64.getEncoder().encodeToString(bytes));
                TwoReaders.assertAgree(message.root(), new String(bytes, StandardCharsets.UTF_8));
            } catch (Failure refused) {
                assertThat(refused.code())
                        .as("seed %d", seed)
                        .matches("(message|xml)\\..*")
                        .isNotEqualTo("message.spelling");
            }
        }
    }

    private static List<Recording> recordings() throws IOException {
        return Stream.concat(Recording.ofDriver("vmm-qemu"), Recording.ofDriver("vmm-dummy"))
                .toList();
    }

    private static DriverMessage message(String xml) {
        return DriverMessage.parse(Payload.encode(xml));
    }

    private static void assertRefused(String payload, String code) {
        assertThatThrownBy(() -> DriverMessage.parse(payload))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    /** Writes XML of every form there is. */
    private record Scribbler(Random random) {
        String element(int depth) {
            var name = one("A", "VM", "x-1", "_y", "ä");
            var attributes = one("", " a='>'", " a=\"'\" b='\"/'", "\n", " a = '&lt;'");
            if (random.nextInt(4) == 0) {
                return "<" + name + attributes + "/>";
            }
            var inside = new StringBuilder();
            for (var count = random.nextInt(5); count > 0; count--) {
                inside.append(
                        depth < 5 && random.nextBoolean()
                                ? element(depth + 1)
                                : one(
                                        "text",
                                        " ",
                                        "\n",
                                        "&amp;",
                                        "&#65;",
                                        "&#x1F680;",
                                        "&quot;",
                                        "<!-- <a> -->",
                                        "<?p <q> ?>",
                                        "<![CDATA[<x> ]] > &amp;]]>",
                                        "<![CDATA[]]>",
                                        "]] >",
                                        "ü"));
            }
            return "<" + name + attributes + ">" + inside + "</" + name + one("", " ", "\n") + ">";
        }

        private String one(String... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
