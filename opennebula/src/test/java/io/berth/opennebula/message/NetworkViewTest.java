package io.berth.opennebula.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.opennebula.standin.Payload;
import org.junit.jupiter.api.Test;

class NetworkViewTest {
    @Test
    void networkDriversAreTakenFromEveryKindOfInterfaceOnceEach() {
        var view = of("<TEMPLATE><NIC><VN_MAD>bridge</VN_MAD></NIC><NIC><VN_MAD>fw</VN_MAD></NIC>"
                + "<NIC_ALIAS><VN_MAD>bridge</VN_MAD></NIC_ALIAS><PCI><VN_MAD>sriov</VN_MAD></PCI>"
                + "<PCI><ADDRESS>0</ADDRESS></PCI><DISK><VN_MAD>x</VN_MAD></DISK></TEMPLATE>");

        assertThat(view.drivers()).containsExactly("bridge", "fw", "sriov");
    }

    @Test
    void theVmIsReducedToWhatNetworkDriversNeed() {
        var view = of(
                "<ID>5</ID><NAME>secret</NAME><DEPLOY_ID>one-5</DEPLOY_ID><TEMPLATE><DISK><SOURCE>s</SOURCE></DISK>"
                        + "<NIC><MAC>m</MAC><VN_MAD>bridge</VN_MAD></NIC></TEMPLATE>"
                        + "<HISTORY_RECORDS><HISTORY><HOSTNAME>node1</HOSTNAME><ACTION>0</ACTION></HISTORY></HISTORY_RECORDS>");

        assertThat(view.vm().source())
                .isEqualTo("<VM><ID>5</ID><DEPLOY_ID>one-5</DEPLOY_ID>"
                        + "<HISTORY_RECORDS><HISTORY><HOSTNAME>node1</HOSTNAME></HISTORY></HISTORY_RECORDS>"
                        + "<TEMPLATE><NIC><MAC>m</MAC><VN_MAD>bridge</VN_MAD></NIC></TEMPLATE></VM>");
    }

    @Test
    void aVmWithoutInterfacesHasNoNetworkDrivers() {
        assertThat(of("<ID>5</ID>").drivers()).isEmpty();
    }

    private static NetworkView of(String inside) {
        var message = "<VMM_DRIVER_ACTION_DATA><VM>" + inside + "</VM></VMM_DRIVER_ACTION_DATA>";
        return NetworkView.of(DriverMessage.parse(Payload.encode(message)).vm());
    }
}
