package io.berth.opennebula.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.driver.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmmOptionsTest {
    @Test
    void theCoreHandsAllOverInOnePieceAndAWrapperMaySplitThem() {
        var whole = VmmOptions.parse(List.of("-t 15 -r 0 kvm -p"));

        assertThat(whole).isEqualTo(VmmOptions.parse(List.of("-t", "15", "-r", "0", "kvm", "-p")));
        assertThat(whole)
                .isEqualTo(new VmmOptions(
                        "kvm", 15, 0, ActionList.none(), ActionList.parse("migrate"), "bash", true, Optional.empty()));
    }

    @Test
    void whatIsNotSaidIsAsInOpenNebula() {
        var options = VmmOptions.parse(List.of("qemu"));

        assertThat(options.threads()).isEqualTo(15);
        assertThat(options.retries()).isZero();
        assertThat(options.parallel()).isFalse();
        assertThat(options.shell()).isEqualTo("bash");
        assertThat(options.timeout()).isEmpty();
        assertThat(options.local()).isEqualTo(ActionList.none());
        assertThat(options.delegated().contains("MIGRATE")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kvm -l save=tmsave,restore=tmrestore -t 3 -r 1 -w 60 -s /bin/bash -d migrate -p",
                "-l save=tmsave,restore=tmrestore -t3 -r1 -w60 -s/bin/bash -dmigrate -p kvm",
                "--local=save=tmsave,restore=tmrestore --threads=3 --retries=1 --timeout=60 --shell=/bin/bash"
                        + " --delegate=migrate --parallel kvm",
                "--local save=tmsave,restore=tmrestore --threads 3 kvm --retries 1 --timeout 60 --shell /bin/bash"
                        + " --delegate migrate --parallel",
                "-pt 3 -r 1 --loc save=tmsave,restore=tmrestore --tim 60 --sh /bin/bash -d migrate -- kvm",
            })
    void everyOptionIsReadHoweverItIsWritten(String arguments) {
        assertThat(VmmOptions.parse(List.of(arguments)))
                .isEqualTo(new VmmOptions(
                        "kvm",
                        3,
                        1,
                        ActionList.parse("save=tmsave,restore=tmrestore"),
                        ActionList.parse("migrate"),
                        "/bin/bash",
                        true,
                        Optional.of(Duration.ofSeconds(60))));
    }

    @Test
    void aNumberThatIsLeftOutIsTheUsualOneAndTheLastOfTwoCounts() {
        var options = VmmOptions.parse(List.of("kvm -t -r -w -p -t 4 -t 5"));

        assertThat(options.threads()).isEqualTo(5);
        assertThat(options.timeout()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-t 15",
                "kvm -x",
                "kvm --unknown",
                "kvm --t 3",
                "kvm -l",
                "kvm -t 0",
                "kvm -t 1000000",
                "kvm -t many",
                "kvm -p=1 --parallel=1",
                "../kvm",
                "k;m",
                "kvm -s 'bash;id'",
                "kvm -s bash$(id)",
            })
    void whatMakesNoSenseIsRefused(String arguments) {
        assertThatThrownBy(() -> VmmOptions.parse(List.of(arguments)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo("mad.arguments"));
    }

    /** From the list grammar of OpenNebula's own driver. */
    @Test
    void aListOfActionsHasNamesAndMayNameScripts() {
        assertThat(ActionList.parse("deploy,shutdown,poll=poll_ganglia, cancel ")
                        .scripts())
                .isEqualTo(Map.of(
                        "DEPLOY", Optional.empty(),
                        "SHUTDOWN", Optional.empty(),
                        "POLL", Optional.of("poll_ganglia"),
                        "CANCEL", Optional.empty()));
        assertThat(ActionList.parse(" ,,=x, a=b=c").scripts()).isEqualTo(Map.of("A", Optional.of("b=c")));
    }

    @Test
    void argumentsOfAnyKindAreReadOrRefusedAndNothingElse() {
        var pieces = List.of(
                "-",
                "--",
                "-t",
                "-tp",
                "--t",
                "--local",
                "=",
                "kvm",
                " ",
                "  ",
                "\u0000",
                "-l",
                "save=",
                "9".repeat(40),
                "ä",
                "-p",
                "-w",
                "\n",
                "--threads=",
                "--parallel=x",
                "-s",
                "/");
        for (var seed = 0; seed < 1000; seed++) {
            var random = new Random(seed);
            var words = Stream.generate(() -> pieces.get(random.nextInt(pieces.size())))
                    .limit(random.nextInt(8))
                    .toList();
            try {
                var options = VmmOptions.parse(words);
                assertThat(options.threads()).as("%s", words).isPositive();
                assertThat(options.hypervisor()).as("%s", words).doesNotContain("/", " ");
            } catch (Failure refused) {
                assertThat(refused.code()).as("%s", words).isEqualTo("mad.arguments");
            }
        }
    }
}
