package io.berth.opennebula.mad;

import io.berth.opennebula.options.SiteFolders;
import io.berth.opennebula.options.TmOptions;
import java.util.List;
import java.util.Map;

/**
 * All that a transfer manager is told from outside.
 *
 * @param scripts folder of the TM_MADs' folders, {@code /var/lib/one/remotes/tm}
 */
public record TmSettings(TmOptions options, String scripts) {
    /**
     * As OpenNebula's own driver finds it.
     *
     * @throws io.berth.driver.Failure {@code mad.arguments}
     */
    public static TmSettings read(List<String> arguments, Map<String, String> environment) {
        return new TmSettings(
                TmOptions.parse(arguments), SiteFolders.of(environment).remotes() + "/tm");
    }
}
