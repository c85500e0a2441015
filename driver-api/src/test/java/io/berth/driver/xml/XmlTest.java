package io.berth.driver.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
    @Test
    void entitiesThatGrowAreRefused() {
        var bomb = """
                <?xml version="1.0"?>
                <!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
                <domain>&c;</domain>
                """;
        refused("xml.malformed", () -> Xml.parse(bomb));
    }

    @Test
    void filesOfTheMachineAreNotRead(@TempDir Path folder) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "hidden");
        refused(
                "xml.malformed",
                () -> Xml.parse("<!DOCTYPE d [<!ENTITY s SYSTEM '" + secret.toUri() + "'>]><domain>&s;</domain>"));
    }

    @Test
    void nothingIsFetchedForADoctype() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(200);
            refused(
                    "xml.malformed",
                    () -> Xml.parse("<!DOCTYPE d SYSTEM 'http://127.0.0.1:" + server.getLocalPort() + "/d'><d/>"));
            assertThatThrownBy(server::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void aStylesheetInstructionAndAnIncludeStayWhatTheyAre() {
        var text = "<d xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd' parse='text'/></d>";
        assertThat(Xml.serialise(Xml.parse(text)))
                .isEqualTo("<d xmlns:xi='http://www.w3.org/2001/XInclude'>"
                        + "<xi:include href='/etc/passwd' parse='text'/></d>");
    }

    @Test
    void deepNestingIsRefusedHoweverItIsDisguised() {
        refused("xml.too-large", () -> Xml.parse("<a>".repeat(100_000)));
        refused("xml.too-large", () -> Xml.parse("<a>/>".repeat(100_000)));
        assertThat(Xml.parse("<a>".repeat(Xml.DEEPEST) + "</a>".repeat(Xml.DEEPEST))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("a");
    }

    @Test
    void hugeTextIsRefusedBeforeItIsParsed() {
        refused("xml.too-large", () -> Xml.parse("<a>" + " ".repeat(Xml.LONGEST) + "</a>"));
        refused("xml.too-large", () -> Xml.parse(new byte[Xml.LONGEST + 1]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "<a>",
                "<a></b>",
                "<a/><b/>",
                "<a x='1' x='2'/>",
                "<a>\u0000</a>",
                "<a>&#0;</a>",
                "<?xml version='1.1'?><a/>",
                "<?xml version='1.0'?><?xml version='1.0'?><a/>"
            })
    void whatIsNotWellFormedIsRefused(String text) {
        refused("xml.malformed", () -> Xml.parse(text));
    }

    @Test
    void bytesThatAreNotTheirEncodingAreRefused() {
        refused("xml.malformed", () -> Xml.parse(new byte[] {'<', 'a', '>', (byte) 0xc3, '<', '/', 'a', '>'}));
    }

    @Test
    void theMessageIsOneLineWhateverTheTextHeld() {
        assertThatThrownBy(() -> Xml.parse("<a>\n</b\n\u0007>"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.getMessage())
                                .doesNotContain("\n")
                                .doesNotContain("\u0007"));
    }

    @Test
    void everyCharacterSurvivesWritingAndReading() {
        var document = Xml.parse("<d n='' xmlns:x='urn:x'><x:y>1</x:y><!-- c --></d>");
        var hostile = "a <b> & \"c\" 'd' \n\r\t $(e) ]]> \u00e9 \ud83d\ude00";
        document.getDocumentElement().setAttribute("n", hostile);
        document.getDocumentElement().appendChild(document.createTextNode(hostile));
        var again = Xml.parse(Xml.serialise(document)).getDocumentElement();
        assertThat(again.getAttribute("n")).isEqualTo(hostile);
        assertThat(again.getTextContent()).isEqualTo("1" + hostile);
        assertThat(Xml.serialise(again)).isEqualTo(Xml.serialise(document));
    }

    @Test
    void aDeclarationOfAnotherEncodingDoesNotSpoilText() {
        assertThat(Xml.parse("<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00e9</a>")
                        .getDocumentElement()
                        .getTextContent())
                .isEqualTo("\u00e9");
        var latin = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00e9</a>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Xml.parse(latin).getDocumentElement().getTextContent()).isEqualTo("\u00e9");
    }

    @Test
    void helpersFindWhatIsThereAndNothingElse() {
        var root = Xml.parse("<d><e><f a=''>1</f><f> 2 </f></e><e><f>3</f></e></d>")
                .getDocumentElement();
        assertThat(Xml.at(root, "e", "f")).hasSize(3);
        assertThat(Xml.at(root, "f")).isEmpty();
        assertThat(Xml.text(root, "e", "f")).contains("1");
        assertThat(Xml.text(root, "e", "g")).isEmpty();
        var first = Xml.at(root, "e", "f").getFirst();
        assertThat(Xml.attribute(first, "a")).contains("");
        assertThat(Xml.attribute(first, "b")).isEmpty();
        assertThat(Xml.childOrNew(root, "e")).isSameAs(Xml.child(root, "e").orElseThrow());
        Xml.childOrNew(root, "g").setAttribute("h", "1");
        assertThat(Xml.serialise(root)).endsWith("<g h='1'/></d>");
    }

    private static void refused(String code, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
