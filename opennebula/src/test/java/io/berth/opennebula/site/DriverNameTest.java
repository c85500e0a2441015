package io.berth.opennebula.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverNameTest {
    private static final String DRIVER =
            "VM_MAD = [ NAME = \"%s\", EXECUTABLE = \"/opt/berth/share/opennebula/%s\", ARGUMENTS = \"%s\" ]\n";

    @TempDir
    Path folder;

    private Path core;

    @BeforeEach
    void makeSite() throws IOException {
        core = SitePlaces.find(environment()).core();
        Files.createDirectories(core.getParent());
    }

    private Map<String, String> environment() {
        return Map.of("ONE_LOCATION", folder.toString());
    }

    @Test
    void itIsThatOfTheDriverWithTheSameArguments() throws IOException {
        Files.writeString(
                core,
                DRIVER.formatted("kvm", "one_vmm_exec", "kvm -p")
                        + DRIVER.formatted("berth-kvm", "one_vmm_berth", "kvm -p")
                        + DRIVER.formatted("berth-qemu", "one_vmm_berth", "qemu -p"));

        assertThat(DriverName.of(List.of("kvm -p"), environment())).contains("berth-kvm");
        assertThat(DriverName.of(List.of("qemu", "-p"), environment())).contains("berth-qemu");
        assertThat(DriverName.of(List.of("kvm"), environment())).isEmpty();
    }

    @Test
    void ofTwoThatAreAlikeItIsNeither() throws IOException {
        Files.writeString(
                core,
                DRIVER.formatted("one", "one_vmm_berth", "kvm -p")
                        + DRIVER.formatted("two", "one_vmm_berth", "kvm -p"));

        assertThat(DriverName.of(List.of("kvm -p"), environment())).isEmpty();
    }

    @Test
    void withoutAConfigurationThereIsNone() {
        assertThat(DriverName.of(List.of("kvm -p"), environment())).isEmpty();
    }
}
