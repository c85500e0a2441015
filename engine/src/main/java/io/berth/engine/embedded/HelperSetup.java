package io.berth.engine.embedded;

import io.berth.driver.HostRef;
import io.berth.transport.HelperInstaller;
import io.berth.transport.HostAddress;
import io.berth.transport.TransportSettings;

/** Installs the helper that came with this Berth. */
final class HelperSetup implements HostSetup {
    private final TransportSettings settings;

    HelperSetup(TransportSettings settings) {
        this.settings = settings;
    }

    @Override
    public void validate(String address) {
        HostAddress.of(address);
    }

    @Override
    public String install(HostRef host, String address) {
        return installer().install(host, HostAddress.of(address));
    }

    @Override
    public void remove(HostRef host, String address) {
        installer().remove(host, HostAddress.of(address));
    }

    private HelperInstaller installer() {
        var shipped = ShippedHelper.find();
        return new HelperInstaller(settings, shipped.binary(), shipped.sources());
    }
}
