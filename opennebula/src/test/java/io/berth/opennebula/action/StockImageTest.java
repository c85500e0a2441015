package io.berth.opennebula.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.driver.VmRef;
import io.berth.driver.storage.VolumeRef;
import io.berth.opennebula.message.DriverMessage;
import io.berth.opennebula.options.ActionList;
import io.berth.opennebula.standin.Payload;
import io.berth.opennebula.standin.Requests;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StockImageTest {
    private static final String DEPLOYED = "11111111-2222-4333-8444-555555555555";
    private static final String CHOSEN = "8f5b3e1c-0b0a-4c58-9a55-0f1e2d3c4b5a";

    @ParameterizedTest
    @CsvSource({DEPLOYED + ", " + DEPLOYED, "one-5, " + CHOSEN})
    void theGuestIsTheOneThatWasDeployedElseTheOneThatTheCoreHasChosen(String deployId, UUID guest) {
        assertThat(StockImage.of(ask("ceph", "5", deployId, CHOSEN), "rbd"))
                .contains(new ForeignImage(new VolumeRef("rbd", "one-sys-5-checkpoint"), new VmRef(guest, "one-5")));
    }

    @Test
    void whatOtherDriversMadeIsNotBerthsToKnow() {
        assertThat(StockImage.of(ask("shared", "5", DEPLOYED, CHOSEN), "rbd")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, one-5, 5", "5, one-5, ''", "../5, one-5, " + CHOSEN, "'', one-5, " + CHOSEN})
    void thereIsNoneWhenItCannotBeToldWhoseItIs(String vm, String deployId, String chosen) {
        assertThat(StockImage.of(ask("ceph", vm, deployId, chosen), "rbd")).isEmpty();
    }

    private static Ask ask(String driver, String vm, String deployId, String chosen) {
        var message = Requests.message(5, "node1", "", "<OS><UUID>" + chosen + "</UUID></OS>")
                .replace("<TM_MAD>shared</TM_MAD>", "<TM_MAD>" + driver + "</TM_MAD>")
                .replace("<VM><ID>5</ID>", "<VM><ID>" + vm + "</ID>")
                .replace("<DEPLOY_ID>one-5</DEPLOY_ID>", "<DEPLOY_ID>" + deployId + "</DEPLOY_ID>");
        return new Ask(
                VmmRequest.RESTORE,
                DriverMessage.parse(Payload.encode(message)),
                new ScriptPlaces("kvm", "/var/lib/one/remotes", "/var/tmp/one", ActionList.none(), Set.of()),
                Set.of());
    }
}
